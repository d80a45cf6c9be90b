/** Which layer of Polar answers on which path, and with which headers. */
import { beforeEach, describe, expect, it } from 'vitest'
import { attachPolar } from './attach.ts'
import { ADA, CALLBACK, type Polar } from './polar.ts'

const current = attachPolar()
let polar: Polar
beforeEach(() => {
  polar = current()
})

const ELSEWHERE = { Origin: 'https://elsewhere.example' }
const BAD = { Authorization: 'Bearer polar_at_u_unknown' }
const WELL_KNOWN = [
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/.well-known/jwks.json',
]
const NOT_ALLOWED = { detail: 'Method Not Allowed' }
const OAUTH = ['no-store', 'no-cache']
const OTHERS = ['private, no-store', null]

const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  fetch(polar.url + path, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body }),
  })
const cacheOf = ({ headers }: Response) => [headers.get('Cache-Control'), headers.get('Pragma')]
const chunked = (path: string, headers: Record<string, string> = {}) => {
  const body = new ReadableStream({
    start(stream) {
      stream.enqueue(new TextEncoder().encode('{}'))
      stream.close()
    },
  })
  return fetch(polar.url + path, { method: 'POST', body, duplex: 'half', headers })
}

describe('every path of the API host', () => {
  it.each([...WELL_KNOWN, '/healthz'])('C93: %s has the layers of all others', async (path) => {
    const version = await send('GET', path, { 'Polar-Version': '1999-01', ...BAD })
    expect([version.status, await version.json()]).toEqual([404, { detail: 'Not Found' }])
    const length = await chunked(path, BAD)
    expect([length.status, (await polar.json(length))['error']]).toEqual([411, 'LengthRequired'])
    const bearer = await send('GET', path, BAD)
    expect([bearer.status, (await polar.json(bearer))['error']]).toEqual([401, 'invalid_token'])
  })

  it('C93: has a rate limit only below /v1', async () => {
    await polar.control('PATCH', '/settings', { rate_limit: 1 })
    expect((await send('GET', '/v1/products/')).status).toBe(401)
    expect((await send('GET', '/v1/products/')).status).toBe(429)
    for (const path of WELL_KNOWN) expect((await send('GET', path)).status).toBe(200)
  })

  it.each([...WELL_KNOWN, '/v1/products/', '/v1/oauth2/token', '/nowhere'])(
    'C96: %s has CORS headers only for a request with an origin',
    async (path) => {
      const cors = ({ headers }: Response) => [
        headers.get('Access-Control-Allow-Origin'),
        headers.get('Access-Control-Expose-Headers'),
      ]
      expect(cors(await send('GET', path, ELSEWHERE))).toEqual(['*', 'Polar-Version'])
      expect(cors(await send('GET', path))).toEqual([null, null])
    },
  )

  it('does not include the web host, which has neither tokens nor versions', async () => {
    const page = await send('GET', '/auth', { ...BAD, 'Polar-Version': '1999-01' })
    expect([page.status, page.headers.get('Polar-Version')]).toEqual([200, null])
  })
})

describe('a method that a path does not know', () => {
  const register = '/v1/oauth2/register/some'
  it.each([
    ['POST', '/v1/oauth2/authorize', 'GET'],
    ['PATCH', register, 'GET'],
    ['POST', '/.well-known/jwks.json', 'GET'],
    ['HEAD', '/.well-known/jwks.json', 'GET'],
    ['GET', '/v1/oauth2/token', 'POST'],
    ['GET', '/v1/oauth2/introspect', 'POST'],
    ['GET', '/v1/oauth2/revoke', 'POST'],
    ['GET', '/v1/oauth2/consent', 'POST'],
  ])('C99: %s on %s is not allowed', async (method, path, allow) => {
    const answer = await send(method, path, {}, method === 'POST' ? '' : undefined)
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, allow])
    expect(await answer.text()).toBe(method === 'HEAD' ? '' : JSON.stringify(NOT_ALLOWED))
  })

  it.each([
    ['HEAD', '/v1/products/'],
    ['DELETE', '/v1/products/'],
    ['OPTIONS', '/v1/products/'],
    ['PUT', '/v1/products/8f3d2b5e-4b1c-4c58-9d3e-1f0a6c7b2d11'],
  ])('C114: %s on %s is not allowed, with any token', async (method, path) => {
    const token = await polar.mint(ADA, ['products:read'])
    const headers = { Authorization: `Bearer ${token}` }
    const answer = await send(method, path, headers, method === 'PUT' ? '{}' : undefined)
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET'])
    expect(cacheOf(answer)).toEqual(OTHERS)
  })
})

