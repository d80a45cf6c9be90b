/** There is something, and the filters hide all of it. */
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { EmptyState } from './empty-state.tsx'

interface NoMatchesProps {
  /** What there is none of: `orders`. */
  readonly things: string
  /** What was searched for; empty for nothing. */
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
