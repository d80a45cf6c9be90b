/** API versions by date, and the contract of each version. */
import { beforeEach, describe, expect, it } from 'vitest'
import { attachPolar } from './attach.ts'
import { ACME, type Polar } from './polar.ts'

const current = attachPolar()
let polar: Polar
beforeEach(async () => {
  polar = current()
  await on('2026-11-28')
})

const ADA = 'ada@example.com'
const NOT_FOUND = [404, { detail: 'Not Found' }]
const on = (day: string) => polar.control('POST', '/clock', { now: `${day}T00:00:00Z` })
const settings = (change: object) => polar.control('PATCH', '/settings', change)
const ask = (version?: string, path = '/v1/products/') =>
  polar.get(path, version === undefined ? {} : { 'Polar-Version': version })
const usedOn = async (day: string) => {
  await on(day)
  return (await ask()).headers.get('Polar-Version')
}

interface Contract {
  readonly info: { readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, ContractOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, ContractSchema>> }
}
interface ContractOperation {
  readonly parameters: readonly { readonly name: string; readonly in: string }[]
}
interface ContractSchema {
  readonly properties: Readonly<Record<string, unknown>>
  readonly required: readonly string[]
}
const contractOf = async (version = '2026-10') =>
  (await (await polar.get(`/${version}/openapi.json`)).json()) as Contract

describe('a version', () => {
  it('C4: is in every answer: the default, or the requested one', async () => {
    expect(await usedOn('2026-11-28')).toBe('2026-10')
    expect((await ask('2026-04')).headers.get('Polar-Version')).toBe('2026-04')
    expect((await ask('2027-01')).headers.get('Polar-Version')).toBe('2027-01')
  })

  it.each(['/v1/products/', '/v1/oauth2/token', '/.well-known/jwks.json', '/nowhere'])(
    'C5: that is unknown gets 404 on %s, without a version header',
    async (path) => {
      const unknown = await ask('1999-01', path)
      expect([unknown.status, await unknown.json()]).toEqual(NOT_FOUND)
      expect(unknown.headers.get('Polar-Version')).toBeNull()
      expect(unknown.headers.get('Cache-Control')).toBeNull()
    },
  )

  it.each([
    ['2026-09-30', '2026-04', ['2026-04', '2026-10']],
    ['2026-10-01', '2026-10', ['2026-04', '2026-10', '2027-01']],
    ['2026-12-31', '2026-10', ['2026-04', '2026-10', '2027-01']],
    ['2027-01-01', '2027-01', ['2026-10', '2027-01', '2027-04']],
    ['2027-04-01', '2027-04', ['2027-01', '2027-04']],
  ])('C90: of %s is %s by default, and any of %j', async (day, used, accepted) => {
    expect(await usedOn(day)).toBe(used)
    const all = ['2026-04', '2026-10', '2027-01', '2027-04']
    const answers = await Promise.all(all.map(async (version) => [version, await ask(version)]))
    const known = answers.filter(([, answer]) => (answer as Response).status !== 404)
    expect(known.map(([version]) => version)).toEqual(accepted)
  })

  it('C91: that is frozen has the same members as every other one', async () => {
    const token = await polar.mint(ADA, ['orders:read', 'products:read', 'subscriptions:read'])
    const bodyOf = async (path: string, version: string) =>
      (await polar.get(path, { Authorization: `Bearer ${token}`, 'Polar-Version': version })).json()
    for (const path of ['/v1/orders/', '/v1/products/', '/v1/subscriptions/']) {
      expect(await bodyOf(path, '2026-04')).toEqual(await bodyOf(path, '2026-10'))
    }
  })

  it('can be removed early', async () => {
    await settings({ versions: ['2027-01'] })
    expect([(await ask('2026-10')).status, (await ask()).headers.get('Polar-Version')]).toEqual([
      404,
      '2027-01',
    ])
    await settings({ versions: null })
    expect((await ask('2026-10')).status).toBe(401)
  })
})

