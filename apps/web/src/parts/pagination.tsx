/** Leads from page to page of a list. */
import { useId, useState, type ReactNode } from 'react'
import { ROWS } from '../data/list-address.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ExplainedButton } from './explained-button.tsx'
import { Icon, type IconName } from './icon.tsx'

interface PaginationProps {
  readonly page: number
  readonly pages: number
  readonly onTurn: (page: number) => void
  /** How many on a page. */
  readonly rows: number
  readonly onRows: (rows: number) => void
}

export function Pagination({ page, pages, onTurn, rows, onRows }: PaginationProps): ReactNode {
  const { pagination: words } = useMessages()
  const id = useId()
  const last = Math.max(pages, 1)
  const noPrevious = page > 1 ? undefined : words.noPrevious
  const noNext = page < last ? undefined : words.noNext
  return (
    <nav className="pc-pagination" aria-label={words.label}>
      <div className="pc-pagination__turns">
        <Turn icon="first" name={words.first} reason={noPrevious} onTurn={() => onTurn(1)} />
        <Turn
          icon="back"
          name={words.previous}
          reason={noPrevious}
          // An address may name a page past the end. The link back leads to the last one.
          onTurn={() => onTurn(Math.min(page - 1, last))}
        />
        <PageField key={page} page={page} last={last} onTurn={onTurn} />
        <Turn icon="next" name={words.next} reason={noNext} onTurn={() => onTurn(page + 1)} />
        <Turn icon="last" name={words.last} reason={noNext} onTurn={() => onTurn(last)} />
      </div>
      <div className="pc-pagination__rows">
        <label htmlFor={id}>{words.rows}</label>
        <select
          id={id}
          className="pc-input"
          value={rows}
          onChange={({ target }) => onRows(Number(target.value))}
        >
          {ROWS.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </div>
    </nav>
  )
}

interface TurnProps {
  readonly icon: IconName
  readonly name: string
  /** Why it cannot be pressed. */
  readonly reason: string | undefined
  readonly onTurn: () => void
}

function Turn({ icon, name, reason, onTurn }: TurnProps): ReactNode {
  return (
    <ExplainedButton aria-label={name} title={reason ?? name} reason={reason} onClick={onTurn}>
      <Icon name={icon} />
    </ExplainedButton>
  )
}

interface PageFieldProps {
  readonly page: number
  readonly last: number
  readonly onTurn: (page: number) => void
}

/** The number of the page. Enter goes to the typed one, or to the nearest that exists. */
function PageField({ page, last, onTurn }: PageFieldProps): ReactNode {
  const { pagination: words } = useMessages()
  const id = useId()
  const [typed, setTyped] = useState(String(page))
  const wanted = /^\d+$/.test(typed) ? Math.min(Math.max(Number(typed), 1), last) : page
  return (
    <form
      className="pc-pagination__page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTyped(String(wanted))
        if (wanted !== page) onTurn(wanted)
      }}
    >
      <label htmlFor={id}>{words.page}</label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        className="pc-input"
        autoComplete="off"
        size={Math.max(String(last).length, 2)}
        value={typed}
        aria-describedby={`${id}-of`}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={() => setTyped(String(page))}
      />
      <span id={`${id}-of`}>{words.of(last)}</span>
    </form>
  )
}
