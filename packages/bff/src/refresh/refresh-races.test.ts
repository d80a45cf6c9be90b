/** What several instances, outages and bad moments do to a refresh. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryCoordinator } from '../coordinator/drivers/memory.ts'
import { createAwayCoordinator } from '../testing/away-coordinator.ts'
import { sessionOf } from '../testing/browser.ts'
import { holdTime, passing } from '../testing/held-time.ts'
import { holdUpstream } from '../testing/held-upstream.ts'
import { ACME, allowing, createLocalPolar, type LocalPolar } from '../testing/local-polar.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { POLICY } from './policy.ts'

const TEN_DAYS = 864_000
const products = '/bff/api/v1/products/?limit=1'
const TOKEN = '/v1/oauth2/token'

/** Two instances with one coordinator, and a person who is connected at the first. */
async function connected() {
  const polar = await createLocalPolar()
  const coordinator = createAwayCoordinator(createMemoryCoordinator(polar.emulator.clock))
  const first = await polar.create({ coordinator })
  const browser = polar.browser.copy(first)
  await sessionOf(await browser.signIn(allowing(polar, [ACME])))
  const instance = (upstream: Upstream = polar.upstream) => polar.create({ coordinator, upstream })
  const expire = () => polar.emulator.clock.advance(TEN_DAYS)
  return { ...polar, browser, coordinator, instance, expire }
}

async function endings(polar: Pick<LocalPolar, 'control'>): Promise<(string | null)[]> {
  const { items } = await polar.control<{ items: { ended: string | null }[] }>('GET', '/grants')
  return items.map(({ ended }) => ended)
}

async function generationOf(response: Response): Promise<number> {
  const session = await sessionOf(response)
  return session.authenticated ? session.connection.generation : NaN
}

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

afterEach(() => void vi.useRealTimers())

