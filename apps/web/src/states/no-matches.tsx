/** There is something, and the filters hide all of it. */
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { EmptyState } from './empty-state.tsx'

export function NoMatches({ onClear }: { readonly onClear: () => void }): ReactNode {
  const { lists: words } = useMessages()
  return (
    <EmptyState title={words.noMatches} text={words.noMatchesText} icon="search">
      <button type="button" className="pc-button" onClick={onClear}>
        {words.clearFilters}
      </button>
    </EmptyState>
  )
}
