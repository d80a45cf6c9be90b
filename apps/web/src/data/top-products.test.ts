import { describe, expect, it } from 'vitest'
import { countSold, foldOthers } from './top-products.ts'

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

  it('has a row for the rest', () => {
    const [{ products } = { products: [] }] = countSold(
      [30, 20, 10, 5].map((net, index) => order(`${index}`, net)),
    )
    const { best, others } = foldOthers(products, 2)
    expect(best.map(({ revenue }) => revenue)).toEqual([30, 20])
    expect(others).toEqual({ orders: 2, revenue: 15 })
  })
})
