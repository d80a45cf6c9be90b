/** What all lists of records say. */
import { count } from './counting.ts'

export const lists = {
  noMatches: 'No matches',
  noMatchesText: 'Nothing matches these filters.',
  clearFilters: 'Clear filters',
  all: 'All',
  /** Polar searches neither orders nor subscriptions, but their customers. */
  byCustomer: 'Customer name or email',
  manyCustomers: (most: number) =>
    `Only the first ${count(most, 'customer', 'customers')} with this name are looked at. Type more of it to see the rest.`,
  actions: 'Actions',
  actionsFor: (name: string) => `Actions for ${name}`,
  openInPolar: 'Open in Polar',
}
