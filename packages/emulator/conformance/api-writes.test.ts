/** Changes through the API, with the validating SDK and with plain requests. */
import { Polar as ValidatingPolar } from 'polar-sdk-validating'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ACME, ADA, NORD, startPolar, type Polar } from './polar.ts'

let polar: Polar
beforeEach(async () => {
  polar = await startPolar()
})
afterEach(() => polar.close())

async function connect(scopes: string[], organization = ACME) {
  const accessToken = await polar.mint(ADA, scopes, [organization])
  return { accessToken, sdk: new ValidatingPolar({ accessToken, serverURL: polar.url }) }
}

describe('products', () => {
  it('are created, renamed and archived', async () => {
    const { sdk } = await connect(['products:write'])
    const made = await sdk.products.create({
      name: 'Loom kit',
      prices: [{ amountType: 'fixed', priceAmount: 4200 }],
    })
    expect(made.prices[0]).toMatchObject({ priceAmount: 4200, priceCurrency: 'usd' })
    const productUpdate = { name: 'Loom kit, large', isArchived: true }
    const changed = await sdk.products.update({ id: made.id, productUpdate })
    expect(changed).toMatchObject(productUpdate)
    expect(changed.modifiedAt).toBeInstanceOf(Date)
    const { result } = await sdk.products.list({ isArchived: false, query: 'loom kit' })
    expect(result.items).toEqual([])
  })

  it('are refused with an entry for each wrong member', async () => {
    const { accessToken } = await connect(['products:write'])
    const answer = await polar.send('POST', '/v1/products/', accessToken, { name: 'Loom kit' })
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      {
        error: 'RequestValidationError',
        detail: [{ type: 'missing', loc: ['body', 'one_time', 'prices'] }],
      },
    ])
  })
})

describe('customers', () => {
  it('are created, changed, found by external ID, and deleted', async () => {
    const { sdk } = await connect(['customers:write'])
    const made = await sdk.customers.create({ email: 'new@polar.sh', externalId: 'own 1' })
    expect((await sdk.customers.getExternal({ externalId: 'own 1' })).id).toBe(made.id)
    const customerUpdate = { name: 'New Example' }
    expect(await sdk.customers.update({ id: made.id, customerUpdate })).toMatchObject({
      name: 'New Example',
      email: 'new@polar.sh',
    })
    await sdk.customers.delete({ id: made.id })
    await expect(sdk.customers.get({ id: made.id })).rejects.toMatchObject({ statusCode: 404 })
    const { result } = await sdk.customers.list({ email: 'new@polar.sh' })
    expect(result.items).toEqual([])
  })

  it('have a unique e-mail address', async () => {
    const { accessToken, sdk } = await connect(['customers:write'])
    await sdk.customers.create({ email: 'new@polar.sh' })
    const again = await polar.send('POST', '/v1/customers/', accessToken, {
      email: 'New@polar.sh',
    })
    expect([again.status, await again.json()]).toMatchObject([
      422,
      { error: 'PolarRequestValidationError', detail: [{ loc: ['body', 'email'] }] },
    ])
  })

  it('of another organization can neither be read nor changed', async () => {
    const nord = await connect(['customers:read'], NORD)
    const { result } = await nord.sdk.customers.list({})
    const id = result.items[0]?.id ?? ''
    expect(id).not.toBe('')
    const { accessToken } = await connect(['customers:write'])
    for (const method of ['GET', 'DELETE']) {
      expect((await polar.send(method, `/v1/customers/${id}`, accessToken)).status).toBe(404)
    }
    const patched = await polar.send('PATCH', `/v1/customers/${id}`, accessToken, { name: 'Mine' })
    expect(await patched.json()).toEqual({ error: 'ResourceNotFound', detail: 'Not found' })
  })
})

