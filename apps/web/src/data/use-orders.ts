/** The orders of the connection. */
import { usePolar } from '@polar-connect/react'
import type { models } from '@polar-sh/sdk/2026-10'
import type { UseQueryResult } from '@tanstack/react-query'
import { UUID, type ListQuery, type ListRules } from './list-address.ts'
import { useOrganizationFilter } from './organization-filter.ts'
import { narrowToCustomers, useCustomerSearch, type CustomerSearch } from './use-customer-search.ts'
import { useItem } from './use-item.ts'
import type { KeptQuery } from './use-kept-query.ts'
import { PAGE_SIZE, usePages, type ListPage } from '../resources/use-resource.ts'

export const ORDER_STATUSES = [
  'paid',
  'pending',
  'refunded',
  'partially_refunded',
  'void',
  'draft',
] as const satisfies readonly models.OrderStatus[]

export const ORDER_RULES = {
  sortable: ['invoice_number', 'customer', 'product', 'amount', 'status', 'created_at'],
  defaultSort: '-created_at',
  filters: { status: ORDER_STATUSES, product: UUID },
} as const satisfies ListRules

interface Orders {
  readonly orders: KeptQuery<ListPage<models.Order>>
  readonly search: CustomerSearch
}

export function useOrders(query: ListQuery): Orders {
  const polar = usePolar()
  const { status, product } = query.filters
  const search = useCustomerSearch(query.search)
  const asked = {
    ...useOrganizationFilter(),
    limit: PAGE_SIZE,
    sorting: [query.sort as models.OrderSortProperty],
    ...(status !== undefined && { status: status as models.OrderStatus }),
    ...(product !== undefined && { product_id: product }),
  }
  const orders = usePages({
    resource: 'orders',
    asked: { ...asked, search: query.search },
    page: query.page,
    fetchPage: async (page) =>
      narrowToCustomers(await search.find(), (customers) =>
        polar.orders.list({ ...asked, ...customers, page }),
      ),
    ahead: true,
  })
  return { orders, search }
}

interface LatestOrdersOptions {
  readonly limit: number
  /** Of this customer alone. */
  readonly customerId?: string
  readonly enabled?: boolean
}

export function useLatestOrders(options: LatestOrdersOptions): KeptQuery<ListPage<models.Order>> {
  const { limit, customerId, enabled = true } = options
  const polar = usePolar()
  const asked = {
    ...useOrganizationFilter(),
    limit,
    ...(customerId !== undefined && { customer_id: customerId }),
  }
  return usePages({
    resource: 'orders',
    asked,
    page: 1,
    fetchPage: (page) => polar.orders.list({ ...asked, page }),
    enabled,
  })
}

export function useOrder(id: string): UseQueryResult<models.Order> {
  const polar = usePolar()
  return useItem({ resource: 'orders', id, fetchItem: (each) => polar.orders.get(each) })
}
