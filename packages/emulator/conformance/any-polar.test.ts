/**
 * Assertions that hold at any Polar, without the emulator's controls. By default they run against an
 * emulator. `conformance/README.md` says how to run them against the sandbox with your own token.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADA, createPolarClient, startPolar, type Polar } from './polar.ts'

const { POLAR_CONFORMANCE_URL: url, POLAR_CONFORMANCE_TOKEN: ownToken } = process.env
const UNKNOWN = '8f3d2b5e-4b1c-4c58-9d3e-1f0a6c7b2d11'
const SCOPES = ['organizations:read', 'products:read', 'orders:read', 'subscriptions:read']

let polar: Polar
let token: string
/** Clients that a test registered. They are deleted even if the test fails. */
const registered: { readonly path: string; readonly token: Record<string, string> }[] = []

beforeAll(async () => {
  polar =
    url === undefined
      ? await startPolar({ commitDelayMs: [0, 10] })
      : createPolarClient(url, async () => undefined)
  token = ownToken ?? (url === undefined ? await polar.mint(ADA, [...SCOPES, 'metrics:read']) : '')
})
afterAll(async () => {
  for (const client of registered) {
    await fetch(polar.url + client.path, { method: 'DELETE', headers: client.token })
  }
  await polar.close()
})

const get = async (path: string, bearer = token) => {
  const answer = await polar.api(path, bearer)
  return [answer.status, await polar.json(answer)] as const
}
const error = (name: string) => expect.objectContaining({ error: name }) as unknown

describe('without a token, any Polar', () => {
  it('C1, C2, C81: names the issuer and the address of its own discovery', async () => {
    const documents = ['openid-configuration', 'oauth-authorization-server'].map(async (name) =>
      polar.json(await polar.get(`/.well-known/${name}`)),
    )
    const [discovery, alias] = await Promise.all(documents)
    expect(discovery).toMatchObject({
      issuer: polar.url,
      token_endpoint: `${polar.url}/v1/oauth2/token`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
      authorization_response_iss_parameter_supported: true,
    })
    expect(Object.keys(alias ?? {}).toSorted()).toEqual(Object.keys(discovery ?? {}).toSorted())
  })

  it('C3: publishes RSA keys without their private parts', async () => {
    const { keys } = (await polar.json(await polar.get('/.well-known/jwks.json'))) as {
      keys: Record<string, string>[]
    }
    expect(keys.length).toBeGreaterThan(0)
    for (const key of keys) {
      expect(key).toMatchObject({ kty: 'RSA', e: 'AQAB' })
      expect(key).not.toHaveProperty('d')
    }
  })

  it('C5, C93: does not accept a version of 1999', async () => {
    for (const path of ['/v1/products/', '/.well-known/jwks.json']) {
      const answer = await polar.get(path, { 'Polar-Version': '1999-01' })
      expect([answer.status, await answer.json()]).toEqual([404, { detail: 'Not Found' }])
      expect(answer.headers.get('Polar-Version')).toBeNull()
    }
  })

  it('C74, C100: refuses a bad token on every path', async () => {
    for (const path of ['/v1/products/', '/v1/no/such/path', '/.well-known/jwks.json']) {
      expect(await get(path, 'polar_at_u_unknown')).toEqual([401, error('invalid_token')])
    }
    const anonymous = await polar.get('/v1/products/')
    expect([anonymous.status, await anonymous.json()]).toEqual([401, error('Unauthorized')])
    expect(anonymous.headers.get('WWW-Authenticate')).toBe('Bearer realm="polar"')
  })

  it('C80, C96: lets any page with an origin read its answers', async () => {
    const origin = { Origin: 'https://elsewhere.example' }
    const asked = await polar.get('/.well-known/openid-configuration', origin)
    expect(asked.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(asked.headers.get('Access-Control-Expose-Headers')).toBe('Polar-Version')
    const direct = await polar.get('/.well-known/openid-configuration')
    expect(direct.headers.get('Access-Control-Allow-Origin')).toBeNull()
  })

  it('C99: names the method that a path has', async () => {
    for (const path of ['/v1/oauth2/token', '/v1/oauth2/introspect', '/v1/oauth2/consent']) {
      const answer = await polar.get(path)
      expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'POST'])
    }
  })

  it('C38, C101: refuses a token request without a grant type', async () => {
    const answer = await polar.post('/v1/oauth2/token', { grant_type: 'none' })
    expect([answer.status, await answer.json()]).toEqual([400, error('unsupported_grant_type')])
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    expect(answer.headers.get('Pragma')).toBe('no-cache')
  })

  it('C103–C106: registers a client and deletes it', async () => {
    const redirect_uris = ['https://app.example/auth/callback']
    const client_name = 'Polar Connect conformance'
    const unknownScope = { client_name, redirect_uris, scope: 'openid moons:orbit' }
    const refused = await polar.postJson('/v1/oauth2/register', unknownScope)
    expect([refused.status, await refused.json()]).toEqual([400, error('invalid_client_metadata')])
    const client = await polar.register({ client_name, redirect_uris, scope: 'openid' })
    registered.push(client)
    const wrong = await polar.get(client.path, { Authorization: 'Bearer polar_crt_wrong' })
    expect([wrong.status, await wrong.json()]).toEqual([401, error('invalid_client')])
    const gone = await fetch(polar.url + client.path, { method: 'DELETE', headers: client.token })
    expect(gone.status).toBe(204)
  })
})

