/** The customers: the list, and one of them. */
import { count, number } from './counting.ts'

export const customers = {
  count: (amount: number) => count(amount, 'customer', 'customers'),
  loaded: (shown: number, all: number) => `Customers loaded, ${number(shown)} of ${number(all)}.`,
  title: 'Customers',
  thing: 'customers',
  one: 'customer',
  table: 'Customers table',
  search: 'Search customers',
  searchHint: 'Name, email or external ID',
  columns: { customer: 'Customer', email: 'Email', country: 'Country', created: 'Created' },
  empty: 'No customers yet',
  emptyText: 'Your first customer appears after the first order.',
  name: 'Name',
  type: 'Type',
  types: { individual: 'Person', team: 'Team' },
  address: 'Billing address',
  externalId: 'Your ID for them',
  id: 'Customer ID',
  orders: 'Orders',
  ordersTable: "Customer's orders table",
  noOrders: 'No orders yet',
  noOrdersText: 'What this customer buys shows up here.',
}
