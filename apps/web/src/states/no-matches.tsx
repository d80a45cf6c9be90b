/** There are records, but the filters hide all of them. */
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { EmptyState } from './empty-state.tsx'

interface NoMatchesProps {
  /** Their name: `orders`. */
  readonly things: string
  /** The words of the search, or an empty text. */
  readonly search: string
  readonly onClear: () => void
}

export function NoMatches({ things, search, onClear }: NoMatchesProps): ReactNode {
  const { lists: words } = useMessages()
  const text = search === '' ? words.noMatchesFiltered(things) : words.noMatchesFor(things, search)
  return (
    <EmptyState title={words.noMatches} text={text} icon="search">
      <button type="button" className="pc-button" onClick={onClear}>
        {words.clearFilters}
      </button>
    </EmptyState>
  )
}