describe('subscriptions', () => {
  it('are cancelled at the end of the period, continued, and ended', async () => {
    const { accessToken, sdk } = await connect(['subscriptions:write'])
    const { result } = await sdk.subscriptions.list({ status: 'active', cancelAtPeriodEnd: false })
    const id = result.items[0]?.id ?? ''
    const patch = async (body: unknown) => {
      const answer = await polar.send('PATCH', `/v1/subscriptions/${id}`, accessToken, body)
      return [answer.status, await answer.json()]
    }
    const cancel = { cancel_at_period_end: true, customer_cancellation_reason: 'unused' }
    expect(await patch(cancel)).toMatchObject([
      200,
      { status: 'active', cancel_at_period_end: true, customer_cancellation_reason: 'unused' },
    ])
    expect(await patch(cancel)).toMatchObject([403, { error: 'AlreadyCanceledSubscription' }])
    expect(await patch({ cancel_at_period_end: false })).toMatchObject([
      200,
      { canceled_at: null, ends_at: null },
    ])
    expect(await patch({ revoke: true, product_id: id })).toMatchObject([422, {}])
    expect(await patch({ revoke: true })).toMatchObject([200, { status: 'canceled' }])
    expect((await sdk.subscriptions.get({ id })).endedAt).toBeInstanceOf(Date)
    expect(await patch({ revoke: true })).toMatchObject([403, {}])
  })
})

describe('orders', () => {
  it('accept a billing name with the right scope', async () => {
    const { accessToken, sdk } = await connect(['orders:read', 'orders:write'])
    const { result } = await sdk.orders.list({ limit: 1 })
    const id = result.items[0]?.id ?? ''
    const body = { billing_name: 'Example Ltd' }
    const answer = await polar.send('PATCH', `/v1/orders/${id}`, accessToken, body)
    expect(answer.status).toBe(200)
    expect((await sdk.orders.get({ id })).billingName).toBe('Example Ltd')
  })

  it('are filtered by repeated keys and sorted by several', async () => {
    const { accessToken } = await connect(['orders:read'])
    const list = async (query: string) => {
      const answer = await polar.api(`/v1/orders/?limit=100&${query}`, accessToken)
      return (await answer.json()) as {
        items: { status: string; net_amount: number; created_at: string }[]
      }
    }
    const { items } = await list(
      'status=refunded&status=pending&sorting=status&sorting=-net_amount',
    )
    const keys = items.map(({ status, net_amount }) => [status, -net_amount] as const)
    expect(new Set(keys.map(([status]) => status))).toEqual(new Set(['pending', 'refunded']))
    // Polar's text search covers customers, but not orders.
    expect((await list('query=nothing')).items).not.toEqual([])
    const sorted = keys.toSorted(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x - y))
    expect(keys).toEqual(sorted)
    const newest = (await list('')).items.map(({ created_at }) => created_at)
    expect(newest).toEqual(newest.toSorted().toReversed())
    const middle = newest[50] ?? ''
    const later = await list(`created_after=${encodeURIComponent(middle)}`)
    expect(later.items).toHaveLength(51)
  })
})

describe('checkout links', () => {
  it('are created, changed and deleted, and listed from the oldest', async () => {
    const { sdk } = await connect(['products:read', 'checkout_links:write'])
    const products = await sdk.products.list({ isArchived: false })
    const made = await sdk.checkoutLinks.create({
      paymentProcessor: 'stripe',
      products: [products.result.items[0]?.id ?? ''],
      label: 'Poster',
    })
    expect(made.url).toBe(`${polar.url}/buy/${made.clientSecret}`)
    const checkoutLinkUpdate = { label: 'Flyer' }
    const changed = await sdk.checkoutLinks.update({ id: made.id, checkoutLinkUpdate })
    expect(changed.label).toBe('Flyer')
    const { result } = await sdk.checkoutLinks.list({ limit: 100 })
    expect(result.items.at(-1)?.id).toBe(made.id)
    await sdk.checkoutLinks.delete({ id: made.id })
    expect((await polar.get(`/buy/${made.clientSecret}`)).status).toBe(404)
  })
})

describe('the reset', () => {
  it('changes the data set, and without a body restores the start', async () => {
    const count = async () => {
      const { sdk } = await connect(['orders:read'])
      return (await sdk.orders.list({})).result.pagination.totalCount
    }
    const start = await count()
    await polar.control('POST', '/reset', { dataset: 'large' })
    expect(await count()).toBe(5000)
    await polar.control('POST', '/reset', { dataset: 'empty' })
    expect(await count()).toBe(0)
    await polar.control('POST', '/reset')
    expect(await count()).toBe(start)
    await expect(polar.control('POST', '/reset', { dataset: 'huge' })).rejects.toThrow('dataset')
  })
})
