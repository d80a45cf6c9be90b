/** The addresses where people can buy, the newest first. */
import type { ReactNode } from 'react'
import { useListAddress } from '../data/list-address.ts'
import { CHECKOUT_LINK_RULES, useCheckoutLinks } from '../data/use-checkout-links.ts'
import { ListPage } from '../resources/list-screen.tsx'
import { useCheckoutLinkColumns } from '../resources/checkout-links.tsx'
import { CreateCheckoutLink } from './checkout-links/create-checkout-link.tsx'

export function CheckoutLinksPage(): ReactNode {
  const address = useListAddress(CHECKOUT_LINK_RULES)
  const query = useCheckoutLinks(address.query)
  // Where there is none yet, the way to the first one stands there.
  const isEmpty = query.data?.pagination.total_count === 0
  return (
    <ListPage
      list="checkoutLinks"
      address={address}
      query={query}
      columns={useCheckoutLinkColumns()}
      action={!isEmpty && <CreateCheckoutLink />}
      begin={<CreateCheckoutLink />}
    />
  )
}
