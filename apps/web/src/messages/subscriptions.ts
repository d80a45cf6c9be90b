/** The subscriptions. */
import type { models } from '@polar-sh/sdk/2026-10'
import { count, number } from './counting.ts'

export const subscriptions = {
  count: (amount: number) => count(amount, 'subscription', 'subscriptions'),
  loaded: (shown: number, all: number) =>
    `Subscriptions loaded, ${number(shown)} of ${number(all)}.`,
  title: 'Subscriptions',
  thing: 'subscriptions',
  table: 'Subscriptions table',
  search: 'Search subscriptions',
  /** Polar only searches their customers. */
  searchHint: 'Customer name or email',
  columns: {
    customer: 'Customer',
    product: 'Product',
    amount: 'Amount',
    status: 'Status',
    renews: 'Renews',
  },
  statuses: {
    incomplete: 'Incomplete',
    incomplete_expired: 'Expired',
    trialing: 'Trial',
    active: 'Active',
    past_due: 'Past due',
    canceled: 'Canceled',
    unpaid: 'Unpaid',
    paused: 'Paused',
  } satisfies Record<models.SubscriptionStatus, string>,
  canceling: 'Canceling',
  endsHead: 'Ends',
  started: 'Started',
  id: 'Subscription ID',
  ends: (date: string) => `Ends ${date}`,
  ended: (date: string) => `Ended ${date}`,
  empty: 'No subscriptions yet',
  emptyText: 'Sell a recurring product to see subscriptions here.',
  viewProducts: 'View products',
}
