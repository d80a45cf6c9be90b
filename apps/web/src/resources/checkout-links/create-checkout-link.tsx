/** The way to a new checkout link. */
import type { ReactNode } from 'react'
import { useProductChoices } from '../../data/use-product-choices.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Link } from '../../parts/link.tsx'
import { CreateProduct } from '../products/create-product.tsx'

export function CreateCheckoutLink(): ReactNode {
  const { checkoutLinks: words } = useMessages()
  return (
    <Link className="pc-button pc-button--primary" to="/dashboard/checkout-links/new">
      {words.create}
    </Link>
  )
}

/** What to do if nothing was sold yet. A shop without products has nothing to link to. */
export function BeginSelling(): ReactNode {
  const { data } = useProductChoices()
  return data?.choices.length === 0 ? <CreateProduct /> : <CreateCheckoutLink />
}
