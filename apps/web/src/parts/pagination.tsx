/** From page to page of a list. */
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { ExplainedButton } from './explained-button.tsx'

interface PaginationProps {
  readonly page: number
  readonly pages: number
  readonly onTurn: (page: number) => void
}

export function Pagination({ page, pages, onTurn }: PaginationProps): ReactNode {
  const { pagination: words } = useMessages()
  // An address may name a page past the end: the way back leads to the last one.
  const previous = page > 1 ? Math.max(1, Math.min(page - 1, pages)) : undefined
  const next = page < pages ? page + 1 : undefined
  return (
    <nav className="pc-pagination" aria-label={words.label}>
      <span>{words.page(page, Math.max(pages, 1))}</span>
      <div>
        <ExplainedButton
          reason={previous === undefined ? words.noPrevious : undefined}
          onClick={() => onTurn(previous ?? page)}
        >
          {words.previous}
        </ExplainedButton>
        <ExplainedButton
          reason={next === undefined ? words.noNext : undefined}
          onClick={() => onTurn(next ?? page)}
        >
          {words.next}
        </ExplainedButton>
      </div>
    </nav>
  )
}
