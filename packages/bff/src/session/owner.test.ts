/** An app with its own login: two of its users in one browser. */
import { Hono, type Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { polar as polarOf } from '../api/polar-sdk.ts'
import type { BffOptions } from '../options.ts'
import { createTestBrowser, sessionOf } from '../testing/browser.ts'
import { holdTime, passing } from '../testing/held-time.ts'
import { holdUpstream } from '../testing/held-upstream.ts'
import { ACME, allowing, createLocalPolar } from '../testing/local-polar.ts'

const TEN_DAYS = 864_000
const COOKIE = '__Host-Http-polar_connect'
const PRODUCTS = '/bff/api/v1/products/?limit=1'

/** The user whom the app's own login names. */
const byCookie: BffOptions['owner'] = (_, incoming) =>
  getCookie(incoming as Context, 'app_user') ?? null

/** Ada and Bob are users of the app, and use one browser after the other. */
async function createApp(options: Partial<BffOptions> = {}) {
  const local = await createLocalPolar({ owner: byCookie, ...options })
  const serve = async (more: Partial<BffOptions> = {}) => {
    const bff = await local.create(more)
    const app = new Hono()
    app.route('/', bff)
    app.use('/own/*', bff.gate)
    app.get('/own/call', (c) => bff.callPolar(c, '/v1/products/?limit=1'))
    app.get('/own/sdk', async (c) => c.json(await polarOf(bff, c).products.list()))
    app.onError((error, c) => bff.toResponse(error, c.req))
    return app
  }
  const browser = createTestBrowser(await serve())
  const become = (user: string | undefined) => {
    if (user === undefined) browser.cookies.delete('app_user')
    else browser.cookies.set('app_user', user)
  }
  const connect = () => browser.signIn(allowing(local, [ACME]))
  become('ada')
  await sessionOf(await connect())
  await local.control('DELETE', '/requests')
  return { ...local, browser, become, connect, serve }
}

const outcomeOf = async (response: Response) => {
  const { code } = (await response.json()) as { code?: string }
  return [response.status, code]
}

afterEach(() => void vi.useRealTimers())

const CALLS = [
  ['the proxy', 'GET', PRODUCTS],
  ['userinfo', 'GET', '/bff/userinfo'],
  ['a refresh', 'POST', '/bff/refresh'],
  ['callPolar', 'GET', '/own/call'],
  ['the SDK on the server', 'GET', '/own/sdk'],
] as const

describe('another user of the app', () => {
  it.each(CALLS)('S67: is not connected for %s', async (_, method, path) => {
    const { browser, become, requests } = await createApp()
    const before = browser.cookies.get(COOKIE)
    become('bob')
    const answer = await browser.fetch(path, { method })
    expect(await outcomeOf(answer)).toEqual([401, 'not_connected'])
    expect(await requests()).toEqual([])
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(browser.cookies.get(COOKIE)).toBe(before)
    become('ada')
    expect((await browser.fetch(path, { method })).status).toBe(200)
  })

  it('S67: sees no session, and the first user finds it again', async () => {
    const { browser, become, requests } = await createApp()
    become('bob')
    expect(await browser.session()).toMatchObject({ authenticated: false })
    become('ada')
    expect(await browser.session()).toMatchObject({ authenticated: true })
    expect(await requests()).toEqual([])
  })

  it('S67: does not find it in a second tab or at another instance', async () => {
    const { browser, become, serve } = await createApp()
    become('bob')
    const tab = browser.copy(await serve())
    expect(await tab.session()).toMatchObject({ authenticated: false })
    expect(await outcomeOf(await tab.fetch(PRODUCTS))).toEqual([401, 'not_connected'])
  })

  it('S69: does not log the first one out', async () => {
    const { browser, become, requests } = await createApp()
    become('bob')
    expect(await (await browser.post('/bff/logout')).json()).toEqual({ revoked: false })
    expect(await requests()).toEqual([])
    become('ada')
    expect((await browser.fetch(PRODUCTS)).status).toBe(200)
    expect(await (await browser.post('/bff/logout')).json()).toEqual({ revoked: true })
    expect(browser.cookies.has(COOKIE)).toBe(false)
  })

  it('is asked for no permission of the first one', async () => {
    const { browser, become } = await createApp({
      scopes: ['products:read'],
      allowedScopes: ['products:read', 'orders:read'],
    })
    become('bob')
    const { url } = await browser.begin({ scopes: ['orders:read'] })
    expect(url.searchParams.get('scope')).toBe('openid orders:read')
  })

  it('S68: cannot finish a sign-in that the first one began', async () => {
    const { browser, become, requests, emulator } = await createApp()
    const { url, codeVerifier } = await browser.begin()
    const { searchParams } = await allowing({ emulator }, [ACME])(url)
    const body = { ...Object.fromEntries(searchParams), code_verifier: codeVerifier }
    become('bob')
    expect(await outcomeOf(await browser.post('/bff/callback', body))).toEqual([
      400,
      'owner_mismatch',
    ])
    expect(await requests('/v1/oauth2/token')).toEqual([])
    become('ada')
    expect(await outcomeOf(await browser.post('/bff/callback', body))).toEqual([
      400,
      'transaction_missing',
    ])
  })

  it('S24: takes the place of the first one by connecting, whose pair is revoked', async () => {
    const { browser, become, connect, control } = await createApp()
    become('bob')
    await sessionOf(await connect())
    await vi.waitFor(async () => {
      const { items } = await control<{ items: { ended: string | null }[] }>('GET', '/grants')
      expect(items.map(({ ended }) => ended)).toEqual(['revoked', null])
    })
    become('ada')
    expect(await browser.session()).toMatchObject({ authenticated: false })
  })
})

describe('while a refresh of the first user is in flight', () => {
  async function refreshing(where: 'sent' | 'answered', path: string) {
    const app = await createApp()
    app.emulator.clock.advance(TEN_DAYS)
    const held = holdUpstream(app.upstream, path, where)
    const server = await app.serve({ upstream: held.upstream })
    const ada = app.browser.copy(server)
    const begun = ada.fetch(PRODUCTS)
    await held.arrived
    const bob = app.browser.copy(server)
    bob.cookies.set('app_user', 'bob')
    return { ...app, ada, bob, begun, letGo: () => held.letGo() }
  }

  it('S69: another user neither joins nor claims it', async () => {
    const { ada, bob, begun, letGo, requests } = await refreshing('answered', '/v1/oauth2/token')
    for (const path of [PRODUCTS, '/own/call', '/own/sdk']) {
      expect(await outcomeOf(await bob.fetch(path))).toEqual([401, 'not_connected'])
    }
    letGo()
    expect((await begun).status).toBe(200)
    expect(await outcomeOf(await bob.post('/bff/refresh'))).toEqual([401, 'not_connected'])
    expect(bob.setCookies).toEqual([])
    expect(await requests('/v1/products/')).toHaveLength(1)
    // The newer cookie too is not for another user.
    ada.cookies.set('app_user', 'bob')
    expect(await outcomeOf(await ada.fetch(PRODUCTS))).toEqual([401, 'not_connected'])
  })

  it('S44: a slow answer of the first one does not undo the sign-in of the other', async () => {
    const { bob, begun, letGo, emulator } = await refreshing('answered', '/v1/products/')
    await sessionOf(await bob.signIn(allowing({ emulator }, [ACME])))
    letGo()
    const answer = await begun
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
  })
})

describe('an app that does not say who is signed in', () => {
  it.each([
    ...CALLS,
    ['the session', 'GET', '/bff/session'],
    ['logout', 'POST', '/bff/logout'],
  ] as const)('S69: refuses %s without a user', async (_, method, path) => {
    const { browser, become, requests } = await createApp()
    const before = browser.cookies.get(COOKIE)
    become(undefined)
    expect(await outcomeOf(await browser.fetch(path, { method }))).toEqual([401, 'owner_required'])
    expect(await requests()).toEqual([])
    expect(browser.cookies.get(COOKIE)).toBe(before)
  })

  it('S69: begins and finishes no sign-in', async () => {
    const { browser, become, requests } = await createApp()
    const { url, codeVerifier } = await browser.begin()
    become(undefined)
    await expect(browser.begin()).rejects.toThrow('owner_required')
    const { searchParams } = new URL(url)
    const body = { code: 'c', state: searchParams.get('state'), code_verifier: codeVerifier }
    expect(await outcomeOf(await browser.post('/bff/callback', body))).toEqual([
      401,
      'owner_required',
    ])
    expect(await requests('/v1/oauth2/token')).toEqual([])
    const cookies = new Map(browser.cookies)
    expect((await browser.post('/bff/logout')).status).toBe(401)
    expect(browser.cookies).toEqual(cookies)
  })

  it.each([
    ['throws', () => Promise.reject(new Error('no database'))],
    ['returns a number', () => 7 as never],
  ])('S69: fails closed if owner %s', async (_, owner) => {
    const { browser, serve, requests, events } = await createApp()
    const broken = browser.copy(await serve({ owner }))
    const answer = await broken.fetch(PRODUCTS)
    expect(answer.headers.get('Retry-After')).not.toBeNull()
    expect(await outcomeOf(answer)).toEqual([503, 'owner_unavailable'])
    expect(await requests()).toEqual([])
    expect(events.at(-1)).toMatchObject({
      code: 'owner_unavailable',
      reason: expect.stringMatching(/^owner /),
    })
  })

  it('S69: fails closed if owner hangs', async () => {
    const { browser, serve } = await createApp()
    const broken = browser.copy(await serve({ owner: () => new Promise(() => undefined) }))
    holdTime()
    expect(await outcomeOf(await passing(broken.fetch(PRODUCTS)))).toEqual([
      503,
      'owner_unavailable',
    ])
  })
})

describe('a change of the setting', () => {
  it('S67: leaves no connection from before to the next user', async () => {
    const local = await createLocalPolar()
    await sessionOf(await local.browser.signIn(allowing(local, [ACME])))
    const owned = local.browser.copy(await local.create({ owner: () => 'bob' }))
    expect(await owned.session()).toMatchObject({ authenticated: false })
    await sessionOf(await owned.signIn(allowing(local, [ACME])))
    const open = owned.copy(await local.create())
    expect(await open.session()).toMatchObject({ authenticated: false })
  })

  it('asks once for each request', async () => {
    const owner = vi.fn<() => string>(() => 'ada')
    const local = await createLocalPolar({ owner })
    await sessionOf(await local.browser.signIn(allowing(local, [ACME])))
    owner.mockClear()
    local.emulator.clock.advance(TEN_DAYS)
    expect((await local.browser.fetch(PRODUCTS)).status).toBe(200)
    expect(owner).toHaveBeenCalledTimes(1)
  })
})
