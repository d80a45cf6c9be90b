/** The discounts: the list, and one of them. */
import { count, number } from './counting.ts'

export const discounts = {
  title: 'Discounts',
  thing: 'discounts',
  one: 'discount',
  count: (amount: number) => count(amount, 'discount', 'discounts'),
  loaded: (shown: number, all: number) => `Discounts loaded, ${number(shown)} of ${number(all)}.`,
  table: 'Discounts table',
  search: 'Search discounts',
  searchHint: 'Name or code',
  columns: { discount: 'Discount', code: 'Code', amount: 'Amount', used: 'Used', ends: 'Ends' },
  empty: 'No discounts yet',
  emptyText: 'Discounts you create in Polar show up here.',
  usedOf: (used: number, most: number) => `${number(used)} of ${number(most)}`,
  create: 'Create a discount in Polar',
  starts: 'Starts',
  created: 'Created',
  products: 'Products',
  id: 'Discount ID',
  idThing: 'discount ID',
}