describe('the contract', () => {
  it('exists for each accepted version, without a token', async () => {
    for (const version of ['2026-04', '2026-10', '2027-01']) {
      expect((await contractOf(version)).info.version).toBe(version)
    }
    const gone = await polar.get('/2025-01/openapi.json')
    expect([gone.status, await gone.json()]).toEqual(NOT_FOUND)
  })

  it('lists the real paths, parameters and members', async () => {
    const { paths, components } = await contractOf()
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/v1/orders/',
        '/v1/orders/{id}',
        '/v1/orders/{id}/invoice',
        '/v1/metrics/',
        '/v1/customers/external/{external_id}',
      ]),
    )
    expect(Object.keys(paths['/v1/products/{id}'] ?? {}).toSorted()).toEqual(
      expect.arrayContaining(['get', 'patch']),
    )
    const names = paths['/v1/orders/']?.['get']?.parameters.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['status', 'created_after', 'page', 'sorting']))
    for (const name of ['Order', 'OrderCustomer', 'Product', 'MetricsResponse', 'Checkout']) {
      expect(components.schemas[name], name).toBeDefined()
    }
  })

  it('C126: agrees with the answers, except for deprecated members that are still sent', async () => {
    const { components } = await contractOf()
    const ofOneProduct = ['product_id', 'product', 'product_price_id', 'product_price']
    const deprecated: Readonly<Record<string, readonly string[]>> = {
      Organization: [
        'bio',
        'company',
        'blog',
        'location',
        'twitter_username',
        'pledge_minimum_amount',
        'pledge_badge_show_amount',
        'default_upfront_split_to_contributors',
        'notification_settings',
      ],
      Order: [
        'product_price_id',
        'product_price',
        'user_id',
        'user',
        'amount',
        'from_balance_amount',
      ],
      Subscription: ['price_id', 'price', 'user_id', 'user'],
      CheckoutLink: ofOneProduct,
      Benefit: ['is_tax_applicable'],
    }
    const lists = {
      organizations: 'Organization',
      products: 'Product',
      orders: 'Order',
      customers: 'Customer',
      subscriptions: 'Subscription',
      'checkout-links': 'CheckoutLink',
      benefits: 'Benefit',
      discounts: 'Discount',
    }
    const scopes = Object.keys(lists).map((name) => `${name.replace('-', '_')}:read`)
    const token = await polar.mint(ADA, scopes)
    for (const [path, component] of Object.entries(lists)) {
      const answer = await polar.json(await polar.api(`/v1/${path}/?limit=100`, token))
      const { properties = {}, required = [] } = components.schemas[component] ?? {}
      for (const item of answer['items'] as object[]) {
        expect(Object.keys(item), component).toEqual(expect.arrayContaining([...required]))
        const extra = Object.keys(item).filter((member) => !(member in properties))
        expect(new Set(extra), component).toEqual(new Set(deprecated[component]))
      }
    }
  })

  it('lists exactly the query parameters that have an effect', async () => {
    const { paths } = await contractOf()
    const token = await polar.mint(ADA, ['orders:read'])
    const query = paths['/v1/orders/']?.['get']?.parameters ?? []
    const judged = new Set(['customer_id', 'created_after', 'page', 'limit', 'sorting', 'status'])
    for (const { name } of query.filter((parameter) => judged.has(parameter.name))) {
      expect((await polar.api(`/v1/orders/?${name}=~`, token)).status, name).toBe(422)
    }
    expect((await polar.api('/v1/orders/?moon=full', token)).status).toBe(200)
  })
})

describe('drift', () => {
  it('removes a member from answers and contract', async () => {
    await settings({ removed_members: ['Order.due_amount', 'OrderCustomer.email'] })
    const token = await polar.mint(ADA, ['orders:read'], [ACME])
    const { items } = await polar.json(await polar.api('/v1/orders/?limit=1', token))
    const [order] = items as (Record<string, unknown> & { customer: object })[]
    expect(order).not.toHaveProperty('due_amount')
    expect(order?.customer).not.toHaveProperty('email')
    expect(order?.customer).toHaveProperty('name')
    const { schemas } = (await contractOf()).components
    expect(schemas['Order']?.properties).not.toHaveProperty('due_amount')
    expect(schemas['Order']?.required).not.toContain('due_amount')
    expect(schemas['OrderCustomer']?.properties).not.toHaveProperty('email')
    await settings({ removed_members: [] })
    expect((await contractOf()).components.schemas['Order']?.properties).toHaveProperty(
      'due_amount',
    )
  })

  it('removes a scope from discovery, and refuses it as unknown', async () => {
    await settings({ removed_scopes: ['orders:read'] })
    const discovery = await polar.json(await polar.get('/.well-known/openid-configuration'))
    expect(discovery['scopes_supported']).not.toContain('orders:read')
    const refused = await polar.authorize({ scope: 'openid orders:read' })
    expect(refused.headers.get('Location')).toContain('error=invalid_scope')
  })
})
