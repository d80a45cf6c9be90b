/** The products of the connection. */
import { usePolar } from '@polar-connect/react'
import type { models } from '@polar-sh/sdk/2026-10'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ListQuery, ListRules } from './list-address.ts'
import { useOrganizationFilter } from './organization-filter.ts'
import { useItem } from './use-item.ts'
import type { KeptQuery } from './use-kept-query.ts'
import { PAGE_SIZE, usePages, type ListPage } from '../resources/use-resource.ts'

/** Products change seldom. */
const STALE_MS = 300_000

/** The most that Polar gives at once. */
const MOST = 100

export const PRODUCT_RULES = {
  sortable: ['name', 'price_amount', 'created_at'],
  defaultSort: '-created_at',
  // Polar tells what recurs from what does not, and no more of the type.
  filters: { type: ['one_time', 'recurring'], archived: ['1'] },
} as const satisfies ListRules

export function useProducts(query: ListQuery): KeptQuery<ListPage<models.Product>> {
  const polar = usePolar()
  const { type, archived } = query.filters
  const asked = {
    ...useOrganizationFilter(),
    limit: PAGE_SIZE,
    sorting: [query.sort as models.ProductSortProperty],
    ...(query.search !== '' && { query: query.search }),
    ...(type !== undefined && { is_recurring: type === 'recurring' }),
    ...(archived === undefined && { is_archived: false }),
  }
  return usePages({
    resource: 'products',
    asked,
    page: query.page,
    fetchPage: (page) => polar.products.list({ ...asked, page }),
    staleMs: STALE_MS,
    ahead: true,
  })
}

/** The products by name, to choose from: as many as fit one answer. */
export function useProductChoice(enabled: boolean): KeptQuery<ListPage<models.Product>> {
  const polar = usePolar()
  const asked = { ...useOrganizationFilter(), limit: MOST, sorting: ['name' as const] }
  return usePages({
    resource: 'products',
    asked,
    page: 1,
    fetchPage: (page) => polar.products.list({ ...asked, page }),
    staleMs: STALE_MS,
    enabled,
  })
}

export function useProduct(id: string): UseQueryResult<models.Product> {
  const polar = usePolar()
  return useItem({ resource: 'products', id, fetchItem: (each) => polar.products.get(each) })
}
