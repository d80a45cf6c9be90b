/** A test purchase from the checkout link to the order, through the pages of the emulator. */
import { Polar as ValidatingPolar } from 'polar-sdk-validating'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ACME, ADA, startPolar, type Polar } from './polar.ts'

let polar: Polar
let sdk: ValidatingPolar
beforeEach(async () => {
  polar = await startPolar()
  const names = ['products', 'orders', 'customers', 'subscriptions', 'checkouts', 'checkout_links']
  const scopes = [...names.map((name) => `${name}:read`), 'checkouts:write']
  const accessToken = await polar.mint(ADA, scopes, [ACME])
  sdk = new ValidatingPolar({ accessToken, serverURL: polar.url })
})
afterEach(() => polar.close())

async function startCheckout(query: string, successUrl = 'https://app.example/thanks') {
  const { result } = await sdk.products.list({ query })
  const id = result.items[0]?.id ?? ''
  return sdk.checkouts.create({ products: [id], successUrl })
}
const pay = (address: string, email: string) => polar.post(new URL(address).pathname, { email })
const page = async (address: string) => {
  const response = await polar.get(new URL(address).pathname)
  return { status: response.status, text: await response.text() }
}

describe('a test checkout', () => {
  it('creates an order and a new customer', async () => {
    const checkout = await startCheckout(
      'Weaving workshop',
      'https://app.example/thanks?checkout_id={CHECKOUT_ID}',
    )
    const open = await page(checkout.url)
    expect(open.text).toContain('<h1>Test checkout</h1>')
    expect(open.text).toContain('$79.00')
    expect(open.text).toContain('Pay (test)')
    const paid = await pay(checkout.url, 'buyer@example.com')
    expect([paid.status, paid.headers.get('Location')]).toEqual([
      303,
      `https://app.example/thanks?checkout_id=${checkout.id}`,
    ])
    const { result } = await sdk.orders.list({ checkoutId: checkout.id })
    expect(result.items).toHaveLength(1)
    expect(result.items[0]).toMatchObject({
      status: 'paid',
      totalAmount: 7900,
      billingReason: 'purchase',
      customer: { email: 'buyer@example.com' },
    })
    expect((await sdk.checkouts.get({ id: checkout.id })).status).toBe('succeeded')
    expect((await sdk.orders.list({ limit: 1 })).result.items[0]?.checkoutId).toBe(checkout.id)
    expect((await page(checkout.url)).text).toContain('<h1>Payment received (test)</h1>')
  })

  it('can be paid only once, and finds an existing customer', async () => {
    const first = await startCheckout('Weaving workshop')
    await pay(first.url, 'buyer@example.com')
    await pay(first.url, 'buyer@example.com')
    const second = await startCheckout('Notes on Looms')
    await pay(second.url, 'Buyer@example.com')
    const customers = await sdk.customers.list({ query: 'buyer@example.com' })
    expect(customers.result.items).toHaveLength(1)
    const customerId = customers.result.items[0]?.id ?? ''
    expect((await sdk.orders.list({ customerId })).result.items).toHaveLength(2)
  })

  it('starts a subscription for a recurring product', async () => {
    const checkout = await startCheckout('Reader plan')
    await pay(checkout.url, 'reader@example.com')
    const [order] = (await sdk.orders.list({ checkoutId: checkout.id })).result.items
    expect(order?.billingReason).toBe('subscription_create')
    const subscription = await sdk.subscriptions.get({ id: order?.subscriptionId ?? '' })
    expect(subscription).toMatchObject({ status: 'active', checkoutId: checkout.id })
  })

  it('asks again if the e-mail address is not valid', async () => {
    const checkout = await startCheckout('Weaving workshop')
    const refused = await pay(checkout.url, '"><i>planted')
    const text = await refused.text()
    expect(refused.status).toBe(422)
    expect(text).toContain('Enter an email address.')
    expect(text).not.toContain('<i>planted')
    expect((await sdk.checkouts.get({ id: checkout.id })).status).toBe('open')
  })

  it('expires after a day of emulator time', async () => {
    const checkout = await startCheckout('Weaving workshop')
    await polar.advance(86_399 - 60)
    expect((await page(checkout.url)).status).toBe(200)
    await polar.advance(120)
    expect((await page(checkout.url)).status).toBe(410)
    expect((await pay(checkout.url, 'buyer@example.com')).status).toBe(410)
    expect((await sdk.checkouts.get({ id: checkout.id })).status).toBe('expired')
    expect((await sdk.orders.list({ checkoutId: checkout.id })).result.items).toEqual([])
  })

  it('ends on its own page if the shop has no return address', async () => {
    const { result } = await sdk.products.list({ query: 'Weaving workshop' })
    const checkout = await sdk.checkouts.create({ products: [result.items[0]?.id ?? ''] })
    const paid = await pay(checkout.url, 'buyer@example.com')
    const confirmation = await page(paid.headers.get('Location') ?? '')
    expect(confirmation.text).toContain('Payment received (test)')
  })

  it('never redirects to a script address', async () => {
    const { result } = await sdk.products.list({})
    const token = await polar.mint(ADA, ['checkouts:write'], [ACME])
    const answer = await polar.send('POST', '/v1/checkouts/', token, {
      products: [result.items[0]?.id],
      return_url: 'javascript:alert(1)',
    })
    expect(answer.status).toBe(422)
  })
})

describe('a checkout link', () => {
  it('starts a new checkout at each visit', async () => {
    const { result } = await sdk.checkoutLinks.list({})
    const link = result.items[0]
    const visit = async () => {
      const answer = await polar.get(new URL(link?.url ?? '').pathname)
      return answer.headers.get('Location') ?? ''
    }
    const [first, second] = [await visit(), await visit()]
    expect(first).not.toBe(second)
    expect((await page(first)).text).toContain(link?.products[0]?.name)
    expect((await sdk.checkouts.list({ status: 'open' })).result.items).toHaveLength(2)
  })
})
