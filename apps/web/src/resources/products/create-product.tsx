/** A link to create the first product, at Polar. */
import type { ReactNode } from 'react'
import { usePolarDashboard } from '../../data/polar-dashboard.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { ExternalLink } from '../../parts/external-link.tsx'

export function CreateProduct(): ReactNode {
  const { products: words } = useMessages()
  const polar = usePolarDashboard('/products/new')
  return (
    polar !== undefined && (
      <ExternalLink className="pc-button pc-button--primary" href={polar}>
        {words.create}
      </ExternalLink>
    )
  )
}
