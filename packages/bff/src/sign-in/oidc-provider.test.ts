/** The whole path against a server that others wrote, mounted at Polar's paths. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SessionAnswer } from '@polar-connect/protocol'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBff, type Bff } from '../create-bff.ts'
import type { BffEvent } from '../errors/events.ts'
import { polarServer } from '../settings/polar-server.ts'
import { createTestBrowser, sessionOf, type TestBrowser } from '../testing/browser.ts'
import { testKeys } from '../testing/keys.ts'

const clientId = 'fake-client-of-another-server'
const clientSecret = 'fake-secret-of-another-server-000000000000'
let http: Server
let origin: string
let tokenRequests: string[]

beforeAll(async () => {
  http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const provider = new Provider(origin, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_post',
        introspection_endpoint_auth_method: 'client_secret_post',
        revocation_endpoint_auth_method: 'client_secret_post',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: ['https://app.example/auth/callback'],
      },
    ],
    routes: {
      authorization: '/oauth2/authorize',
      token: '/v1/oauth2/token',
      revocation: '/v1/oauth2/revoke',
      introspection: '/v1/oauth2/introspect',
      userinfo: '/v1/oauth2/userinfo',
      jwks: '/.well-known/jwks.json',
    },
    scopes: ['openid', 'email', 'products:read'],
    claims: { openid: ['sub'], email: ['email'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    features: { introspection: { enabled: true }, revocation: { enabled: true } },
    cookies: { keys: ['fake-cookie-key'] },
    ttl: {
      AccessToken: 3600,
      RefreshToken: 86_400,
      Session: 3600,
      Grant: 86_400,
      Interaction: 600,
    },
    findAccount: async (_, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, email: `${id}@example.com` }),
    }),
  })
  provider.on('server_error', (_, error) => {
    throw error
  })
  const callback = provider.callback()
  http.on('request', (request, response) => {
    if (request.url === '/v1/oauth2/token') tokenRequests.push(request.url)
    void callback(request, response)
  })
})

afterAll(() => new Promise((resolve) => http.close(resolve)))

/** A person who signs in as `ada` and allows whatever is asked, through the server's own pages. */
function person(): (url: URL) => Promise<URL> {
  const cookies = new Map<string, string>()
  return async (url) => {
    let next: URL = url
    let form: URLSearchParams | undefined
    for (let step = 0; step < 12; step += 1) {
      const response = await fetch(next, {
        redirect: 'manual',
        headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(form && { method: 'POST', body: form }),
      })
      form = undefined
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        const at = pair.indexOf('=')
        cookies.set(pair.slice(0, at), pair.slice(at + 1))
      }
      const location = response.headers.get('Location')
      if (location !== null) {
        next = new URL(location, next)
        if (next.origin === 'https://app.example') return next
        continue
      }
      const prompt = /name="prompt" value="(\w+)"/.exec(await response.text())?.[1] ?? ''
      form = new URLSearchParams({ prompt, login: 'ada', password: 'fake' })
    }
    throw new Error('never came back')
  }
}

async function setUp(): Promise<{ bff: Bff; browser: TestBrowser; events: BffEvent[] }> {
  tokenRequests = []
  const events: BffEvent[] = []
  const bff = createBff({
    clientId,
    clientSecret,
    server: polarServer(origin, origin),
    appOrigin: 'https://app.example',
    keys: await testKeys('one'),
    scopes: ['openid', 'email', 'products:read'],
    subject: 'user',
    onEvent: (event) => events.push(event),
  })
  return { bff, browser: createTestBrowser(bff), events }
}

function connectionOf(session: SessionAnswer) {
  if (!session.authenticated) throw new Error('not connected')
  return session.connection
}

describe('the BFF at another OpenID provider', () => {
  it('signs in, reads userinfo, rotates and logs out', async () => {
    const { browser } = await setUp()
    const session = await sessionOf(await browser.signIn(person()))
    expect(connectionOf(session)).toMatchObject({
      subject: { type: 'user', id: 'ada' },
      user: { id: 'ada' },
      generation: 0,
    })
    expect(connectionOf(session).scopes.toSorted()).toEqual(['email', 'openid', 'products:read'])

    const userinfo = await browser.fetch('/bff/userinfo')
    expect(await userinfo.json()).toEqual({ sub: 'ada', email: 'ada@example.com' })

    const refreshed = await sessionOf(await browser.post('/bff/refresh'))
    expect(connectionOf(refreshed).generation).toBe(1)
    expect((await browser.fetch('/bff/userinfo')).status).toBe(200)

    const logout = await browser.post('/bff/logout')
    expect(await logout.json()).toEqual({ revoked: true })
    expect(await browser.session()).toMatchObject({ authenticated: false })
    expect(browser.cookies.size).toBe(0)
  })

  it('asks once for a code, and once for each refresh that many callers share', async () => {
    const { browser } = await setUp()
    await sessionOf(await browser.signIn(person()))
    expect(tokenRequests).toHaveLength(1)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => browser.post('/bff/refresh').then(sessionOf)),
    )
    expect(tokenRequests).toHaveLength(2)
    expect(new Set(answers.map((answer) => connectionOf(answer).generation))).toEqual(new Set([1]))
  })

  it('keeps a late caller of the generation before, until the newer one was delivered', async () => {
    const { browser } = await setUp()
    await sessionOf(await browser.signIn(person()))
    const before = new Map(browser.cookies)
    await sessionOf(await browser.post('/bff/refresh'))
    const after = new Map(browser.cookies)

    for (const [name, value] of before) browser.cookies.set(name, value)
    expect(connectionOf(await sessionOf(await browser.post('/bff/refresh'))).generation).toBe(1)

    for (const [name, value] of after) browser.cookies.set(name, value)
    expect((await browser.fetch('/bff/userinfo')).status).toBe(200)

    for (const [name, value] of before) browser.cookies.set(name, value)
    const late = await browser.post('/bff/refresh')
    expect(late.status).toBe(401)
    expect(await late.json()).toMatchObject({ code: 'reauthorization_required', generation: 0 })
    expect(late.headers.getSetCookie()).toEqual([])
  })
})
