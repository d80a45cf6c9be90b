/** The addresses where people can buy, the newest first. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useListAddress } from '../data/list-address.ts'
import { CHECKOUT_LINK_RULES, useCheckoutLinks } from '../data/use-checkout-links.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ListPage } from '../parts/list-page.tsx'
import { EmptyState } from '../states/empty-state.tsx'
import { useCheckoutLinkColumns } from './checkout-links/checkout-link-columns.tsx'

export function CheckoutLinksPage(): ReactNode {
  const { pages, checkoutLinks: words } = useMessages()
  const address = useListAddress(CHECKOUT_LINK_RULES)
  const query = useCheckoutLinks(address.query)
  const columns = useCheckoutLinkColumns()
  const create = (
    <Link className="pc-button pc-button--primary" to="/dashboard/checkout-links/new">
      {words.create}
    </Link>
  )
  return (
    <ListPage
      title={pages.checkoutLinks}
      words={words}
      address={address}
      query={query}
      columns={columns}
      // Where there is none yet, the way to the first one stands there.
      action={query.data?.pagination.total_count === 0 ? undefined : create}
      empty={
        <EmptyState title={words.empty} text={words.emptyText}>
          {create}
        </EmptyState>
      }
    />
  )
}
