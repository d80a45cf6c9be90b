/** From page to page of a list. */
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'

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
  const turn = (to: number | undefined) => to !== undefined && onTurn(to)
  return (
    <nav className="pc-pagination" aria-label={words.label}>
      <span>{words.page(page, Math.max(pages, 1))}</span>
      <div>
        <button
          type="button"
          className="pc-button"
          aria-disabled={previous === undefined}
          title={previous === undefined ? words.noPrevious : undefined}
          onClick={() => turn(previous)}
        >
          {words.previous}
        </button>
        <button
          type="button"
          className="pc-button"
          aria-disabled={next === undefined}
          title={next === undefined ? words.noNext : undefined}
          onClick={() => turn(next)}
        >
          {words.next}
        </button>
      </div>
    </nav>
  )
}
