/** The subscriptions of the connection. */
import { usePolar } from '@polar-connect/react'
import type { models } from '@polar-sh/sdk/2026-10'
import type { ListQuery, ListRules } from './list-address.ts'
import { useOrganizationFilter } from './organization-filter.ts'
import { narrowToCustomers, useCustomerSearch, type CustomerSearch } from './use-customer-search.ts'
import type { KeptQuery } from './use-kept-query.ts'
import { PAGE_SIZE, usePages, type ListPage } from '../resources/use-resource.ts'

/** Polar's, and what it calls active with an end: people tell those two apart. */
export const SUBSCRIPTION_STATES = [
  'active',
  'canceling',
  'trialing',
  'past_due',
  'unpaid',
  'paused',
  'canceled',
  'incomplete',
  'incomplete_expired',
] as const satisfies readonly (models.SubscriptionStatus | 'canceling')[]

export const SUBSCRIPTION_RULES = {
  sortable: ['customer', 'product', 'amount', 'status', 'current_period_end', 'started_at'],
  defaultSort: '-started_at',
  filters: { status: SUBSCRIPTION_STATES },
} as const satisfies ListRules

interface Subscriptions {
  readonly subscriptions: KeptQuery<ListPage<models.Subscription>>
  readonly search: CustomerSearch
}

export function useSubscriptions(query: ListQuery): Subscriptions {
  const polar = usePolar()
  const search = useCustomerSearch(query.search)
  const asked = {
    ...useOrganizationFilter(),
    limit: PAGE_SIZE,
    sorting: [query.sort as models.SubscriptionSortProperty],
    ...toStatusFilter(query.filters['status']),
  }
  const subscriptions = usePages({
    resource: 'subscriptions',
    asked: { ...asked, search: query.search },
    page: query.page,
    fetchPage: async (page) =>
      narrowToCustomers(await search.find(), (customers) =>
        polar.subscriptions.list({ ...asked, ...customers, page }),
      ),
    ahead: true,
  })
  return { subscriptions, search }
}

interface StatusFilter {
  readonly status?: models.SubscriptionStatus
  readonly cancel_at_period_end?: boolean
}

function toStatusFilter(state: string | undefined): StatusFilter {
  if (state === undefined) return {}
  if (state === 'canceling') return { status: 'active', cancel_at_period_end: true }
  if (state === 'active') return { status: 'active', cancel_at_period_end: false }
  return { status: state as models.SubscriptionStatus }
}
