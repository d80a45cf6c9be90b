/** The customers of the connection. */
import { usePolar } from '@polar-connect/react'
import type { models } from '@polar-sh/sdk/2026-10'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ListQuery, ListRules } from './list-address.ts'
import { useOrganizationFilter } from './organization-filter.ts'
import { useItem } from './use-item.ts'
import type { KeptQuery } from './use-kept-query.ts'
import { PAGE_SIZE, usePages, type ListPage } from '../resources/use-resource.ts'

export const CUSTOMER_RULES = {
  sortable: ['name', 'email', 'created_at'],
  defaultSort: '-created_at',
  filters: {},
} as const satisfies ListRules

export function useCustomers(query: ListQuery): KeptQuery<ListPage<models.Customer>> {
  const polar = usePolar()
  const asked = {
    ...useOrganizationFilter(),
    limit: PAGE_SIZE,
    sorting: [query.sort as models.CustomerSortProperty],
    ...(query.search !== '' && { query: query.search }),
  }
  return usePages({
    resource: 'customers',
    asked,
    page: query.page,
    fetchPage: (page) => polar.customers.list({ ...asked, page }),
    ahead: true,
  })
}

export function useCustomer(id: string): UseQueryResult<models.Customer> {
  const polar = usePolar()
  return useItem({ resource: 'customers', id, fetchItem: (each) => polar.customers.get(each) })
}
