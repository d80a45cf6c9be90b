/** Rules of the API: refused bodies, hidden objects, and money. */
import { createHash } from 'node:crypto'
import { createPolar } from '@polar-sh/sdk/2026-10'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACME, ADA, NORD, startPolar, type Polar } from './polar.ts'

let polar: Polar
beforeAll(async () => {
  polar = await startPolar()
})
afterAll(() => polar.close())

const writing = (...names: string[]) =>
  polar.mint(
    ADA,
    names.map((name) => `${name}:write`),
    [ACME],
  )
const send = async (method: string, path: string, token: string, body?: unknown) => {
  const answer = await polar.send(method, path, token, body)
  const text = await answer.text()
  return [answer.status, text === '' ? null : (JSON.parse(text) as unknown)] as const
}
const get = async (path: string, token: string) => {
  const answer = await polar.api(path, token)
  return [answer.status, await polar.json(answer)] as const
}
const typed = async (...scopes: string[]) =>
  createPolar({ accessToken: await polar.mint(ADA, scopes, [ACME]), baseUrl: polar.url })

describe('a product', () => {
  const plan = (price_currency?: string) => ({
    name: 'New plan',
    prices: [{ amount_type: 'fixed', price_amount: 900, price_currency }],
  })

  it('C89: can be deleted only if it was never sold', async () => {
    const token = await writing('products')
    const [, made] = (await send('POST', '/v1/products/', token, plan())) as [
      number,
      { id: string },
    ]
    expect(made).toMatchObject({ is_deletable: true })
    expect(await send('DELETE', `/v1/products/${made.id}`, token)).toEqual([204, null])
    expect((await get(`/v1/products/${made.id}`, token))[0]).toBe(404)
    const { products } = await typed('products:read')
    const [sold] = (await products.list({ query: 'Reader plan' })).items
    expect(sold?.is_deletable).toBe(false)
    expect(await send('DELETE', `/v1/products/${sold?.id}`, token)).toMatchObject([
      409,
      { error: 'ProductNotDeletable' },
    ])
  })

  it('C122: needs a price in the currency of its organization', async () => {
    const nord = await polar.mint(ADA, ['products:write'], [NORD])
    // A price without a currency is in US dollars, but Nord Studio sells in euros.
    for (const price_currency of [undefined, 'usd']) {
      expect(await send('POST', '/v1/products/', nord, plan(price_currency))).toMatchObject([
        422,
        {
          error: 'PolarRequestValidationError',
          detail: [
            {
              type: 'value_error',
              loc: ['body', 'prices'],
              msg: "The organization's default presentment currency must be present in the prices.",
              input: [{ price_amount: 900, price_currency: 'usd' }],
            },
          ],
        },
      ])
    }
    expect(await send('POST', '/v1/products/', nord, plan('eur'))).toMatchObject([
      201,
      { prices: [{ price_currency: 'eur', price_amount: 900 }] },
    ])
  })
})

