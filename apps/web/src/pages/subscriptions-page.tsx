/** All subscriptions; the address says which. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useListAddress } from '../data/list-address.ts'
import { MOST_CUSTOMERS } from '../data/use-customer-search.ts'
import {
  SUBSCRIPTION_RULES,
  SUBSCRIPTION_STATES,
  useSubscriptions,
} from '../data/use-subscriptions.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ListPage } from '../resources/list-screen.tsx'
import { SelectFilter } from '../parts/select-filter.tsx'
import { useSubscriptionColumns } from '../resources/subscriptions.tsx'

export function SubscriptionsPage(): ReactNode {
  const { subscriptions: words, lists } = useMessages()
  const address = useListAddress(SUBSCRIPTION_RULES)
  const { subscriptions, search } = useSubscriptions(address.query)
  const names = { ...words.statuses, canceling: words.canceling }
  return (
    <ListPage
      list="subscriptions"
      address={address}
      query={subscriptions}
      columns={useSubscriptionColumns()}
      {...(search.allowed && { searchHint: lists.byCustomer })}
      filters={
        <SelectFilter
          label={words.columns.status}
          value={address.query.filters['status'] ?? ''}
          options={SUBSCRIPTION_STATES.map((value) => ({ value, name: names[value] }))}
          onChange={(value) => address.change({ filters: { status: value } })}
        />
      }
      notice={search.found?.cut && <p>{lists.manyCustomers(MOST_CUSTOMERS)}</p>}
      begin={
        <Link className="pc-button pc-button--primary" to="/dashboard/products">
          {words.viewProducts}
        </Link>
      }
    />
  )
}
