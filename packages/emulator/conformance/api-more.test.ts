/** Less common calls: changed sessions, exports, customer states, benefits and discounts. */
import { createPolar } from '@polar-sh/sdk/2026-10'
import { Polar as ValidatingPolar } from 'polar-sdk-validating'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ACME, ADA, startPolar, type Polar } from './polar.ts'

let polar: Polar
let sdk: ValidatingPolar
let accessToken: string
beforeEach(async () => {
  polar = await startPolar()
  const writes = ['products', 'customers', 'subscriptions', 'checkouts', 'benefits', 'discounts']
  const scopes = [...writes.map((name) => `${name}:write`), 'orders:read', 'orders:write']
  accessToken = await polar.mint(ADA, scopes, [ACME])
  sdk = new ValidatingPolar({ accessToken, serverURL: polar.url })
})
afterEach(() => polar.close())

const typed = (token: string) => createPolar({ accessToken: token, baseUrl: polar.url })
const productId = async (query: string) =>
  (await sdk.products.list({ query })).result.items[0]?.id ?? ''
const send = async (method: string, path: string, body?: unknown) => {
  const answer = await polar.send(method, path, accessToken, body)
  return [answer.status, await answer.json()]
}

describe('a checkout session', () => {
  it('accepts a name, a discount and another of its products while it is open', async () => {
    const [workshop, notes] = [await productId('Weaving workshop'), await productId('Notes on')]
    const { id, url } = await sdk.checkouts.create({ products: [workshop, notes] })
    const { result } = await sdk.discounts.list({})
    const discount = result.items.find(({ type }) => type === 'percentage')
    const checkoutUpdate = { customerName: 'Grace Hopper', discountId: discount?.id ?? '' }
    const changed = await sdk.checkouts.update({ id, checkoutUpdate })
    expect(changed).toMatchObject({ customerName: 'Grace Hopper', amount: 7900 })
    expect(changed.discountAmount).toBeGreaterThan(0)
    expect(changed.totalAmount).toBe(7900 - changed.discountAmount)

    const moved = await sdk.checkouts.update({ id, checkoutUpdate: { productId: notes } })
    expect(moved).toMatchObject({ productId: notes, customerName: 'Grace Hopper' })
    expect(moved.netAmount).toBe(moved.amount - moved.discountAmount)

    await polar.post(new URL(url).pathname, { email: 'grace@customer.example' })
    const [order] = (await sdk.orders.list({ checkoutId: id })).result.items
    expect(order).toMatchObject({ discountId: discount?.id, totalAmount: moved.totalAmount })
    const late = await send('PATCH', `/v1/checkouts/${id}`, { customer_name: 'Late' })
    expect(late).toMatchObject([403, { error: 'NotOpenCheckout' }])
  })

  it('refuses products and discounts of others, and any change after a day', async () => {
    const [workshop, notes] = [await productId('Weaving workshop'), await productId('Notes on')]
    const { id } = await sdk.checkouts.create({ products: [workshop] })
    const patch = (body: object) => send('PATCH', `/v1/checkouts/${id}`, body)
    for (const [member, value] of [
      ['product_id', notes],
      ['discount_id', ACME],
    ] as const) {
      expect(await patch({ [member]: value })).toMatchObject([
        422,
        { error: 'PolarRequestValidationError', detail: [{ loc: ['body', member] }] },
      ])
    }
    // The amount is ignored unless the buyer chooses the price.
    expect(await patch({ amount: 1 })).toMatchObject([200, { amount: 7900 }])
    await polar.advance(86_401)
    expect(await patch({ customer_name: 'Late' })).toMatchObject([
      410,
      { error: 'ExpiredCheckoutError' },
    ])
  })
})

describe('the state of a customer', () => {
  it('has running subscriptions and their benefits, by both IDs', async () => {
    const benefit = await sdk.benefits.create({
      type: 'custom',
      description: 'Reading room',
      properties: { note: 'Second floor' },
    })
    const id = await productId('Reader plan')
    const productBenefitsUpdate = { benefits: [benefit.id] }
    await sdk.products.updateBenefits({ id, productBenefitsUpdate })
    const checkout = await sdk.checkouts.create({ products: [id], externalCustomerId: 'own 1' })
    await polar.post(new URL(checkout.url).pathname, { email: 'reader@example.com' })
    const state = await sdk.customers.getStateExternal({ externalId: 'own 1' })
    expect(state).toMatchObject({
      email: 'reader@example.com',
      activeSubscriptions: [{ productId: id, status: 'active' }],
      grantedBenefits: [{ benefitId: benefit.id, benefitType: 'custom' }],
      activeMeters: [],
    })
    expect(await sdk.customers.getState({ id: state.id })).toEqual(state)
    await sdk.subscriptions.revoke({ id: state.activeSubscriptions[0]?.id ?? '' })
    expect(await sdk.customers.getState({ id: state.id })).toMatchObject({
      activeSubscriptions: [],
      grantedBenefits: [],
    })
  })

  it('is found for a customer who is changed and deleted by the external ID', async () => {
    await sdk.customers.create({ email: 'new@polar.sh', externalId: 'own 1' })
    const customerUpdateExternalID = { name: 'New Example' }
    await sdk.customers.updateExternal({ externalId: 'own 1', customerUpdateExternalID })
    const found = await sdk.customers.getExternal({ externalId: 'own 1' })
    expect(found.name).toBe('New Example')
    await sdk.customers.deleteExternal({ externalId: 'own 1' })
    const gone = await send('GET', '/v1/customers/external/own%201')
    expect(gone).toEqual([404, { error: 'ResourceNotFound', detail: 'Not found' }])
  })
})