describe('a refresh', () => {
  it('S44: returns its session even if the call fails', async () => {
    const polar = await connected()
    polar.expire()
    await polar.control('POST', '/faults', { kind: 'redirect', path_contains: '/v1/products/' })
    const answer = await polar.browser.fetch(products)
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([502, [expect.any(String)]])
    // Later than a successor waits for the old cookie.
    polar.emulator.clock.advance(2 * 3600)
    await polar.control('DELETE', '/faults')
    expect((await polar.browser.fetch(products)).status).toBe(200)
  })

  it('S43: gives a late caller the newest of several generations', async () => {
    const polar = await connected()
    await polar.control('PATCH', '/settings', { refreshed_access_token_lifetime: 600 })
    polar.expire()
    const old = polar.browser.copy(await polar.instance())
    for (let round = 0; round < 3; round += 1) {
      if (round > 0) polar.emulator.clock.advance(600)
      // Each finds what the one before got, finds it too old, and is lost in its turn.
      const lost = old.copy(await polar.instance())
      expect((await lost.fetch(products)).status).toBe(200)
    }
    expect(await generationOf(await old.post('/bff/refresh'))).toBe(3)
    expect(await polar.tokenRequests('refresh_token')).toBe(3)
  })

  it('S44: never goes back to a generation that was left behind', async () => {
    const polar = await connected()
    const old = polar.browser.copy(await polar.instance())
    await sessionOf(await polar.browser.post('/bff/refresh'))
    const first = polar.browser.copy(await polar.instance())
    await sessionOf(await polar.browser.post('/bff/refresh'))
    expect((await polar.browser.fetch(products)).status).toBe(200)
    for (const late of [old, first]) {
      const answer = await late.post('/bff/refresh')
      expect([await codeOf(answer), answer.headers.getSetCookie()]).toEqual([
        'reauthorization_required',
        [],
      ])
    }
    expect(await polar.tokenRequests('refresh_token')).toBe(2)
  })

  it('S43: whose new token expired while it waited is refreshed again', async () => {
    const polar = await connected()
    const old = polar.browser.copy(await polar.instance())
    await sessionOf(await polar.browser.post('/bff/refresh'))
    const { items } = await polar.control<{ items: { id: string; ended: string | null }[] }>(
      'GET',
      '/grants',
    )
    const living = items.find(({ ended }) => ended === null)
    await polar.control('POST', `/grants/${living?.id}/expire-access`)
    polar.emulator.clock.advance(10)
    expect((await old.fetch(products)).status).toBe(200)
    expect(await polar.tokenRequests('refresh_token')).toBe(2)
  })

  it('S44: that a call made long ago does not overwrite a newer one', async () => {
    const polar = await connected()
    polar.expire()
    const slow = holdUpstream(polar.upstream, '/v1/products/', 'answered')
    const browser = polar.browser.copy(await polar.instance(slow.upstream))
    const begun = browser.fetch(products)
    await slow.arrived
    const other = polar.browser.copy(await polar.instance())
    for (let round = 0; round < 2; round += 1) {
      await sessionOf(await other.post('/bff/refresh'))
    }
    slow.letGo()
    const answer = await begun
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
  })

  it('S41: names the generation of the caller, even if Polar refused a newer one', async () => {
    const polar = await connected()
    const old = polar.browser.copy(await polar.instance())
    await sessionOf(await polar.browser.post('/bff/refresh'))
    await polar.control('POST', '/grants/revoke-all')
    polar.emulator.clock.advance(10)
    for (const refused of [await old.fetch(products), await old.post('/bff/refresh')]) {
      expect(await refused.json()).toMatchObject({
        code: 'reauthorization_required',
        generation: 0,
      })
      expect(refused.headers.getSetCookie()).toEqual([])
    }
  })

  it('S39: of one instance makes the other wait', async () => {
    const polar = await connected()
    polar.expire()
    const slow = holdUpstream(polar.upstream, TOKEN, 'answered')
    const one = polar.browser.copy(await polar.instance(slow.upstream))
    const other = polar.browser.copy(await polar.instance())
    const begun = one.post('/bff/refresh')
    await slow.arrived
    const waiting = other.fetch(products)
    slow.letGo()
    expect([await generationOf(await begun), (await waiting).status]).toEqual([1, 200])
    expect(await polar.tokenRequests('refresh_token')).toBe(1)
  })

  it('S39: that outlived its lock does not undo the result of another', async () => {
    const polar = await connected()
    const stalled = holdUpstream(polar.upstream, TOKEN, 'sent')
    const one = polar.browser.copy(await polar.instance(stalled.upstream))
    const other = polar.browser.copy(await polar.instance())
    const begun = one.post('/bff/refresh')
    await stalled.arrived
    polar.emulator.clock.advance(POLICY.lock + 1)
    expect(await generationOf(await other.post('/bff/refresh'))).toBe(1)
    stalled.letGo()
    expect(await generationOf(await begun)).toBe(1)
    expect((await one.fetch(products)).status).toBe(200)
    expect((await other.fetch(products)).status).toBe(200)
    expect(await endings(polar)).toEqual(['rotated', null])
  })

  it('S41: that Polar refused does not hide one that it accepted', async () => {
    const polar = await connected()
    const stalled = holdUpstream(polar.upstream, TOKEN, 'answered')
    const one = polar.browser.copy(await polar.instance(stalled.upstream))
    const other = polar.browser.copy(await polar.instance())
    const begun = one.post('/bff/refresh')
    await stalled.arrived
    polar.emulator.clock.advance(POLICY.lock + 1)
    expect(await codeOf(await other.post('/bff/refresh'))).toBe('reauthorization_required')
    stalled.letGo()
    expect(await generationOf(await begun)).toBe(1)
    expect(await generationOf(await other.post('/bff/refresh'))).toBe(1)
  })

  it('S39: that came second leaves no live pair without an owner', async () => {
    const polar = await connected()
    const twice: Upstream = async (url, request) => {
      if (!url.pathname.endsWith(TOKEN)) return polar.upstream(url, request)
      // Polar takes no row lock: two at the same instant may both be given a pair.
      const { items } = await polar.control<{ items: { id: string }[] }>('GET', '/grants')
      expect(items).toHaveLength(2)
      const pair = await polar.control<{ access_token: string; refresh_token: string }>(
        'POST',
        '/grants',
        { person: 'ada@example.com', organizations: [ACME], scopes: ['products:read'] },
      )
      return Response.json({ ...pair, token_type: 'Bearer', expires_in: 3600 })
    }
    const late = holdUpstream(twice, TOKEN, 'sent')
    const one = polar.browser.copy(await polar.instance(late.upstream))
    const other = polar.browser.copy(await polar.instance())
    const begun = one.post('/bff/refresh')
    await late.arrived
    polar.emulator.clock.advance(POLICY.lock + 1)
    await sessionOf(await other.post('/bff/refresh'))
    late.letGo()
    await sessionOf(await begun)
    expect(one.cookies).not.toEqual(other.cookies)
    expect(await endings(polar)).toEqual(['rotated', null, 'revoked'])
    expect((await one.fetch(products)).status).toBe(200)
  })

  it('S43: continues for longer than callers wait', async () => {
    const polar = await connected()
    polar.expire()
    holdTime()
    const slow = holdUpstream(polar.upstream, TOKEN, 'answered')
    const browser = polar.browser.copy(await polar.instance(slow.upstream))
    const begun = browser.fetch(products)
    await slow.arrived
    const answer = await passing(begun)
    expect([answer.status, await codeOf(answer)]).toEqual([503, 'refresh_timeout'])
    slow.letGo()
    expect((await browser.fetch(products)).status).toBe(200)
    expect(await polar.tokenRequests('refresh_token')).toBe(1)
  })

  it('does not follow a live token, if the next one cannot come', async () => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS - 30)
    await polar.control('POST', '/faults', {
      grant_type: 'refresh_token',
      status: 401,
      body: { error: 'invalid_client' },
    })
    expect((await polar.browser.fetch(products)).status).toBe(200)
    polar.emulator.clock.advance(31)
    expect((await polar.browser.fetch(products)).status).toBe(500)
  })
})

