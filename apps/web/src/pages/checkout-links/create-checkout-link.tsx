/** The way to a new checkout link: what there is to do where nothing was sold yet. */
import type { ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { Link } from '../../parts/link.tsx'

export function CreateCheckoutLink(): ReactNode {
  const { checkoutLinks: words } = useMessages()
  return (
    <Link className="pc-button pc-button--primary" to="/dashboard/checkout-links/new">
      {words.create}
    </Link>
  )
}
