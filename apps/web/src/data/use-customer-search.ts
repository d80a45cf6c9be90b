/**
 * Searches orders and subscriptions by their customer. Polar searches only customers by words. So the
 * customers are found first, and then what belongs to them.
 */
import { useConnection, usePolar, useScope } from '@polar-connect/react'
import { useQueryClient } from '@tanstack/react-query'
import type { ListPage } from './list-page.ts'
import { useOrganizationFilter } from './organization-filter.ts'

/** An address with this many ids still works on every server. */
export const MOST_CUSTOMERS = 50

export interface Matches {
  readonly ids: readonly string[]
  /** Whether more customers match than were looked at. */
  readonly cut: boolean
}

export interface CustomerSearch {
  /** Whether the permission that it needs is there. */
  readonly allowed: boolean
  /** Undefined if there is no search. */
  readonly find: () => Promise<Matches | undefined>
}

export function useCustomerSearch(search: string): CustomerSearch {
  const polar = usePolar()
  const { connection } = useConnection()
  const client = useQueryClient()
  const allowed = useScope('customers:read')
  const filter = useOrganizationFilter()
  const queryKey = ['customer-search', connection?.id, filter, search]

  async function findCustomers(): Promise<Matches> {
    const { items, pagination } = await polar.customers.list({
      ...filter,
      query: search,
      limit: MOST_CUSTOMERS,
    })
    return { ids: items.map(({ id }) => id), cut: pagination.total_count > items.length }
  }

  return {
    allowed,
    async find() {
      if (search === '') return undefined
      if (!allowed) return { ids: [], cut: false }
      return client.fetchQuery({ queryKey, queryFn: findCustomers })
    },
  }
}

/** The page of a list for the `matches` that `only` allows. Without any, no call is made. */
export async function narrowToCustomers<Item>(
  matches: Matches | undefined,
  only: string | undefined,
  fetchPage: (filter: { readonly customer_id?: string[] }) => Promise<ListPage<Item>>,
): Promise<ListPage<Item>> {
  if (matches === undefined) return fetchPage({})
  const ids = matches.ids.filter((id) => only === undefined || id === only)
  if (ids.length === 0) return { items: [], pagination: { total_count: 0, max_page: 0 } }
  const page = await fetchPage({ customer_id: ids })
  return matches.cut ? { ...page, note: 'customers' } : page
}