describe('without the coordinator', () => {
  it('a live token works, refresh and sign-in wait, and nothing is lost', async () => {
    const polar = await connected()
    polar.coordinator.away = true
    expect((await polar.browser.fetch(products)).status).toBe(200)
    expect((await polar.browser.session()).authenticated).toBe(true)
    polar.expire()
    for (const refused of [
      await polar.browser.fetch(products),
      await polar.browser.post('/bff/refresh'),
      await polar.browser.post('/bff/authorize', {
        code_challenge: 'c'.repeat(43),
        code_challenge_method: 'S256',
      }),
    ]) {
      expect([refused.status, await codeOf(refused), refused.headers.getSetCookie()]).toEqual([
        503,
        'coordinator_unavailable',
        [],
      ])
      expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    }
    expect(await polar.tokenRequests('refresh_token')).toBe(0)
    polar.coordinator.away = false
    expect((await polar.browser.fetch(products)).status).toBe(200)
  })

  it('S43: new tokens of Polar are kept, and shared when it is back', async () => {
    const polar = await connected()
    polar.expire()
    holdTime()
    const answered = holdUpstream(polar.upstream, TOKEN, 'answered')
    const here = polar.browser.copy(await polar.instance(answered.upstream))
    const again = polar.browser.copy(await polar.instance(answered.upstream))
    const begun = here.fetch(products)
    await answered.arrived
    polar.coordinator.away = true
    answered.letGo()
    const answer = await begun
    expect([answer.status, answer.headers.getSetCookie().length]).toEqual([200, 1])
    expect((await again.fetch(products)).status).toBe(503)
    polar.coordinator.away = false
    await passing(vi.waitFor(async () => expect((await again.fetch(products)).status).toBe(200)))
    expect(await polar.tokenRequests('refresh_token')).toBe(1)
  })

  it('S43: a delivery is recorded when it is back', async () => {
    const polar = await connected()
    const old = polar.browser.copy(await polar.instance())
    await sessionOf(await polar.browser.post('/bff/refresh'))
    polar.coordinator.away = true
    expect((await polar.browser.fetch(products)).status).toBe(200)
    polar.coordinator.away = false
    expect((await polar.browser.fetch(products)).status).toBe(200)
    expect(await codeOf(await old.post('/bff/refresh'))).toBe('reauthorization_required')
  })

  it('S53: logout revokes and clears, and ends the session for all when it is back', async () => {
    const polar = await connected()
    // Generation 1 lies at the coordinator alone.
    const lost = polar.browser.copy(await polar.instance())
    await sessionOf(await lost.post('/bff/refresh'))
    holdTime()
    polar.coordinator.away = true
    const answer = await polar.browser.post('/bff/logout')
    expect([answer.status, polar.browser.cookies.size]).toEqual([200, 0])
    expect(await endings(polar)).toEqual(['rotated', null])
    polar.coordinator.away = false
    await passing(
      vi.waitFor(async () => expect(await endings(polar)).toEqual(['rotated', 'revoked'])),
    )
    expect((await lost.session()).authenticated).toBe(false)
  })
})