describe('a refused request', () => {
  it('C115: has two entries for a filter that takes one value or several', async () => {
    const [status, body] = await get(
      '/v1/products/?organization_id=acme',
      await writing('products'),
    )
    const loc = ['query', 'organization_id']
    expect([status, body]).toEqual([
      422,
      {
        error: 'RequestValidationError',
        detail: [
          {
            type: 'uuid_type',
            loc: [...loc, 'uuid'],
            msg: 'UUID input should be a string, bytes or UUID object',
            input: ['acme'],
          },
          {
            type: 'uuid_parsing',
            loc: [...loc, expect.stringContaining('list[uuid]'), 0],
            msg: expect.stringContaining('invalid character'),
            input: 'acme',
            ctx: { error: expect.stringContaining('invalid character') },
          },
        ],
      },
    ])
  })

  it('C116: names the variant of the body', async () => {
    const [, product] = await send('POST', '/v1/products/', await writing('products'), {})
    expect(product).toMatchObject({
      detail: [
        { type: 'missing', loc: ['body', 'one_time', 'name'], input: {} },
        { type: 'missing', loc: ['body', 'one_time', 'prices'], input: {} },
      ],
    })
    const recurring = { recurring_interval: 'month', name: 'Plan', prices: [{ amount_type: 'x' }] }
    const [, plan] = await send('POST', '/v1/products/', await writing('products'), recurring)
    expect(plan).toMatchObject({
      detail: [
        {
          type: 'union_tag_invalid',
          loc: ['body', 'recurring', 'prices', 0],
          input: { amount_type: 'x' },
        },
      ],
    })
  })

  it.each([
    ['checkouts', ['products', 'product_id', 'product_price_id']],
    ['checkout_links', ['product_price_id', 'product_id', 'products']],
  ])('C116: lists each variant of %s', async (name, members) => {
    const path = `/v1/${name.replace('_', '-')}/`
    const [status, body] = await send('POST', path, await writing(name), {})
    const { detail } = body as { detail: { type: string; loc: string[] }[] }
    const missing = detail.filter(({ loc }) => loc.at(-1) !== 'payment_processor')
    expect([status, missing.map(({ loc }) => loc.at(-1))]).toEqual([422, members])
    expect(new Set(missing.map(({ loc }) => loc[1])).size).toBe(3)
    expect(detail.every(({ type }) => type === 'missing')).toBe(true)
  })

  it('C117: distinguishes a body that is not JSON from a missing body', async () => {
    const token = await writing('products')
    const raw = async (body: string) => {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
      const answer = await fetch(`${polar.url}/v1/products/`, { method: 'POST', headers, body })
      return [answer.status, await polar.json(answer)] as const
    }
    expect(await raw('{"name": ')).toMatchObject([
      422,
      { detail: [{ type: 'json_invalid', loc: ['body', 9], input: {} }] },
    ])
    expect(await raw('')).toMatchObject([
      422,
      { detail: [{ type: 'missing', loc: ['body'], input: null }] },
    ])
  })

  it('C123: covers e-mail addresses whose domain accepts no e-mail', async () => {
    const { products } = await typed('products:read')
    const [product] = (await products.list({ query: 'Notes on' })).items
    const checkout = (customer_email: string) => ({ products: [product?.id], customer_email })
    const token = await writing('checkouts', 'customers')
    for (const domain of ['example.com', 'shop.example', 'mail.test']) {
      const [status, body] = await send('POST', '/v1/checkouts/', token, checkout(`a@${domain}`))
      const { detail } = body as { detail: { type: string; msg: string; loc: string[] }[] }
      const refused = detail.filter(({ loc }) => loc.at(-1) === 'customer_email')
      // One entry for each variant of the body.
      expect([status, refused.length]).toEqual([422, 3])
      expect(refused[0]?.msg).toContain(`a@${domain} is not a valid email address: `)
      const customer = { email: `a@${domain}` }
      expect((await send('POST', '/v1/customers/', token, customer))[0]).toBe(422)
    }
    expect((await send('POST', '/v1/checkouts/', token, checkout('a@polar.sh')))[0]).toBe(201)
  })
})

