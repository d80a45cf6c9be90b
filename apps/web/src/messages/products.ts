/** The products, and prices in words. */
import { count, number } from './counting.ts'

export const productMessages = {
  products: {
    count: (amount: number) => count(amount, 'product', 'products'),
    loaded: (shown: number, all: number) => `Products loaded, ${number(shown)} of ${number(all)}.`,
    thing: 'products',
    table: 'Products table',
    columns: {
      product: 'Product',
      price: 'Price',
      type: 'Type',
      status: 'Status',
      created: 'Created',
    },
    active: 'Active',
    archived: 'Archived',
    oneTime: 'One-time',
    usage: 'Usage-based',
    every: { day: 'Daily', week: 'Weekly', month: 'Monthly', year: 'Yearly' },
    everyFew: (amount: number, unit: string) => `Every ${amount} ${unit}s`,
    empty: 'No products yet',
    emptyText: 'Products you create in Polar show up here.',
    create: 'Create a product in Polar',
  },
  prices: {
    free: 'Free',
    custom: 'Pay what you want',
    from: (price: string) => `From ${price}`,
    perUnit: (price: string) => `From ${price} per unit`,
    perSeat: (price: string) => `From ${price} per seat`,
    recurring: (price: string, interval: string) => `${price} / ${interval}`,
    intervals: { day: 'day', week: 'week', month: 'month', year: 'year' },
    intervalFew: (amount: number, unit: string) => `${amount} ${unit}s`,
  },
}
