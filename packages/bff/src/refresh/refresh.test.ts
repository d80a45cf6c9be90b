import type { SessionAnswer } from '@polar-connect/protocol'
import { describe, expect, it } from 'vitest'
import type { Coordinator } from '../coordinator/coordinator.ts'
import { createMemoryCoordinator } from '../coordinator/drivers/memory.ts'
import { createTestBrowser, sessionOf } from '../testing/browser.ts'
import { ACME, allowing, createLocalPolar, type LocalPolar } from '../testing/local-polar.ts'
import { testKeys } from '../testing/keys.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { systemTime } from '../runtime/time.ts'

const TEN_DAYS = 864_000
const products = '/bff/api/v1/products/'

async function connected(options: Parameters<typeof createLocalPolar>[0] = {}) {
  const polar = await createLocalPolar(options)
  await sessionOf(await polar.browser.signIn(allowing(polar, [ACME])))
  return polar
}

function generationOf(session: SessionAnswer): number {
  if (!session.authenticated) throw new Error('not connected')
  return session.connection.generation
}

const ended = async (polar: LocalPolar) => {
  const { items } = await polar.control<{ items: { ended: string | null }[] }>('GET', '/grants')
  return items.map((grant) => grant.ended)
}

describe('a refresh', () => {
  it('comes before a call that finds less than 45 seconds left, and leaves the minute to the browser', async () => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS - 47)
    expect((await polar.browser.fetch(products)).status).toBe(200)
    expect(await polar.tokenRequests('refresh_token')).toBe(0)
    polar.emulator.clock.advance(3)
    const answer = await polar.browser.fetch(products)
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie()).toHaveLength(1)
    expect(await polar.tokenRequests('refresh_token')).toBe(1)
    expect(generationOf(await polar.browser.session())).toBe(1)
  })

  it('S45: comes after a 401, and the call is made once more', async () => {
    const clock = createLocalClock()
    const polar = await connected({ time: { ...systemTime, now: clock.now } })
    clock.advance(10)
    const { items } = await polar.control<{ items: { id: string }[] }>('GET', '/grants')
    await polar.control('POST', `/grants/${items[0]?.id}/expire-access`)
    expect((await polar.browser.fetch(products)).status).toBe(200)
    expect(await polar.tokenRequests('refresh_token')).toBe(1)
    const calls = await polar.requests('/v1/products/')
    expect(calls.map(({ status }) => status)).toEqual([401, 200])
  })

  it('S45: does not follow one stray 401 right after the token was issued', async () => {
    let stray = 1
    const polar = await createLocalPolar()
    const upstream: Upstream = (url, { method, headers, body, signal }) => {
      if (url.pathname === '/v1/products/' && stray > 0) {
        stray -= 1
        return Promise.resolve(new Response('{"error":"invalid_token"}', { status: 401 }))
      }
      return polar.emulator.fetch(
        new Request(url, { method, headers, signal, ...(body && { body }) }),
      )
    }
    const browser = createTestBrowser(await polar.create({ upstream }))
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    expect((await browser.fetch(products)).status).toBe(200)
    expect(await polar.tokenRequests('refresh_token')).toBe(0)
  })

  it('S39: is one for fifty calls on an expired token', async () => {
    const memory = createMemoryCoordinator()
    const asked: string[] = []
    const coordinator: Coordinator = {
      ...memory,
      read(key) {
        asked.push(key)
        return memory.read(key)
      },
    }
    const polar = await connected({ coordinator })
    polar.emulator.clock.advance(TEN_DAYS)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => polar.browser.fetch(products)),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await polar.tokenRequests('refresh_token')).toBe(1)
    const hows = polar.events.flatMap((event) => (event.type === 'refreshed' ? event.how : []))
    expect(hows.filter((how) => how === 'refreshed')).toHaveLength(1)
    // Those that came meanwhile waited for the first, and asked the coordinator for nothing more
    // than, at their end, whether what they bring is still the newest.
    const joined = hows.filter((how) => how === 'joined').length
    expect(joined).toBeGreaterThan(0)
    const asks = asked.filter((key) => key.startsWith('rotation:')).length
    expect(asks).toBeLessThanOrEqual(50 + 2 * (50 - joined))
  })

  it('S39: is one for two instances that share a coordinator', async () => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS)
    const coordinator = createMemoryCoordinator(polar.emulator.clock)
    const browsers = await Promise.all(
      [1, 2].map(async () => {
        const browser = createTestBrowser(await polar.create({ coordinator }))
        for (const [name, value] of polar.browser.cookies) browser.cookies.set(name, value)
        return browser
      }),
    )
    const answers = await Promise.all(
      browsers.flatMap((browser) => Array.from({ length: 10 }, () => browser.fetch(products))),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await polar.tokenRequests('refresh_token')).toBe(1)
  })

  it('S43: can be claimed with the old cookie until the new one has arrived', async () => {
    const polar = await connected()
    const before = new Map(polar.browser.cookies)
    const restore = (cookies: Map<string, string>) => {
      for (const [name, value] of cookies) polar.browser.cookies.set(name, value)
    }
    polar.emulator.clock.advance(TEN_DAYS)
    await polar.browser.fetch(products)
    const after = new Map(polar.browser.cookies)

    restore(before)
    polar.emulator.clock.advance(1800)
    expect((await polar.browser.fetch(products)).status).toBe(200)
    expect(await polar.tokenRequests('refresh_token')).toBe(1)

    restore(after)
    await polar.browser.fetch(products)
    restore(before)
    const late = await polar.browser.fetch(products)
    expect(late.status).toBe(401)
    expect(await late.json()).toMatchObject({ code: 'reauthorization_required', generation: 0 })
    expect(late.headers.getSetCookie()).toEqual([])
    expect(await polar.tokenRequests('refresh_token')).toBe(1)
  })

  it('S41: that Polar refuses touches no cookie, and is not asked for again', async () => {
    const polar = await connected()
    await polar.control('POST', '/grants/revoke-all')
    polar.emulator.clock.advance(60)
    for (let round = 0; round < 3; round += 1) {
      const answer = await polar.browser.fetch(products)
      expect(await answer.json()).toMatchObject({ code: 'reauthorization_required' })
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect(await polar.tokenRequests('refresh_token')).toBe(1)
    expect((await polar.browser.session()).authenticated).toBe(true)
  })

  it.each([408, 429, 500, 503])('S42: that meets a %d keeps the session', async (status) => {
    const polar = await createLocalPolar()
    let broken = false
    const upstream: Upstream = (url, { method, headers, body, signal }) =>
      broken && url.pathname.endsWith('/token')
        ? Promise.resolve(new Response('', { status, headers: { 'Retry-After': '20' } }))
        : polar.emulator.fetch(new Request(url, { method, headers, signal, ...(body && { body }) }))
    const browser = createTestBrowser(await polar.create({ upstream }))
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    polar.emulator.clock.advance(TEN_DAYS)
    broken = true
    const answer = await browser.fetch(products)
    expect(answer.status).toBe(503)
    const wait = Number(answer.headers.get('Retry-After'))
    expect(wait).toBeGreaterThanOrEqual(20)
    expect(wait).toBeLessThanOrEqual(25)
    expect(await answer.json()).toMatchObject({ code: 'polar_unavailable', retry_after: wait })
    broken = false
    polar.emulator.clock.advance(wait)
    expect((await browser.fetch(products)).status).toBe(200)
  })

  describe('whose answer has', () => {
    /** What Polar gave, in another form; `undefined` leaves a member out. */
    async function refreshedAs(change: Record<string, unknown>, type = 'application/json') {
      const polar = await createLocalPolar()
      const upstream: Upstream = async (url, request) => {
        const answer = await polar.upstream(url, request)
        const form = new TextDecoder().decode(request.body)
        if (!form.includes('grant_type=refresh_token') || answer.status !== 200) return answer
        const pair = (await new Response(answer.body).json()) as object
        const headers = { 'Content-Type': type }
        return new Response(JSON.stringify({ ...pair, ...change }), { headers })
      }
      const browser = createTestBrowser(await polar.create({ upstream }))
      const before = await sessionOf(await browser.signIn(allowing(polar, [ACME])))
      const after = await sessionOf(await browser.post('/bff/refresh'))
      if (!before.authenticated || !after.authenticated) throw new Error('not connected')
      return { polar, browser, before: before.connection, after: after.connection }
    }

    it.each<[string, Record<string, unknown>, string?]>([
      ['null for what it leaves out', { scope: null, id_token: null, expires_in: null }],
      ['no lifetime', { expires_in: undefined }],
      ['a lifetime in text', { expires_in: '3600' }],
      ['a lifetime of nothing', { expires_in: 0 }],
      ['a negative lifetime', { expires_in: -3600 }],
      ['a lifetime that is no number', { expires_in: 'an hour' }],
      ['a lifetime beyond any date', { expires_in: 1e300 }],
      ['scopes as a list', { scope: ['openid', 'products:read'] }],
      ['scopes of another kind', { scope: { openid: true } }],
      ['another case in its type', { token_type: 'BEARER' }],
      ['no type', { token_type: undefined }],
      ['an unknown type', { token_type: 'mac' }],
      ['an ID token that is none', { id_token: 'not.a.token' }],
      ['an ID token that is a number', { id_token: 42 }],
      ['members that are unknown', { extra: { deep: [1, 2, 3] }, access_token_2: 'x' }],
      ['a content type of another kind', {}, 'text/html'],
    ])('%s does not cost the new pair', async (_, change, type) => {
      const { polar, browser, after } = await refreshedAs(change, type)
      expect(after.generation).toBe(1)
      const left = Date.parse(after.access_token_expires_at) / 1000 - polar.emulator.clock.now()
      expect(left).toBeGreaterThan(3000)
      expect(left).toBeLessThanOrEqual(30 * 86_400)
      expect((await browser.fetch(products)).status).toBe(200)
      // The pair is whole: its refresh token works as well.
      const again = await sessionOf(await browser.post('/bff/refresh'))
      expect(generationOf(again)).toBe(2)
    })

    it('no scopes keeps the earlier ones (RFC 6749 §5.1)', async () => {
      const { before, after } = await refreshedAs({ scope: null })
      expect(after.scopes).toEqual(before.scopes)
    })

    it.each<[string, Record<string, unknown>]>([
      ['no', { refresh_token: null }],
      ['an unusable', { refresh_token: 7 }],
    ])(
      '%s refresh token keeps the session for as long as the access token lives',
      async (_, change) => {
        const { browser, after } = await refreshedAs(change)
        expect(after.generation).toBe(1)
        expect((await browser.fetch(products)).status).toBe(200)
      },
    )
  })

  it('continues after the caller disconnects, and its result waits', async () => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS)
    const before = new Map(polar.browser.cookies)
    const hangUp = new AbortController()
    const abandoned = polar.browser.fetch(products, { signal: hangUp.signal })
    hangUp.abort()
    await abandoned.catch(() => undefined)
    for (const [name, value] of before) polar.browser.cookies.set(name, value)
    expect((await polar.browser.fetch(products)).status).toBe(200)
    expect(await polar.tokenRequests('refresh_token')).toBe(1)
  })

  it('S23: seals with the newest key, so that a retired one logs no one out', async () => {
    const polar = await connected()
    const both = createTestBrowser(await polar.create({ keys: await testKeys('two', 'one') }))
    for (const [name, value] of polar.browser.cookies) both.cookies.set(name, value)
    expect((await both.session()).authenticated).toBe(true)
    await sessionOf(await both.post('/bff/refresh'))
    const newest = createTestBrowser(await polar.create({ keys: await testKeys('two') }))
    for (const [name, value] of polar.browser.cookies) newest.cookies.set(name, value)
    expect((await newest.session()).authenticated).toBe(false)
    for (const [name, value] of both.cookies) newest.cookies.set(name, value)
    expect((await newest.session()).authenticated).toBe(true)
  })
})

