/** Every object of every data set, as both official SDKs read it. */
import { createPolar } from '@polar-sh/sdk/2026-10'
import { Polar as ValidatingPolar } from 'polar-sdk-validating'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DATASET_NAMES } from '../src/data/create-dataset.ts'
import { ADA, startPolar, type Polar } from './polar.ts'

const SCOPES = [
  'organizations',
  'products',
  'orders',
  'customers',
  'subscriptions',
  'checkout_links',
  'checkouts',
  'benefits',
  'discounts',
  'metrics',
].map((name) => `${name}:read`)

let polar: Polar
beforeAll(async () => {
  polar = await startPolar()
})
afterAll(() => polar.close())

describe.each(DATASET_NAMES)('the %s data set', (dataset) => {
  let accessToken: string
  beforeAll(async () => {
    await polar.control('POST', '/reset', { dataset })
    accessToken = await polar.mint(ADA, SCOPES)
  })

  it('is read whole by the validating SDK', async () => {
    const sdk = new ValidatingPolar({ accessToken, serverURL: polar.url })
    const limit = 100
    await readAll(sdk.organizations.listOrganizations({ limit }), (id) =>
      sdk.organizations.get({ id }),
    )
    await readAll(sdk.products.list({ limit }), (id) => sdk.products.get({ id }))
    await readAll(sdk.orders.list({ limit }), (id) => sdk.orders.get({ id }))
    await readAll(sdk.customers.list({ limit }), (id) => sdk.customers.get({ id }))
    await readAll(sdk.subscriptions.list({ limit }), (id) => sdk.subscriptions.get({ id }))
    await readAll(sdk.checkoutLinks.list({ limit }), (id) => sdk.checkoutLinks.get({ id }))
    await readAll(sdk.benefits.list({ limit }), (id) => sdk.benefits.get({ id }))
    await readAll(sdk.discounts.list({ limit }), (id) => sdk.discounts.get({ id }))
  }, 60_000)

  it('is read by the typed SDK to the last page', async () => {
    const sdk = createPolar({ accessToken, baseUrl: polar.url })
    const lists = [
      sdk.organizations.iterList({ limit: 100 }),
      sdk.products.iterList({ limit: 100 }),
      sdk.orders.iterList({ limit: 100 }),
      sdk.customers.iterList({ limit: 100 }),
      sdk.subscriptions.iterList({ limit: 100 }),
      sdk.checkoutLinks.iterList({ limit: 100 }),
      sdk.benefits.iterList({ limit: 100 }),
      sdk.discounts.iterList({ limit: 100 }),
    ]
    for (const list of lists) {
      const ids = new Set<string>()
      let count = 0
      for await (const item of list) {
        ids.add((item as { id: string }).id)
        count += 1
      }
      expect(ids.size).toBe(count)
    }
  }, 30_000)

  it('keeps to the arithmetic of orders, and to the past', async () => {
    const sdk = createPolar({ accessToken, baseUrl: polar.url })
    const now = Date.now()
    let count = 0
    for await (const order of sdk.orders.iterList({ limit: 100 })) {
      count += 1
      expect(order.net_amount).toBe(order.subtotal_amount - order.discount_amount)
      expect(order.total_amount).toBe(order.net_amount + order.tax_amount)
      expect(order.due_amount).toBe(Math.max(0, order.total_amount + order.applied_balance_amount))
      expect(order.refundable_amount).toBe(
        Math.max(0, order.net_amount + order.applied_balance_amount - order.refunded_amount),
      )
      expect(order.items.reduce((sum, item) => sum + item.amount, 0)).toBe(order.subtotal_amount)
      expect(Date.parse(order.created_at)).toBeLessThanOrEqual(now)
      expect(Date.parse(order.customer.created_at)).toBeLessThanOrEqual(
        Date.parse(order.created_at),
      )
    }
    const expected = { empty: 0, small: 100, awkward: 150, large: 5000 }[dataset]
    expect(count).toBeGreaterThanOrEqual(expected)
  }, 30_000)
})

interface Pages {
  readonly result: { readonly items: readonly { readonly id: string }[] }
}

/** Each page of the list, and three of each page by themselves: an item is parsed either way. */
async function readAll(
  first: Promise<AsyncIterable<Pages>>,
  read: (id: string) => Promise<{ readonly id: string }>,
): Promise<void> {
  for await (const { result } of await first) {
    for (const { id } of result.items.slice(0, 3)) expect((await read(id)).id).toBe(id)
  }
}
