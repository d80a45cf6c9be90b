import { ConnectError } from '@polar-connect/browser'
import { describe, expect, it } from 'vitest'
import { findOrders, type OrderCalls } from './find-orders.ts'

interface Order {
  readonly id: string
  readonly invoice_number: string | null
}

/** A shop with orders in the order of `numbers`, and the calls that it got. */
function shop(numbers: readonly (string | null)[]) {
  const asked: string[] = []
  const all = numbers.map((invoice_number, index): Order => ({ id: `id-${index}`, invoice_number }))
  const sortings = {
    // By the bytes of the text. Orders without a number are last.
    invoice_number: all.toSorted((one, other) => {
      const [left, right] = [one.invoice_number ?? '\uffff', other.invoice_number ?? '\uffff']
      return left < right ? -1 : Number(left > right)
    }),
    '-created_at': all.toReversed(),
  }
  const calls: OrderCalls<Order> = {
    async get(id) {
      asked.push(id)
      if (id.startsWith('0000')) throw new ConnectError('not_found')
      if (id.startsWith('1111')) throw new ConnectError('polar_unavailable')
      return { id, invoice_number: 'ACME-1' }
    },
    async list(sorting, page) {
      asked.push(`${sorting} ${page}`)
      const items = sortings[sorting].slice((page - 1) * 100, page * 100)
      return {
        items,
        pagination: { total_count: all.length, max_page: Math.ceil(all.length / 100) },
      }
    },
  }
  const find = async (typed: string) => {
    const found = await findOrders(typed, calls)
    return found && { ...found, orders: found.orders.map((order) => order.invoice_number) }
  }
  return { find, asked, calls }
}

const upTo = (count: number) =>
  Array.from({ length: count }, (_, index) => `ACME-${`${index + 1}`.padStart(4, '0')}`)

describe('An order', () => {
  it('is found by its number in any spelling', async () => {
    const { find } = shop(upTo(300))
    for (const typed of ['ACME-0042', 'acme-0042', 'Acme0042', 'ACME-00-42']) {
      expect(await find(typed), typed).toEqual({ orders: ['ACME-0042'] })
    }
  })

  it('is found among the first, the last, and at the edges of pages', async () => {
    const { find } = shop([...upTo(5000), null, null])
    for (const number of ['0001', '0100', '0101', '2500', '4900', '4999', '5000']) {
      expect(await find(`ACME-${number}`), number).toEqual({ orders: [`ACME-${number}`] })
    }
    expect(await find('ACME-5001')).toEqual({ orders: [] })
    expect(await find('AAAA-1')).toEqual({ orders: [] })
    expect(await find('ZZZZ-1')).toEqual({ orders: [] })
  })

  it('costs ten calls at most, also among 25,000', async () => {
    const { find, asked } = shop(upTo(25_000).map((number) => number.replace('-', '-0')))
    for (const number of ['0001', '0101', '8191', '9999']) {
      asked.length = 0
      await find(`ACME-0${number}`)
      expect(asked.length, number).toBeLessThanOrEqual(10)
    }
  })

  it('comes with all orders whose numbers begin the same, from at most two pages', async () => {
    const { find } = shop(upTo(5000))
    expect((await find('ACME-004'))?.orders).toEqual(upTo(49).slice(39))
    expect((await find('ACME-009'))?.orders).toEqual(upTo(99).slice(89))
    const many = await find('ACME-0')
    expect(many?.orders).toEqual(upTo(200))
    expect(many?.note).toBe('first')
  })

  it('is searched among the latest 500 if there are two kinds of numbers', async () => {
    // Without their hyphens they would sort in another order than Polar's.
    const mixed = upTo(600).flatMap((number, index) => [
      number,
      `ACME-${index % 9}-${1000 + index}`,
    ])
    const { find, asked } = shop(mixed)
    expect(await find('ACME-0590')).toEqual({ orders: ['ACME-0590'], note: 'latest' })
    expect(await find('ACME-0001')).toEqual({ orders: [], note: 'latest' })
    expect(asked.filter((call) => call.startsWith('-created_at'))).toHaveLength(10)
  })

  it('is found by its ID, and missing if Polar does not know the ID', async () => {
    const { find, asked } = shop([])
    expect(await find('8F3D2B5E-4B1C-4C58-9D3E-1F0A6C7B2D11')).toEqual({ orders: ['ACME-1'] })
    expect(asked).toEqual(['8f3d2b5e-4b1c-4c58-9d3e-1f0a6c7b2d11'])
    expect(await find('00000000-4b1c-4c58-9d3e-1f0a6c7b2d11')).toEqual({ orders: [] })
    await expect(find('11111111-4b1c-4c58-9d3e-1f0a6c7b2d11')).rejects.toThrow(ConnectError)
  })

  it('is not searched by a text that is neither', async () => {
    const { find, asked } = shop(upTo(3))
    for (const typed of ['ada', 'Ada Lovelace', 'ada@example.com', 'a1', 'ACME', 'ACME 0042']) {
      expect(await find(typed), typed).toBeUndefined()
    }
    expect(asked).toEqual([])
  })

  it('has no match in a shop without sales', async () => {
    expect(await shop([]).find('ACME-0042')).toEqual({ orders: [] })
  })
})