describe('an export', () => {
  const csv = async (path: string) => {
    const answer = await polar.api(path, accessToken)
    return { answer, lines: (await answer.text()).split('\r\n') }
  }

  it('of orders has all filtered orders, newest first', async () => {
    const { answer, lines } = await csv('/v1/orders/export?status=refunded')
    expect(answer.headers.get('Content-Type')).toContain('text/csv')
    expect(answer.headers.get('Content-Disposition')).toContain('polar-orders.csv')
    expect(lines[0]).toBe('Email,Created At,Product,Net Amount,Currency,Status,Invoice number')
    const { result } = await sdk.orders.list({ limit: 100 })
    const refunded = (await send('GET', '/v1/orders/?status=refunded'))[1] as {
      pagination: { total_count: number }
    }
    expect(result.items.length).toBeGreaterThan(0)
    expect(lines).toHaveLength(refunded.pagination.total_count + 2)
  })

  it('has the requested columns, amounts and time zone', async () => {
    await polar.control('POST', '/orders', { email: 'last@example.com' })
    const query = 'columns=email&columns=total_amount&columns=created_at&timezone=Asia/Kolkata'
    const { lines } = await csv(`/v1/orders/export?${query}`)
    expect(lines[0]).toBe('Email,Total,Created At')
    expect(lines[1]).toMatch(/^last@example\.com,\d+\.\d+,\d{4}-\d\d-\d\dT[\d:.]+\+05:30$/)
    const refused = await send('GET', '/v1/orders/export?columns=secret')
    expect(refused).toMatchObject([422, { detail: [{ loc: ['query', 'columns', 0] }] }])
  })

  it('of subscriptions is not mistaken for an ID', async () => {
    const { lines } = await csv('/v1/subscriptions/export?cancel_at_period_end=true')
    expect(lines[0]).toBe('Email,Started At,Product,Amount,Currency,Status,Billing Interval')
  })
})

describe('an invoice', () => {
  it('C125: exists after it was requested, if the order is complete', async () => {
    const { result } = await sdk.orders.list({ limit: 100 })
    const paid = result.items.find(
      ({ status, billingName, billingAddress, isInvoiceGenerated }) =>
        status === 'paid' && billingName && billingAddress && !isInvoiceGenerated,
    )
    const id = paid?.id ?? ''
    const path = `/v1/orders/${id}/invoice`
    expect(await send('GET', path)).toEqual([
      404,
      { error: 'InvoiceDoesNotExist', detail: `No invoice exists for order ${id}.` },
    ])
    expect((await send('POST', path, {}))[0]).toBe(202)
    const { url } = await sdk.orders.invoice({ id })
    expect(await (await fetch(url)).text()).toContain(paid?.invoiceNumber)
    const pending = result.items.find(({ status }) => status === 'pending')
    expect(await send('POST', `/v1/orders/${pending?.id}/invoice`, {})).toMatchObject([
      409,
      { error: 'OrderNotEligibleForInvoice' },
    ])
    await send('PATCH', `/v1/orders/${id}`, { billing_name: null })
    expect(await send('POST', path, {})).toMatchObject([
      422,
      { error: 'MissingInvoiceBillingDetails' },
    ])
  })
})

describe('a refund', () => {
  it('is listed by order, customer and outcome, with the right scope', async () => {
    const { refunds } = typed(await polar.mint(ADA, ['refunds:read'], [ACME]))
    const whole = await refunds.list({ limit: 100 })
    const [first] = whole.items
    const { order_id = '', customer_id = '' } = first ?? {}
    const of = async (query: Parameters<typeof refunds.list>[0]) =>
      (await refunds.list(query)).items
    expect((await of({ order_id })).every((refund) => refund.order_id === order_id)).toBe(true)
    expect(await of({ customer_id, id: first?.id ?? '' })).toEqual([first])
    const failed = await of({ succeeded: false })
    expect(failed.length).toBeGreaterThan(0)
    expect(failed.every(({ status }) => status !== 'succeeded')).toBe(true)
    const amounts = (await of({ sorting: ['-amount'], limit: 100 })).map(({ amount }) => amount)
    expect(amounts).toEqual(amounts.toSorted((left, right) => right - left))
    const orders = await polar.mint(ADA, ['orders:read'], [ACME])
    expect((await polar.api('/v1/refunds/', orders)).status).toBe(403)
  })

  it('made by the control changes its order: first in part, then fully', async () => {
    const { result } = await sdk.orders.list({ limit: 100 })
    const order = result.items.find(({ status, netAmount }) => status === 'paid' && netAmount > 1)
    const id = order?.id ?? ''
    const refund = { order: id, reason: 'duplicate' }
    await polar.control('POST', '/refunds', { ...refund, amount: 1 })
    expect(await sdk.orders.get({ id })).toMatchObject({
      status: 'partially_refunded',
      refundedAmount: 1,
      refundableAmount: (order?.netAmount ?? 0) - 1,
    })
    await polar.control('POST', '/refunds', refund)
    expect(await sdk.orders.get({ id })).toMatchObject({
      status: 'refunded',
      refundedAmount: order?.netAmount,
      refundedTaxAmount: order?.taxAmount,
      refundableAmount: 0,
    })
    await expect(polar.control('POST', '/refunds', refund)).rejects.toThrow('No order')
    const { refunds } = typed(await polar.mint(ADA, ['refunds:read'], [ACME]))
    const { items } = await refunds.list({ order_id: id })
    expect(items.map(({ reason }) => reason)).toEqual(['duplicate', 'duplicate'])
  })
})

