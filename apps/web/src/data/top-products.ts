/** Which products sold best, counted from orders. */
import type { models } from '@polar-sh/sdk/2026-10'

export interface Sold {
  /** Of the product. Undefined for an order without one, which counts by its description. */
  readonly productId: string | undefined
  readonly name: string
  readonly orders: number
  /** Before tax and refunds, in the smallest unit of the currency. */
  readonly revenue: number
}

/** Sales in one currency: amounts of two are never added. */
export interface SoldIn {
  /** ISO 4217, as Polar writes it. */
  readonly currency: string
  /** The best first. */
  readonly products: readonly Sold[]
}

type SoldOrder = Pick<
  models.Order,
  'product_id' | 'product' | 'description' | 'net_amount' | 'currency'
>

/** The currency with most orders first. */
export function countSold(orders: readonly SoldOrder[]): readonly SoldIn[] {
  const currencies = new Map<string, Map<string, Sold>>()
  for (const { product_id: id, product, description, net_amount: net, currency } of orders) {
    const products = currencies.get(currency) ?? new Map<string, Sold>()
    currencies.set(currency, products)
    const name = product?.name ?? description
    const key = id ?? `description ${description}`
    const before = products.get(key) ?? { productId: id ?? undefined, name, orders: 0, revenue: 0 }
    products.set(key, { ...before, orders: before.orders + 1, revenue: before.revenue + net })
  }
  const ordersOf = ({ products }: SoldIn) => products.reduce((sum, each) => sum + each.orders, 0)
  return [...currencies]
    .map(([currency, products]) => ({
      currency,
      products: [...products.values()].toSorted((one, other) => other.revenue - one.revenue),
    }))
    .toSorted((one, other) => ordersOf(other) - ordersOf(one))
}

export type Picked = Pick<Sold, 'name'> & { readonly productId: string }

/**
 * The `most` best sellers of all currencies, each once. Amounts of two currencies do not compare, so a
 * product's share of its currency counts, and a currency counts by its orders.
 */
export function pickBest(sold: readonly SoldIn[], most: number): readonly Picked[] {
  const picked = new Map<string, Picked & { readonly weight: number }>()
  for (const { products } of sold) {
    const { orders, revenue: whole } = foldOthers(products, 0).others
    for (const { productId, name, revenue } of products) {
      if (productId === undefined) continue
      const weight = whole === 0 ? 0 : (orders * revenue) / whole
      const before = picked.get(productId)?.weight ?? 0
      picked.set(productId, { productId, name, weight: before + weight })
    }
  }
  return [...picked.values()].toSorted((one, other) => other.weight - one.weight).slice(0, most)
}

/** The best ones, and the rest as one. */
export function foldOthers(
  products: readonly Sold[],
  most: number,
): { readonly best: readonly Sold[]; readonly others: Pick<Sold, 'orders' | 'revenue'> } {
  const rest = products.slice(most)
  return {
    best: products.slice(0, most),
    others: {
      orders: rest.reduce((sum, { orders }) => sum + orders, 0),
      revenue: rest.reduce((sum, { revenue }) => sum + revenue, 0),
    },
  }
}