describe('the end of a session', () => {
  it('S53: by logout kills both tokens and clears the cookies', async () => {
    const polar = await connected()
    const kept = new Map(polar.browser.cookies)
    expect(await (await polar.browser.post('/bff/logout')).json()).toEqual({ revoked: true })
    expect(polar.browser.cookies.size).toBe(0)
    expect(await ended(polar)).toEqual(['revoked'])
    for (const [name, value] of kept) polar.browser.cookies.set(name, value)
    expect((await polar.browser.session()).authenticated).toBe(false)
    expect(await (await polar.browser.fetch(products)).json()).toMatchObject({
      code: 'not_connected',
    })
  })

  it('S53: clears the cookies if Polar cannot be reached, and says so', async () => {
    const polar = await connected()
    const down = createTestBrowser(
      await polar.create({ upstream: () => Promise.reject(new Error('down')) }),
    )
    for (const [name, value] of polar.browser.cookies) down.cookies.set(name, value)
    expect(await (await down.post('/bff/logout')).json()).toEqual({ revoked: false })
    expect(down.cookies.size).toBe(0)
  })

  it('revokes the pair of a refresh whose answer was lost', async () => {
    const polar = await connected()
    const before = new Map(polar.browser.cookies)
    await sessionOf(await polar.browser.post('/bff/refresh'))
    for (const [name, value] of before) polar.browser.cookies.set(name, value)
    expect(await (await polar.browser.post('/bff/logout')).json()).toEqual({ revoked: true })
    expect(await ended(polar)).toEqual(['rotated', 'revoked'])
  })

  it('wins over a refresh that is under way', async () => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS)
    const call = polar.browser.fetch(products)
    const logout = polar.browser.post('/bff/logout')
    await Promise.all([call, logout])
    expect((await ended(polar)).filter((state) => state === null)).toEqual([])
  })

  it('S25: comes after thirty days, even if it was refreshed', async () => {
    const polar = await connected()
    for (let week = 0; week < 4; week += 1) {
      polar.emulator.clock.advance(7 * 86_400)
      await sessionOf(await polar.browser.post('/bff/refresh'))
    }
    expect((await polar.browser.session()).authenticated).toBe(true)
    polar.emulator.clock.advance(2 * 86_400)
    expect((await polar.browser.session()).authenticated).toBe(false)
  })
})

/** A clock of the BFF's own, apart from the emulator's. */
function createLocalClock() {
  let offset = 0
  return {
    now: () => Date.now() / 1000 + offset,
    advance: (seconds: number) => void (offset += seconds),
  }
}
