/** An organization that sells nothing yet. */
import type { ReactNode } from 'react'
import { useSession } from '../data/use-session.ts'
import { useMessages } from '../messages/use-messages.ts'
import { EmptyState } from '../states/empty-state.tsx'

export function ProductsEmpty(): ReactNode {
  const { products: words, newTab } = useMessages()
  const { server } = useSession()
  return (
    <EmptyState title={words.empty} text={words.emptyText}>
      {server !== undefined && (
        <a
          className="pc-button pc-button--primary"
          href={`${server.origin}/dashboard`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {words.create} <span className="pc-visually-hidden">{newTab}</span>
        </a>
      )}
    </EmptyState>
  )
}
