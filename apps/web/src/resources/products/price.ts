/** A product's price in words: one price, the least of several, or how it is counted. */
import type { models } from '@polar-sh/sdk/2026-10'
import { formatMoney } from '../../format/money.ts'
import type { Messages } from '../../messages/en.ts'

export type PricedProduct = Pick<
  models.Product,
  'prices' | 'recurring_interval' | 'recurring_interval_count'
>
type Price = PricedProduct['prices'][number]

export function describePrice(
  { prices, recurring_interval: interval, recurring_interval_count: every }: PricedProduct,
  messages: Messages,
  locale: string,
): string | undefined {
  const words = messages.prices
  const current = prices.filter((price) => !price.is_archived)
  const [first] = current
  if (first === undefined) return undefined
  const recurring = (price: string) =>
    interval === null ? price : words.recurring(price, toInterval(interval, every ?? 1, messages))
  const least = findLeast(current)
  if (least !== undefined) {
    const free = least.price_amount === 0
    const price = formatMoney(least.price_amount, least.price_currency, locale)
    const several = current.length > 1
    if (several) return words.from(recurring(price))
    return free ? words.free : recurring(price)
  }
  return describeCounted(first, messages, locale, recurring)
}

/** `$20.00 / month`: what a subscription costs each time. */
export function describeRecurring(
  subscription: Pick<
    models.Subscription,
    'amount' | 'currency' | 'recurring_interval' | 'recurring_interval_count'
  >,
  messages: Messages,
  locale: string,
): string {
  const { amount, currency, recurring_interval: interval } = subscription
  const every = toInterval(interval, subscription.recurring_interval_count, messages)
  return messages.prices.recurring(formatMoney(amount, currency, locale), every)
}

type FixedPrice = Extract<Price, { amount_type: 'fixed' }>

/** The smallest fixed price in the currency of the first one: other currencies do not compare. */
function findLeast(prices: readonly Price[]): FixedPrice | undefined {
  const fixed = prices.filter((price): price is FixedPrice => price.amount_type === 'fixed')
  const comparable = fixed.filter((price) => price.price_currency === fixed[0]?.price_currency)
  return comparable.toSorted((one, other) => one.price_amount - other.price_amount)[0]
}

function describeCounted(
  price: Price,
  { prices: words }: Messages,
  locale: string,
  recurring: (price: string) => string,
): string | undefined {
  const money = (amount: number) => formatMoney(amount, price.price_currency, locale)
  switch (price.amount_type) {
    case 'custom':
      return words.custom
    case 'seat_based': {
      const [tier] = price.seat_tiers.tiers
      return tier && recurring(words.perSeat(money(tier.price_per_seat)))
    }
    case 'metered_unit':
      return words.perUnit(money(Number(price.unit_amount)))
    case 'metered_tiers':
    case 'unit_based': {
      const amounts = price.tiers.tiers.map((tier) => Number(tier.unit_amount))
      return amounts.length === 0 ? undefined : words.perUnit(money(Math.min(...amounts)))
    }
    case 'fixed':
    default:
      // A kind of price that is newer than this app. `free` was one.
      return (price as { amount_type: string }).amount_type === 'free' ? words.free : undefined
  }
}

type Interval = NonNullable<PricedProduct['recurring_interval']>

function toInterval(interval: Interval, every: number, { prices }: Messages): string {
  const unit = prices.intervals[interval] ?? interval
  return every > 1 ? prices.intervalFew(every, unit) : unit
}

/** `One-time`, `Monthly`, `Usage-based` and so on. */
export function describeType(product: PricedProduct, { products: words }: Messages): string {
  const { prices, recurring_interval: interval, recurring_interval_count: every } = product
  const kinds = prices.filter((price) => !price.is_archived).map((price) => price.amount_type)
  if (kinds.length > 0 && kinds.every((kind) => kind.startsWith('metered_'))) return words.usage
  if (interval === null) return words.oneTime
  if ((every ?? 1) > 1) return words.everyFew(every ?? 1, interval)
  return words.every[interval] ?? interval
}
