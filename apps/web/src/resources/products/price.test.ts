import { describe, expect, it } from 'vitest'
import { en } from '../../messages/en.ts'
import { fixed, product } from '../../testing/fake-server.ts'
import { describePrice, describeType, type PricedProduct } from './price.ts'

const priced = (prices: readonly object[], interval: string | null = null, every = 1) =>
  product('Any', {
    prices,
    recurring_interval: interval,
    recurring_interval_count: interval && every,
  }) as unknown as PricedProduct

const metered = { amount_type: 'metered_unit', unit_amount: '2', price_currency: 'usd' }
const seats = {
  amount_type: 'seat_based',
  price_currency: 'usd',
  seat_tiers: { tiers: [{ min_seats: 1, price_per_seat: 1500 }] },
}

describe('A price', () => {
  it.each([
    ['$20.00', priced([fixed(2000)])],
    ['$20.00 / month', priced([fixed(2000)], 'month')],
    ['$20.00 / 3 months', priced([fixed(2000)], 'month', 3)],
    ['Free', priced([fixed(0)])],
    ['Free', priced([{ amount_type: 'free' }])],
    ['Pay what you want', priced([{ amount_type: 'custom' }])],
    ['From $20.00', priced([fixed(2500), fixed(2000)])],
    ['From $20.00', priced([fixed(2000), fixed(1, 'jpy')])],
    ['From $0.02 per unit', priced([metered])],
    ['From $15.00 per seat / month', priced([seats], 'month')],
    ['$20.00', priced([fixed(2000), { ...fixed(1), is_archived: true }])],
    [undefined, priced([])],
    [undefined, priced([{ amount_type: 'barter' }])],
  ])('reads "%s"', (words, any) => {
    expect(describePrice(any, en, 'en-US')).toBe(words)
  })
})

describe('A type', () => {
  it.each([
    ['One-time', priced([fixed(2000)])],
    ['Monthly', priced([fixed(2000)], 'month')],
    ['Yearly', priced([fixed(2000)], 'year')],
    ['Every 3 months', priced([fixed(2000)], 'month', 3)],
    ['Usage-based', priced([metered], 'month')],
  ])('reads "%s"', (words, any) => {
    expect(describeType(any, en)).toBe(words)
  })
})
