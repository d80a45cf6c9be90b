/** The emulated parts of Polar's API, with one named test for each assertion. */
import { createPolar } from '@polar-sh/sdk/2026-10'
import { Polar as ValidatingPolar } from 'polar-sdk-validating'
import { beforeEach, describe, expect, it } from 'vitest'
import { attachPolar } from './attach.ts'
import { ACME, ADA, NORD, type Polar } from './polar.ts'

const current = attachPolar()
let polar: Polar
beforeEach(() => {
  polar = current()
})

const organization = { sub_type: 'organization' }
const connect = (scope: string) =>
  polar.connect({ ...organization, scope }, { organizations: ACME })

/** A set, because Polar sends them in no fixed order. */
function scopesIn({ headers }: Response): Set<string> {
  const [, scopes = ''] = /scope="([^"]*)"/.exec(headers.get('WWW-Authenticate') ?? '') ?? []
  return new Set(scopes.split(' '))
}

describe('the API', () => {
  it('C71: redirects to the path with the right slash', async () => {
    const { access_token: token } = await connect('products:read')
    const list = await polar.api('/v1/products?limit=3', token)
    expect([list.status, list.headers.get('Location')]).toEqual([
      307,
      `${polar.url}/v1/products/?limit=3`,
    ])
    const id = '8f3d2b5e-4b1c-4c58-9d3e-1f0a6c7b2d11'
    const item = await polar.api(`/v1/products/${id}/`, token)
    expect(item.headers.get('Location')).toBe(`${polar.url}/v1/products/${id}`)
  })

  it.each([
    'organizations',
    'products',
    'orders',
    'customers',
    'subscriptions',
    'checkouts',
    'checkout-links',
    'benefits',
    'discounts',
    'metrics',
  ])('C71: accepts %s only with the right slash, for every method', async (name) => {
    const token = await polar.mint(ADA, ['openid'])
    const created = await polar.send('POST', `/v1/${name}?kept=1`, token, {})
    expect([created.status, created.headers.get('Location')]).toEqual([
      307,
      `${polar.url}/v1/${name}/?kept=1`,
    ])
    const item = await polar.api(`/v1/${name}/some/`, token)
    // Metrics have no single objects, so they have no path without the slash.
    const location = name === 'metrics' ? null : `${polar.url}/v1/${name}/some`
    expect([item.status, item.headers.get('Location')]).toEqual([location ? 307 : 404, location])
    const wrong = await polar.send('PUT', `/v1/${name}/`, token, {})
    expect([wrong.status, await wrong.json()]).toEqual([405, { detail: 'Method Not Allowed' }])
    expect(wrong.headers.get('Allow')).toBe('GET')
  })

  it('C72: returns at most a hundred items per page', async () => {
    const { access_token: token } = await connect('products:read')
    const list = async (query: string) =>
      polar.json(await polar.api(`/v1/products/?${query}`, token))
    expect((await list('limit=500'))['pagination']).toEqual({ total_count: 8, max_page: 1 })
    expect((await list('limit=3'))['pagination']).toEqual({ total_count: 8, max_page: 3 })
    expect((await list('query=nothing'))['pagination']).toEqual({ total_count: 0, max_page: 0 })
    expect(await list('limit=0')).toMatchObject({
      error: 'RequestValidationError',
      detail: [
        { type: 'greater_than', loc: ['query', 'limit'], msg: 'Input should be greater than 0' },
      ],
    })
    expect((await list('page=9'))['items']).toEqual([])
    expect(await list('sorting=colour')).toMatchObject({ error: 'RequestValidationError' })
  })

  it('C73: names the scopes of which one is enough', async () => {
    const { access_token: token } = await connect('openid')
    const refused = await polar.api('/v1/products/', token)
    expect([refused.status, (await polar.json(refused))['error']]).toEqual([
      403,
      'insufficient_scope',
    ])
    expect(scopesIn(refused)).toEqual(new Set(['products:read', 'products:write']))
    const writer = await connect('products:write')
    expect((await polar.api('/v1/products/', writer.access_token)).status).toBe(200)
  })

  it.each(['orders', 'metrics'])('C73: opens %s only to the read scope', async (name) => {
    const writer = await polar.mint(ADA, [`${name}:write`])
    const answer = await polar.api(`/v1/${name}/`, writer)
    expect([answer.status, (await polar.json(answer))['error']]).toEqual([
      403,
      'insufficient_scope',
    ])
    expect(scopesIn(answer)).toEqual(new Set([`${name}:read`]))
  })

  it.each(['customers', 'subscriptions', 'benefits', 'discounts', 'checkouts', 'products'])(
    'C73: opens %s to the write scope too',
    async (name) => {
      const writer = await polar.mint(ADA, [`${name}:write`])
      expect((await polar.api(`/v1/${name}/`, writer)).status).toBe(200)
      const stranger = await polar.mint(ADA, ['openid'])
      const refused = await polar.api(`/v1/${name}/`, stranger)
      expect(scopesIn(refused)).toEqual(new Set([`${name}:read`, `${name}:write`]))
    },
  )

  it('C74: refuses a bad token on every path, and a missing token on protected paths', async () => {
    for (const path of ['/v1/products/', '/v1/nowhere', '/v1/oauth2/authorize']) {
      const bad = await polar.api(path, 'polar_at_u_unknown')
      expect([bad.status, (await polar.json(bad))['error']], path).toEqual([401, 'invalid_token'])
      expect(bad.headers.get('WWW-Authenticate')).toContain('error="invalid_token"')
    }
    const none = await polar.get('/v1/products/')
    expect([none.status, await none.json()]).toEqual([
      401,
      { error: 'Unauthorized', detail: 'Unauthorized' },
    ])
  })

  it.each([
    ['products', 'organization_id=acme', 'uuid_parsing'],
    ['products', 'is_archived=maybe', 'bool_parsing'],
    ['products', 'visibility=hidden', 'enum'],
    ['orders', 'status=paid&status=unheard_of', 'enum'],
    ['orders', 'product_billing_type=weekly', 'enum'],
    ['orders', 'created_after=yesterday', 'datetime_from_date_parsing'],
    ['customers', 'active=2', 'bool_parsing'],
    ['subscriptions', 'started_before=2026-13-01', 'datetime_from_date_parsing'],
    ['subscriptions', 'customer_cancellation_reason=bored', 'enum'],
    ['checkouts', 'status=done', 'enum'],
    ['checkout-links', 'product_id=1', 'uuid_parsing'],
    ['benefits', 'exclude_id=1', 'uuid_parsing'],
    ['metrics', 'billing_type=weekly', 'enum'],
  ])('refuses %s if a filter has another type: %s', async (name, query, type) => {
    const scope = `${name.replace('-', '_')}:read`
    const token = await polar.mint(ADA, [scope])
    const rest = name === 'metrics' ? '&start_date=2026-01-01&end_date=2026-01-02&interval=day' : ''
    const answer = await polar.api(`/v1/${name}/?${query}${rest}`, token)
    const body = await polar.json(answer)
    const entries = body['detail'] as { type: string; loc: string[] }[]
    expect([answer.status, body['error']]).toEqual([422, 'RequestValidationError'])
    expect(entries.at(-1)).toMatchObject({ type })
    for (const { loc } of entries) expect(loc.slice(0, 2)).toEqual(['query', query.split('=')[0]])
  })

  it('reads flags and times in all of their forms', async () => {
    const token = await polar.mint(ADA, ['products:read', 'orders:read'])
    const count = async (path: string) => {
      const { pagination } = await polar.json(await polar.api(path, token))
      return (pagination as { total_count: number }).total_count
    }
    const archived = await count('/v1/products/?is_archived=true')
    expect(await count('/v1/products/?is_archived=1')).toBe(archived)
    expect(archived + (await count('/v1/products/?is_archived=No'))).toBe(
      await count('/v1/products/'),
    )
    const after = await count('/v1/orders/?created_after=2020-01-01')
    expect(after).toBeGreaterThan(0)
    expect(await count('/v1/orders/?created_after=1577836800')).toBe(after)
    expect(await count('/v1/orders/?created_before=2020-01-01T00:00%2B02:00')).toBe(0)
  })

  it('C75: hides objects of other organizations', async () => {
    const nord = await polar.connect(
      { ...organization, scope: 'products:read' },
      { organizations: NORD },
    )
    const { items } = (await polar.json(
      await polar.api('/v1/products/', nord.access_token),
    )) as unknown as { items: { id: string }[] }
    const { access_token: token } = await connect('products:read organizations:read')
    const foreign = await polar.api(`/v1/products/${items[0]?.id}`, token)
    expect([foreign.status, await foreign.json()]).toEqual([
      404,
      { error: 'ResourceNotFound', detail: 'Not found' },
    ])
    const filtered = await polar.json(
      await polar.api(`/v1/products/?organization_id=${NORD}`, token),
    )
    expect(filtered['items']).toEqual([])
    const own = await polar.json(await polar.api('/v1/organizations/', token))
    expect(own['pagination']).toEqual({ total_count: 1, max_page: 1 })
  })

  it('C76: needs the length of a body, and checks it before the token', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{}'))
        controller.close()
      },
    })
    const response = await fetch(`${polar.url}/v1/checkouts/`, {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { Authorization: 'Bearer polar_at_u_unknown' },
    })
    expect([response.status, (await polar.json(response))['error']]).toEqual([
      411,
      'LengthRequired',
    ])
  })

  it('C78: creates a checkout that lasts a day', async () => {
    const { access_token: accessToken } = await connect('products:read checkouts:write')
    const sdk = createPolar({ accessToken, baseUrl: polar.url })
    const { items } = await sdk.products.list({ is_archived: false })
    const checkout = await sdk.checkouts.create({ products: [items[0]?.id ?? ''] })
    expect(checkout.client_secret).toMatch(/^polar_c_/)
    expect(checkout.url).toBe(`${polar.url}/checkout/${checkout.client_secret}`)
    const lifetime = Date.parse(checkout.expires_at) - Date.parse(checkout.created_at)
    expect(lifetime).toBe(86_400_000)
    const unknown = sdk.checkouts.create({ products: ['8f3d2b5e-4b1c-4c58-9d3e-1f0a6c7b2d11'] })
    await expect(unknown).rejects.toMatchObject({ statusCode: 422 })
  })

  it('C79: uses the organization of a token that is limited to one', async () => {
    const price = { amount_type: 'fixed', price_amount: 900, price_currency: 'eur' }
    const plan = { name: 'New plan', prices: [price] }
    const limited = await polar.mint(ADA, ['products:write'], [NORD])
    const created = await polar.send('POST', '/v1/products/', limited, plan)
    expect([created.status, (await polar.json(created))['organization_id']]).toEqual([201, NORD])
    const free = await polar.mint(ADA, ['products:write'])
    const refused = await polar.send('POST', '/v1/products/', free, plan)
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      {
        error: 'PolarRequestValidationError',
        detail: [
          {
            type: 'missing',
            loc: ['body', 'organization_id'],
            msg: 'organization_id is required.',
          },
        ],
      },
    ])
    const elsewhere = await polar.send('POST', '/v1/products/', limited, {
      ...plan,
      organization_id: ACME,
    })
    expect(await polar.json(elsewhere)).toMatchObject({
      detail: [{ loc: ['body', 'organization_id'], msg: 'Organization not found.' }],
    })
  })

  it('C80: answers preflights of any origin, and exposes only the version', async () => {
    const preflight = await fetch(`${polar.url}/v1/products/`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://elsewhere.example',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'authorization, polar-version',
      },
    })
    expect(preflight.status).toBe(200)
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe('*')
    const exposed = async (headers: Record<string, string>) =>
      (await polar.get('/v1/products/', headers)).headers.get('Access-Control-Expose-Headers')
    expect(await exposed({ Origin: 'https://elsewhere.example' })).toBe('Polar-Version')
    expect(await exposed({})).toBeNull()
  })

  it('sends answers that the validating SDK accepts', async () => {
    const scope = 'organizations:read products:read checkouts:write'
    const { access_token: accessToken } = await connect(scope)
    const sdk = new ValidatingPolar({ accessToken, serverURL: polar.url })
    const organizations = await sdk.organizations.listOrganizations({})
    expect(organizations.result.items.map(({ slug }) => slug)).toEqual(['acme-books'])
    const products = await sdk.products.list({ limit: 100 })
    expect(products.result.items).toHaveLength(8)
    const sold = products.result.items.find(({ isArchived }) => !isArchived)
    const checkout = await sdk.checkouts.create({ products: [sold?.id ?? ''] })
    expect(checkout.status).toBe('open')
    expect((await sdk.checkouts.get({ id: checkout.id })).id).toBe(checkout.id)
  })
})
