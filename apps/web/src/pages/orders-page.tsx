/** All orders; the address says which. */
import { useScope } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { useListAddress } from '../data/list-address.ts'
import { MOST_CUSTOMERS } from '../data/use-customer-search.ts'
import { ORDER_RULES, ORDER_STATUSES, useOrders } from '../data/use-orders.ts'
import { useProductChoice } from '../data/use-products.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ListPage } from '../resources/list-screen.tsx'
import { SelectFilter } from '../parts/select-filter.tsx'
import { CreateCheckoutLink } from './checkout-links/create-checkout-link.tsx'
import { useOrderColumns } from '../resources/orders.tsx'

export function OrdersPage(): ReactNode {
  const { orders: words, lists } = useMessages()
  const address = useListAddress(ORDER_RULES)
  const { orders, search } = useOrders(address.query)
  const { status = '', product = '' } = address.query.filters
  // The orders come first: Polar counts the calls of all users of an app together.
  const choice = useProductChoice(useScope('products:read') && orders.data !== undefined)
  return (
    <ListPage
      list="orders"
      address={address}
      query={orders}
      columns={useOrderColumns()}
      {...(search.allowed && { searchHint: lists.byCustomer })}
      filters={
        <>
          <SelectFilter
            label={words.columns.status}
            value={status}
            options={ORDER_STATUSES.map((value) => ({ value, name: words.statuses[value] }))}
            onChange={(value) => address.change({ filters: { status: value } })}
          />
          <SelectFilter
            label={words.columns.product}
            value={product}
            options={(choice.data?.items ?? []).map(({ id, name }) => ({ value: id, name }))}
            onChange={(value) => address.change({ filters: { product: value } })}
          />
        </>
      }
      notice={search.found?.cut && <p>{lists.manyCustomers(MOST_CUSTOMERS)}</p>}
      begin={<CreateCheckoutLink />}
    />
  )
}
