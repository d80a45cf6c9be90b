/** Both official SDKs read every object of every data set. */
import { createPolar } from '@polar-sh/sdk/2026-10'
import { Polar as ValidatingPolar } from 'polar-sdk-validating'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDataset } from '../src/seed/create-dataset.ts'
import { DATASET_NAMES, type DatasetName } from '../src/seed/dataset-name.ts'
import type { Order, Owned, Refund } from '../src/objects/models.ts'
import { ACME, ADA, NORD, startPolar, UMAS_SHOP, type Polar } from './polar.ts'

const SCOPES = [
  'organizations',
  'products',
  'orders',
  'refunds',
  'customers',
  'subscriptions',
  'checkout_links',
  'checkouts',
  'benefits',
  'discounts',
  'metrics',
].map((name) => `${name}:read`)

const MONTHS = Array.from({ length: 12 }, (_, month) => month)

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

  it('is accepted by the validating SDK', async () => {
    const sdk = new ValidatingPolar({ accessToken, serverURL: polar.url })
    const limit = 100
    await expectReadable(sdk.organizations.listOrganizations({ limit }), (id) =>
      sdk.organizations.get({ id }),
    )
    await expectReadable(sdk.products.list({ limit }), (id) => sdk.products.get({ id }))
    await expectReadable(sdk.orders.list({ limit }), (id) => sdk.orders.get({ id }))
    await expectReadable(sdk.customers.list({ limit }), (id) => sdk.customers.get({ id }))
    await expectReadable(sdk.subscriptions.list({ limit }), (id) => sdk.subscriptions.get({ id }))
    await expectReadable(sdk.checkoutLinks.list({ limit }), (id) => sdk.checkoutLinks.get({ id }))
    await expectReadable(sdk.benefits.list({ limit }), (id) => sdk.benefits.get({ id }))
    await expectReadable(sdk.discounts.list({ limit }), (id) => sdk.discounts.get({ id }))
    for await (const { result } of await sdk.refunds.list({ limit }))
      expect(result.items).toBeDefined()
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
      sdk.refunds.iterList({ limit: 100 }),
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

  it('has a refund for each refunded amount', async () => {
    const sdk = createPolar({ accessToken, baseUrl: polar.url })
    const sums = new Map<string, { amount: number; tax: number }>()
    for await (const refund of sdk.refunds.iterList({ limit: 100, sorting: ['created_at'] })) {
      expect(Date.parse(refund.created_at)).toBeLessThanOrEqual(Date.now())
      if (refund.status !== 'succeeded') continue
      const { amount = 0, tax = 0 } = sums.get(refund.order_id) ?? {}
      sums.set(refund.order_id, { amount: amount + refund.amount, tax: tax + refund.tax_amount })
    }
    for await (const order of sdk.orders.iterList({ limit: 100 })) {
      const { amount, tax } = sums.get(order.id) ?? { amount: 0, tax: 0 }
      expect([order.refunded_amount, order.refunded_tax_amount]).toEqual([amount, tax])
      expect(order.refundable_tax_amount).toBe(order.tax_amount - tax)
      expect(order.status === 'refunded').toBe(amount > 0 && amount === order.net_amount)
      expect(order.status === 'partially_refunded').toBe(amount > 0 && amount < order.net_amount)
    }
  }, 30_000)

  it('has consistent amounts, and no date in the future', async () => {
    const sdk = createPolar({ accessToken, baseUrl: polar.url })
    const present = Date.now()
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
      expect(Date.parse(order.created_at)).toBeLessThanOrEqual(present)
      expect(Date.parse(order.customer.created_at)).toBeLessThanOrEqual(
        Date.parse(order.created_at),
      )
    }
    const expected = { empty: 0, small: 100, awkward: 150, large: 5000 }[dataset]
    expect(count).toBeGreaterThanOrEqual(expected)
  }, 30_000)
})

describe('the seed', () => {
  const now = Date.parse('2026-11-24T12:00:00Z') / 1000

  it.each(DATASET_NAMES)('gives the same %s data again', (name) => {
    expect(createDataset({ name, seed: 7, now })).toEqual(createDataset({ name, seed: 7, now }))
  })

  it('gives other data for another number', () => {
    const [one, other] = [7, 8].map((seed) => createDataset({ name: 'small', seed, now }))
    expect(one?.orders[0]?.id).not.toBe(other?.orders[0]?.id)
    expect(one?.organizations.map(({ id }) => id)).toEqual(other?.organizations.map(({ id }) => id))
  })

  it('gives the same products, even if more is sold', () => {
    const ids = (name: DatasetName) =>
      createDataset({ name, seed: 1, now }).products.map(({ id }) => id)
    expect(ids('large')).toEqual(ids('small'))
  })
})

