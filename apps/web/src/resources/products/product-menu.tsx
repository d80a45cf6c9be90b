/** The actions of a product. */
import type { models } from '@polar-sh/sdk/2026-10'
import type { ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { Icon } from '../../parts/icon.tsx'
import { Link } from '../../parts/link.tsx'
import { Menu } from '../../parts/menu.tsx'

export function ProductMenu({ product }: { readonly product: models.Product }): ReactNode {
  const { lists, products, checkoutLinks } = useMessages()
  // No one can buy an archived product.
  if (product.is_archived) return null
  return (
    <Menu label={lists.actionsFor(product.name)} face={<Icon name="more" />}>
      <Link
        className="pc-menu__item"
        role="menuitem"
        tabIndex={-1}
        to={toNewCheckoutLink(product.id)}
        aria-label={products.createLinkFor(product.name)}
      >
        {checkoutLinks.create}
      </Link>
    </Menu>
  )
}

export function toNewCheckoutLink(productId: string): string {
  return `/dashboard/checkout-links/new?${new URLSearchParams({ product: productId })}`
}
