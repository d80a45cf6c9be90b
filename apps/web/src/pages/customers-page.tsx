/** All customers; the address says which. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useListAddress } from '../data/list-address.ts'
import { CUSTOMER_RULES, useCustomers } from '../data/use-customers.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ListPage } from '../parts/list-page.tsx'
import { EmptyState } from '../states/empty-state.tsx'
import { useCustomerColumns } from './customers/customer-columns.tsx'

export function CustomersPage(): ReactNode {
  const { pages, customers: words, checkoutLinks } = useMessages()
  const address = useListAddress(CUSTOMER_RULES)
  const query = useCustomers(address.query)
  const columns = useCustomerColumns()
  return (
    <ListPage
      title={pages.customers}
      words={words}
      address={address}
      query={query}
      columns={columns}
      searchHint={words.searchHint}
      empty={
        <EmptyState title={words.empty} text={words.emptyText}>
          <Link className="pc-button pc-button--primary" to="/dashboard/checkout-links/new">
            {checkoutLinks.create}
          </Link>
        </EmptyState>
      }
    />
  )
}
