/** An organization that sells nothing yet. */
import type { ReactNode } from 'react'
import { usePolarDashboard } from '../../data/polar-dashboard.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { ExternalLink } from '../../parts/external-link.tsx'
import { EmptyState } from '../../states/empty-state.tsx'

export function ProductsEmpty(): ReactNode {
  const { products: words } = useMessages()
  const polar = usePolarDashboard('/products/new')
  return (
    <EmptyState title={words.empty} text={words.emptyText}>
      {polar !== undefined && (
        <ExternalLink className="pc-button pc-button--primary" href={polar}>
          {words.create}
        </ExternalLink>
      )}
    </EmptyState>
  )
}