describe('a list', () => {
  it('C120: of subscriptions hides those that never started', async () => {
    const token = await polar.mint(ADA, ['subscriptions:read'], [ACME])
    for (const status of ['incomplete', 'incomplete_expired']) {
      expect(await get(`/v1/subscriptions/?status=${status}`, token)).toMatchObject([
        200,
        { items: [] },
      ])
    }
    const [, all] = await get('/v1/subscriptions/?limit=100', token)
    const items = all['items'] as { started_at: string | null }[]
    expect(items.length).toBeGreaterThan(10)
    expect(items.every(({ started_at }) => started_at !== null)).toBe(true)
  })

  it('C121: puts null last, and first in descending order', async () => {
    const token = await writing('discounts')
    const ends_at = '2027-01-01T00:00:00Z'
    const made = { type: 'percentage', name: 'Ends', duration: 'once', basis_points: 500, ends_at }
    expect((await send('POST', '/v1/discounts/', token, made))[0]).toBe(201)
    const order = async (sorting: string) => {
      const [, { items }] = await get(`/v1/discounts/?limit=100&sorting=${sorting}`, token)
      return (items as { ends_at: string | null }[]).map((discount) => discount.ends_at)
    }
    expect((await order('ends_at'))[0]).not.toBeNull()
    expect((await order('ends_at')).at(-1)).toBeNull()
    expect((await order('-ends_at'))[0]).toBeNull()
    expect((await order('-ends_at')).at(-1)).not.toBeNull()
  })

  it('C127: ignores an unknown parameter', async () => {
    const token = await writing('products')
    const [status, known] = await get('/v1/products/?limit=1', token)
    expect(await get('/v1/products/?limit=1&moon=full', token)).toEqual([status, known])
    const organizations = await polar.mint(ADA, ['organizations:read'])
    const [, filtered] = await get(`/v1/organizations/?organization_id=${ACME}`, organizations)
    expect(filtered['items']).toHaveLength(3)
  })
})

describe('metrics', () => {
  const ask = async (query: string) =>
    get(`/v1/metrics/?${query}`, await polar.mint(ADA, ['metrics:read'], [ACME]))
  const refused = (loc: string[], msg: unknown) => [
    422,
    { error: 'PolarRequestValidationError', detail: [{ loc, msg }] },
  ]

  it('C118: refuse an unknown metric, a range that is too long, and a range that ends before its start', async () => {
    const week = 'start_date=2026-11-01&end_date=2026-11-07&interval=day'
    expect(await ask(`${week}&metrics=happiness`)).toMatchObject(
      refused(['query', 'metrics'], 'Invalid metric slugs: happiness'),
    )
    for (const range of [
      'start_date=2026-01-01&end_date=2026-11-07&interval=hour',
      'start_date=2026-11-07&end_date=2026-11-01&interval=day',
    ]) {
      const msg = expect.stringContaining('The interval is too small') as unknown
      expect(await ask(range)).toMatchObject(refused(['query'], msg))
    }
  })

  it('C119: have 55 entries, and limits of which only the maximum is enforced', async () => {
    const [, all] = await ask('start_date=2022-12-31&end_date=2023-01-29&interval=month')
    expect(Object.keys(all['metrics'] as object)).toHaveLength(55)
    const [, limits] = await get(
      '/v1/metrics/limits',
      await polar.mint(ADA, ['metrics:read'], [ACME]),
    )
    expect(limits).toEqual({
      min_date: '2023-01-01',
      intervals: {
        hour: { min_days: 0, max_days: 7 },
        day: { min_days: 0, max_days: 366 },
        week: { min_days: 14, max_days: 371 },
        month: { min_days: 60, max_days: 1460 },
        year: { min_days: 366, max_days: 3650 },
      },
    })
  })
})

describe('a customer', () => {
  it('C124: has a billing name and an avatar, in orders and subscriptions too', async () => {
    const { customers, orders, subscriptions } = await typed(
      'customers:read',
      'orders:read',
      'subscriptions:read',
    )
    const expectFilled = (customer: {
      readonly name: string | null
      readonly email?: string | null
      readonly billing_name: string | null
      readonly avatar_url: string | null
    }) => {
      expect(customer.billing_name).toBe(customer.name)
      const digest = createHash('sha256').update(customer.email ?? '')
      const picture = `https://www.gravatar.com/avatar/${digest.digest('hex')}?d=404`
      expect(customer.avatar_url).toBe(customer.email ? picture : null)
    }
    const { items } = await customers.list({ limit: 100 })
    expect(items.some(({ email }) => !email)).toBe(true)
    expect(items.some(({ name }) => name === null)).toBe(true)
    for (const customer of items) expectFilled(customer)
    for (const { customer } of (await orders.list({ limit: 20 })).items) expectFilled(customer)
    for (const { customer } of (await subscriptions.list()).items) expectFilled(customer)
  })
})
