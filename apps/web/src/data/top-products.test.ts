import { describe, expect, it } from 'vitest'
import { countSold, foldOthers, pickBest } from './top-products.ts'

const order = (name: string | null, net: number, currency = 'usd') => ({
  product_id: name,
  product: name === null ? null : ({ name: name.toUpperCase() } as never),
  description: 'Support, one hour',
  net_amount: net,
  currency,
})

describe('The list of sold products', () => {
  it('has a sum for each product, the most revenue first', () => {
    expect(countSold([order('a', 100), order('b', 150), order('a', 100)])).toEqual([
      {
        currency: 'usd',
        products: [
          { productId: 'a', name: 'A', orders: 2, revenue: 200 },
          { productId: 'b', name: 'B', orders: 1, revenue: 150 },
        ],
      },
    ])
  })

  it('has a sum for each currency', () => {
    const [first, second] = countSold([order('a', 100), order('a', 500, 'jpy'), order('b', 1)])
    expect(first).toMatchObject({ currency: 'usd', products: [{ revenue: 100 }, { revenue: 1 }] })
    expect(second).toMatchObject({ currency: 'jpy', products: [{ revenue: 500, orders: 1 }] })
  })

  it('has orders without a product by their description', () => {
    expect(countSold([order(null, 7), order(null, 8)])[0]?.products).toEqual([
      { productId: undefined, name: 'Support, one hour', orders: 2, revenue: 15 },
    ])
  })

  it('has a best seller once, if it is sold in two currencies', () => {
    const sold = countSold([
      ...[60, 40].map((net, index) => order(`${index}`, net)),
      order('0', 9000, 'jpy'),
    ])
    expect(pickBest(sold, 4)).toMatchObject([{ productId: '0' }, { productId: '1' }])
  })

  it('does not compare the amounts of two currencies', () => {
    const dollars = [order('a', 500), order('a', 500), order('b', 400)]
    const sold = countSold([...dollars, order('c', 90_000, 'jpy'), order(null, 10_000, 'jpy')])
    expect(pickBest(sold, 2)).toMatchObject([{ productId: 'a' }, { productId: 'c' }])
    expect(pickBest(countSold([order('a', 0)]), 2)).toHaveLength(1)
  })

  it('has a row for the rest', () => {
    const [{ products } = { products: [] }] = countSold(
      [30, 20, 10, 5].map((net, index) => order(`${index}`, net)),
    )
    const { best, others } = foldOthers(products, 2)
    expect(best.map(({ revenue }) => revenue)).toEqual([30, 20])
    expect(others).toEqual({ orders: 2, revenue: 15 })
  })
})