describe('a checkout link', () => {
  it('accepts changes of all members, and disappears after deletion', async () => {
    const token = await polar.mint(ADA, ['checkout_links:write'], [ACME])
    const { checkoutLinks } = typed(token)
    const [link] = (await checkoutLinks.list()).items
    const id = link?.id ?? ''
    const change = { label: 'Poster', require_billing_address: true, allow_discount_codes: false }
    expect(await checkoutLinks.update(id, change)).toMatchObject(change)
    expect(await checkoutLinks.get(id)).toMatchObject({ ...change, url: link?.url })
    expect((await polar.send('DELETE', `/v1/checkout-links/${id}`, token)).status).toBe(204)
    expect((await polar.api(`/v1/checkout-links/${id}`, token)).status).toBe(404)
  })
})

describe('a subscription', () => {
  it('starts without a payment only if the product is free', async () => {
    const free = await sdk.products.create({
      name: 'Newsletter',
      recurringInterval: 'month',
      prices: [{ amountType: 'fixed', priceAmount: 0 }],
    })
    const customer = await sdk.customers.create({ email: 'new@polar.sh', externalId: 'own 1' })
    const started = await sdk.subscriptions.create({
      productId: free.id,
      externalCustomerId: 'own 1',
    })
    expect(started).toMatchObject({ status: 'active', amount: 0, customerId: customer.id })
    const body = { product_id: await productId('Reader plan'), customer_id: customer.id }
    expect(await send('POST', '/v1/subscriptions/', body)).toMatchObject([
      422,
      { detail: [{ loc: ['body', 'product_id'] }] },
    ])
    const nobody = { product_id: free.id, customer_id: ACME }
    expect(await send('POST', '/v1/subscriptions/', nobody)).toMatchObject([
      422,
      { detail: [{ loc: ['body', 'customer_id'] }] },
    ])
  })
})

describe('benefits and discounts', () => {
  it('are created, changed and deleted, in products too', async () => {
    const made = await sdk.benefits.create({
      type: 'custom',
      description: 'Reading room',
      properties: { note: 'Second floor' },
    })
    const id = await productId('Reader plan')
    await sdk.products.updateBenefits({ id, productBenefitsUpdate: { benefits: [made.id] } })
    const requestBody = { type: 'custom', description: 'Quiet room' } as const
    await sdk.benefits.update({ id: made.id, requestBody })
    const [held] = (await sdk.products.get({ id })).benefits
    expect(held?.description).toBe('Quiet room')
    await sdk.benefits.delete({ id: made.id })
    expect((await sdk.products.get({ id })).benefits).toEqual([])
    const unknown = await send('POST', `/v1/products/${id}/benefits`, { benefits: [made.id] })
    expect(unknown).toMatchObject([422, { detail: [{ loc: ['body', 'benefits', 0] }] }])
  })

  it('support percentages, amounts and months, each with a unique code', async () => {
    const share = await sdk.discounts.create({
      type: 'percentage',
      name: 'Spring',
      code: 'SPRING',
      duration: 'once',
      basisPoints: 1500,
    })
    expect(share).toMatchObject({ type: 'percentage', basisPoints: 1500, redemptionsCount: 0 })
    const sum = await sdk.discounts.create({
      type: 'fixed',
      name: 'Five off',
      duration: 'repeating',
      durationInMonths: 3,
      amount: 500,
      currency: 'usd',
    })
    expect(sum).toMatchObject({ type: 'fixed', amount: 500, durationInMonths: 3 })
    const again = { type: 'percentage', name: 'Again', code: 'spring', duration: 'once' }
    expect(await send('POST', '/v1/discounts/', { ...again, basis_points: 1 })).toMatchObject([
      422,
      { detail: [{ loc: ['body', 'code'] }] },
    ])
    const discountUpdate = { name: 'Summer' }
    expect((await sdk.discounts.update({ id: share.id, discountUpdate })).name).toBe('Summer')
    await sdk.discounts.delete({ id: share.id })
    await expect(sdk.discounts.get({ id: share.id })).rejects.toMatchObject({ statusCode: 404 })
  })
})