describe('the small data set', () => {
  const dataset = createDataset({ name: 'small', seed: 1, now: Date.now() / 1000 })
  const of = (items: readonly Owned[], organization: string) =>
    items.filter((item) => item.organization_id === organization)

  it('has a year of sales in one shop, and none in a new one', () => {
    expect(of(dataset.customers, ACME)).toHaveLength(40)
    expect(of(dataset.orders, ACME)).toHaveLength(120)
    expect(of(dataset.orders, NORD).length).toBeGreaterThan(10)
    for (const items of [dataset.customers, dataset.orders, dataset.checkout_links]) {
      expect(of(items, UMAS_SHOP)).toEqual([])
    }
  })

  it.each(MONTHS)('has each status that lists must show, %i months later', (month) => {
    const now = Date.UTC(2026, month, 29, 10) / 1000
    const dataset = createDataset({ name: 'small', seed: 1, now })
    const statuses = (items: readonly { readonly status: string }[]) =>
      new Set(items.map(({ status }) => status))
    expect([...statuses(dataset.orders)].map(String).toSorted()).toEqual([
      'paid',
      'partially_refunded',
      'pending',
      'refunded',
      'void',
    ])
    expect([...statuses(dataset.subscriptions)].map(String).toSorted()).toEqual([
      'active',
      'canceled',
      'incomplete',
      'incomplete_expired',
      'past_due',
      'paused',
      'trialing',
      'unpaid',
    ])
  })

  it('has successful, failed and pending refunds with several reasons', () => {
    const of = (member: keyof Refund) => new Set(dataset.refunds.map((refund) => refund[member]))
    expect(of('status')).toEqual(new Set(['failed', 'pending', 'succeeded']))
    expect(of('reason').size).toBeGreaterThan(3)
    expect(dataset.refunds.some((refund) => refund.subscription_id !== null)).toBe(true)
  })

  it('numbers orders by date, so that ACME-0042 exists once', () => {
    const numbers = dataset.orders
      .filter((order) => order.organization_id === ACME)
      .toSorted((left, right) => Date.parse(left.created_at) - Date.parse(right.created_at))
      .map((order) => order.invoice_number)
    expect(numbers.slice(40, 43)).toEqual(['ACME-0041', 'ACME-0042', 'ACME-0043'])
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('has orders with and without an invoice', () => {
    const made = new Set(dataset.orders.map((order) => order.is_invoice_generated))
    expect(made).toEqual(new Set([true, false]))
  })

  it('uses only reserved e-mail domains', () => {
    for (const { email } of dataset.customers) {
      expect(email ?? 'nobody@example.com').toMatch(/@example\.com$/)
    }
  })
})

describe('the awkward data set', () => {
  const dataset = createDataset({ name: 'awkward', seed: 1, now: Date.now() / 1000 })

  it('has names, currencies and statuses that are hard to display', () => {
    const names = dataset.customers.map(({ name }) => name)
    expect(names).toContain(null)
    expect(names.some((name) => (name?.length ?? 0) > 200)).toBe(true)
    expect(names.some((name) => /\p{Script=Arabic}/u.test(name ?? ''))).toBe(true)
    expect(names.some((name) => /\p{Extended_Pictographic}/u.test(name ?? ''))).toBe(true)
    const of = (member: keyof Order) => new Set(dataset.orders.map((order) => order[member]))
    for (const currency of ['jpy', 'kwd', 'huf']) expect(of('currency')).toContain(currency)
    expect(of('status')).toContain('on_hold_by_a_newer_polar')
    expect(of('product_id')).toContain(null)
    const refunds = dataset.orders.filter(({ status }) => status === 'refunded')
    expect(refunds.length).toBeGreaterThan(25)
  })
})

interface Pages {
  readonly result: { readonly items: readonly { readonly id: string }[] }
}

/** Reads all pages of a list, and three single objects of each page. */
async function expectReadable(
  pages: Promise<AsyncIterable<Pages>>,
  read: (id: string) => Promise<{ readonly id: string }>,
): Promise<void> {
  // All single objects of the first page, but few of each later page: 5,000 similar ones show no more.
  let first = true
  for await (const { result } of await pages) {
    for (const { id } of first ? result.items : result.items.slice(0, 3)) {
      expect((await read(id)).id).toBe(id)
    }
    first = false
  }
}