describe('logout', () => {
  it.each(['sent', 'answered'] as const)(
    'S53: leaves no pair alive where another instance’s refresh was %s',
    async (where) => {
      const polar = await connected()
      polar.expire()
      holdTime()
      const slow = holdUpstream(polar.upstream, TOKEN, where)
      const other = polar.browser.copy(await polar.instance(slow.upstream))
      const call = other.fetch(products)
      await slow.arrived
      // It waits, though not for ever.
      expect((await passing(polar.browser.post('/bff/logout'))).status).toBe(200)
      slow.letGo()
      const answer = await passing(call)
      expect(answer.status).toBe(401)
      expect(answer.headers.getSetCookie()).toEqual([])
      expect((await endings(polar)).filter((ending) => ending === null)).toEqual([])
    },
  )

  it('S53: ends the newest pair even with an older cookie', async () => {
    const polar = await connected()
    const old = polar.browser.copy(await polar.instance())
    await sessionOf(await polar.browser.post('/bff/refresh'))
    expect((await polar.browser.fetch(products)).status).toBe(200)
    expect(await (await old.post('/bff/logout')).json()).toEqual({ revoked: true })
    expect(await endings(polar)).toEqual(['rotated', 'revoked'])
    expect((await polar.browser.session()).authenticated).toBe(false)
  })
})

describe('a pause that Polar asks for', () => {
  const refusing = async (polar: LocalPolar, path: string, seconds: number) =>
    polar.control('POST', '/faults', {
      path_contains: path,
      status: 429,
      headers: { 'Retry-After': String(seconds) },
      times: 1,
    })

  it('S42: holds for all instances and for one bucket alone', async () => {
    const polar = await connected()
    const other = polar.browser.copy(await polar.instance())
    await refusing(polar, '/v1/products/', 30)
    expect((await polar.browser.fetch(products)).status).toBe(429)
    expect(await codeOf(await other.fetch(products))).toBe('polar_rate_limited')
    expect(await polar.requests('/v1/products/')).toHaveLength(1)
    // The token endpoint counts apart.
    expect((await other.post('/bff/refresh')).status).toBe(200)

    polar.emulator.clock.advance(3600)
    await refusing(polar, TOKEN, 30)
    const refused = await other.post('/bff/refresh')
    expect([refused.status, await codeOf(refused)]).toEqual([503, 'polar_unavailable'])
    const third = other.copy(await polar.instance())
    expect((await third.post('/bff/refresh')).status).toBe(503)
    const exchangeAndTwoRefreshes = 3
    expect(await polar.requests(TOKEN)).toHaveLength(exchangeAndTwoRefreshes)
    const returned = await polar.browser.signIn(allowing(polar, [ACME]))
    expect([returned.status, await codeOf(returned)]).toEqual([503, 'polar_unavailable'])
    polar.emulator.clock.advance(31)
    expect((await third.post('/bff/refresh')).status).toBe(200)
  })

  it('is not cut short by a shorter one, and holds without the coordinator', async () => {
    const polar = await connected()
    const arrived = [90, 30]
    const upstream: Upstream = async (url, request) =>
      url.pathname === '/v1/products/'
        ? new Response(null, {
            status: 429,
            headers: { 'Retry-After': String(arrived.shift() ?? 1) },
          })
        : polar.upstream(url, request)
    const held = holdUpstream(upstream, '/v1/products/', 'sent')
    const browser = polar.browser.copy(await polar.instance(held.upstream))
    const calls = [browser.fetch(products), browser.fetch(products)]
    await held.arrived
    held.letGo()
    for (const { status } of await Promise.all(calls)) expect(status).toBe(429)
    const other = polar.browser.copy(await polar.instance())
    const waits = async (from: typeof browser) =>
      Number((await from.fetch(products)).headers.get('Retry-After'))
    polar.emulator.clock.advance(40)
    expect(await waits(other)).toBeGreaterThan(40)
    polar.coordinator.away = true
    expect(await waits(browser)).toBeGreaterThan(40)
  })

  it('is reported with another wait to each caller', async () => {
    const polar = await connected()
    await refusing(polar, '/v1/products/', 60)
    await polar.browser.fetch(products)
    const waits = new Set<number>()
    for (let call = 0; call < 30; call += 1) {
      waits.add(Number((await polar.browser.fetch(products)).headers.get('Retry-After')))
    }
    expect(waits.size).toBeGreaterThan(3)
    expect(Math.min(...waits)).toBeGreaterThan(30)
    expect(Math.max(...waits)).toBeLessThanOrEqual(76)
  })
})