describe('cache headers', () => {
  it('C100: keep the well-known documents private', async () => {
    for (const path of WELL_KNOWN) expect(cacheOf(await send('GET', path)), path).toEqual(OTHERS)
  })

  it("C101: forbid caching of the OAuth library's answers", async () => {
    const { client, path, token } = await polar.register({
      client_name: 'Cached',
      redirect_uris: [CALLBACK],
    })
    const access = await polar.mint(ADA, ['openid'])
    const form = { token: 'none', ...client }
    const answers: [string, Response][] = [
      ['exchange', await polar.exchange(await polar.code())],
      ['refused grant', await polar.refreshAtOnce('none')],
      ['wrong secret', await polar.refreshAtOnce('none', { client_secret: 'wrong' })],
      ['introspection', await polar.post('/v1/oauth2/introspect', form)],
      ['revocation', await polar.post('/v1/oauth2/revoke', form)],
      [
        'registration',
        await polar.postJson('/v1/oauth2/register', { client_name: 'x', redirect_uris: [] }),
      ],
      ['registration read', await polar.get(path, token)],
      ['registration refused', await polar.get(path)],
      ['registration deleted', await send('DELETE', path, token)],
      ['authorize page', await polar.authorize({ client_id: 'unknown' })],
      ['consent page', await polar.consent({ action: 'allow' }, { client_id: 'unknown' })],
      ['bad token', await send('GET', '/nowhere', BAD)],
      ['scope missing', await polar.api('/v1/orders/', access)],
    ]
    for (const [name, answer] of answers) expect(cacheOf(answer), name).toEqual(OAUTH)
  })

  it('C101: keep all other answers of the application private', async () => {
    const access = await polar.mint(ADA, ['openid', 'products:read'])
    const answers: [string, Response][] = [
      ['userinfo', await polar.api('/v1/oauth2/userinfo', access)],
      ['consent data', await polar.authorize()],
      ['redirect', await polar.consent({ action: 'deny' })],
      ['slash', await polar.api('/v1/products', access)],
      ['no token', await polar.get('/v1/products/')],
      ['nothing there', await polar.get('/v1/nowhere')],
      ['another method', await send('GET', '/v1/oauth2/token')],
      ['no action', await polar.consent({})],
      ['no page', await polar.api('/v1/products/?limit=0', access)],
      ['list', await polar.api('/v1/products/', access)],
    ]
    for (const [name, answer] of answers) expect(cacheOf(answer), name).toEqual(OTHERS)
  })

  it('C101: are missing from answers of the outer layers', async () => {
    await polar.control('PATCH', '/settings', { rate_limit: 1 })
    await send('GET', '/v1/products/')
    const answers: [number, Response][] = [
      [429, await send('GET', '/v1/products/')],
      [411, await chunked('/v1/products/')],
      [413, await send('POST', '/v1/products/', {}, 'x'.repeat(10_485_761))],
      [404, await send('GET', '/v1/products/', { 'Polar-Version': '1999-01' })],
    ]
    for (const [status, answer] of answers) {
      expect([answer.status, ...cacheOf(answer)]).toEqual([status, null, null])
    }
  })
})

describe('the old root', () => {
  it('C102: answers like the new one, with a notice', async () => {
    const token = await polar.mint(ADA, ['discounts:read'])
    const old = await polar.api('/api/v1/discounts/?limit=1', token)
    const now = await polar.api('/v1/discounts/?limit=1', token)
    expect([old.status, await old.json()]).toEqual([200, await now.json()])
    expect(old.headers.get('X-Polar-Deprecation-Notice')).toBe(
      'The API root has moved from /api/v1 to /v1. Please update your integration.',
    )
    expect(now.headers.get('X-Polar-Deprecation-Notice')).toBeNull()
  })
})

describe('the bearer header', () => {
  it('C113: is ignored without a token, but refused at userinfo', async () => {
    const at = async (path: string, header: string) => {
      const answer = await send('GET', path, { Authorization: header })
      return [answer.status, (await polar.json(answer))['error']]
    }
    for (const empty of ['Bearer', 'Bearer ']) {
      expect(await at('/v1/oauth2/userinfo', empty)).toEqual([401, 'invalid_token'])
      expect(await at('/v1/products/', empty)).toEqual([401, 'Unauthorized'])
    }
    expect(await at('/v1/oauth2/userinfo', 'Basic YTpi')).toEqual([401, 'Unauthorized'])
    const session = await send('GET', '/v1/oauth2/userinfo', {
      Cookie: `polar_emulator_session=${ADA}`,
    })
    expect([session.status, (await polar.json(session))['error']]).toEqual([401, 'Unauthorized'])
    expect(session.headers.get('WWW-Authenticate')).toBe('Bearer realm="polar"')
  })
})
