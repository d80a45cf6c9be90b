/** All customers; the address says which. */
import type { ReactNode } from 'react'
import { useListAddress } from '../data/list-address.ts'
import { CUSTOMER_RULES, useCustomers } from '../data/use-customers.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ListPage } from '../resources/list-screen.tsx'
import { CreateCheckoutLink } from './checkout-links/create-checkout-link.tsx'
import { useCustomerColumns } from '../resources/customers.tsx'

export function CustomersPage(): ReactNode {
  const { customers: words } = useMessages()
  const address = useListAddress(CUSTOMER_RULES)
  return (
    <ListPage
      list="customers"
      address={address}
      query={useCustomers(address.query)}
      columns={useCustomerColumns()}
      searchHint={words.searchHint}
      begin={<CreateCheckoutLink />}
    />
  )
}