// Another server needs your own token.
describe.skipIf(url !== undefined && ownToken === undefined)('with a token, any Polar', () => {
  it('C4: names its version', async () => {
    const answer = await polar.api('/v1/products/', token)
    expect(answer.headers.get('Polar-Version')).toMatch(/^\d{4}-\d{2}$/)
  })

  it('C71: redirects to the path with the right slash', async () => {
    const list = await polar.api('/v1/products?limit=1', token)
    expect(list.status).toBe(307)
    expect(list.headers.get('Location')).toBe(`${polar.url}/v1/products/?limit=1`)
  })

  it('C72: returns at most a hundred items per page', async () => {
    const [status, body] = await get('/v1/products/?limit=500')
    const { total_count: count, max_page: pages } = body['pagination'] as Record<string, number>
    expect([status, pages]).toEqual([200, Math.ceil((count ?? 0) / 100)])
    expect(await get('/v1/products/?limit=0')).toEqual([422, error('RequestValidationError')])
  })

  it('C75: hides objects of other organizations', async () => {
    expect(await get(`/v1/products/${UNKNOWN}`)).toEqual([404, error('ResourceNotFound')])
    const [, list] = await get(`/v1/products/?organization_id=${UNKNOWN}`)
    expect(list).toEqual({ items: [], pagination: { total_count: 0, max_page: 0 } })
  })

  it('C114: does not accept HEAD and PUT', async () => {
    for (const [method, path] of [
      ['HEAD', '/v1/products/'],
      ['PUT', `/v1/products/${UNKNOWN}`],
    ] as const) {
      const answer = await polar.send(method, path, token, method === 'PUT' ? {} : undefined)
      expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET'])
    }
  })

  it('C115: names both variants of a filter that takes one value or several', async () => {
    const [status, body] = await get('/v1/products/?organization_id=acme')
    const types = (body['detail'] as { type: string }[]).map(({ type }) => type)
    expect([status, types]).toEqual([422, ['uuid_type', 'uuid_parsing']])
  })

  it('C118, C119: has 55 metrics, and refuses unknown ones', async () => {
    const week = 'start_date=2026-11-01&end_date=2026-11-07&interval=day'
    const [, all] = await get(`/v1/metrics/?${week}`)
    expect(Object.keys(all['metrics'] as object)).toHaveLength(55)
    const unknown = await get(`/v1/metrics/?${week}&metrics=happiness`)
    expect(unknown).toEqual([422, error('PolarRequestValidationError')])
  })

  it('C120: hides subscriptions that never started', async () => {
    const [, body] = await get('/v1/subscriptions/?limit=100')
    const items = body['items'] as { started_at: string | null }[]
    expect(items.filter(({ started_at }) => started_at === null)).toEqual([])
  })

  it('C126: sends members that it no longer documents', async () => {
    const [, orders] = await get('/v1/orders/?limit=1')
    for (const order of orders['items'] as object[]) {
      expect(order).toHaveProperty('user')
      expect(order).toHaveProperty('product_price')
    }
    const [, organizations] = await get('/v1/organizations/?limit=1')
    expect((organizations['items'] as object[])[0]).toHaveProperty('pledge_minimum_amount')
  })

  it('C127: ignores an unknown parameter', async () => {
    expect((await get('/v1/products/?limit=1&moon=full'))[0]).toBe(200)
  })
})
