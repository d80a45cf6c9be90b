/** Polar stands still for 30 seconds if two refreshes with one token meet: which paths could send two. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryCoordinator } from '../coordinator/drivers/memory.ts'
import { sessionOf, type TestBrowser } from '../testing/browser.ts'
import { holdTime, passing } from '../testing/held-time.ts'
import { holdUpstream } from '../testing/held-upstream.ts'
import {
  ACME,
  allowing,
  createLocalPolar,
  POLAR_STALL_SECONDS,
  type LocalPolar,
} from '../testing/local-polar.ts'
import type { Upstream, UpstreamAnswer } from '../upstream/upstream.ts'
import { POLICY } from './policy.ts'

const TEN_DAYS = 864_000
const TOKEN = '/v1/oauth2/token'
const products = '/bff/api/v1/products/?limit=1'

/** A person who is connected, and instances with one coordinator. */
async function connected() {
  const polar = await createLocalPolar()
  const coordinator = createMemoryCoordinator(polar.emulator.clock)
  const instance = async (upstream: Upstream = polar.upstream) =>
    polar.browser.copy(await polar.create({ coordinator, upstream }))
  const first = await instance()
  await sessionOf(await first.signIn(allowing(polar, [ACME])))
  for (const [name, value] of first.cookies) polar.browser.cookies.set(name, value)
  const refreshes = () => polar.tokenRequests('refresh_token')
  return { ...polar, instance, refreshes }
}

/** A way to Polar on which the first refresh meets `what`; it hands over whether Polar got it. */
function breaking(
  { upstream }: Pick<LocalPolar, 'upstream'>,
  what: () => Promise<UpstreamAnswer>,
  reaches: boolean,
): Upstream {
  let broken = false
  return async (url, request) => {
    const form = new TextDecoder().decode(request.body)
    if (broken || !form.includes('grant_type=refresh_token')) return upstream(url, request)
    broken = true
    if (reaches) await upstream(url, request)
    return what()
  }
}

async function told(answer: Response): Promise<[number, string]> {
  return [answer.status, ((await answer.json()) as { code: string }).code]
}

async function endings(polar: Pick<LocalPolar, 'control'>): Promise<(string | null)[]> {
  const { items } = await polar.control<{ items: { ended: string | null }[] }>('GET', '/grants')
  return items.map(({ ended }) => ended)
}

const reset = () => Promise.reject(new TypeError('fetch failed', { cause: new Error('reset') }))
const status = (code: number) => () => Promise.resolve(new Response('', { status: code }))

/** A head, and a body that breaks. */
function brokenOff(): UpstreamAnswer {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.error(new Error('reset')),
  })
  return { status: 200, headers: new Headers({ 'Content-Type': 'application/json' }), body }
}

describe('after a refresh whose answer was lost', () => {
  it.each<[string, () => Promise<UpstreamAnswer>]>([
    ['a broken connection', reset],
    ['a 502 of a gateway', status(502)],
    ['a 504 of a gateway', status(504)],
    ['a 524 of a gateway', status(524)],
  ])('%s: no instance sends another while Polar may work on it', async (_, what) => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS)
    const one = await polar.instance(breaking(polar, what, false))
    const other = await polar.instance()
    for (const browser of [one, other, one]) {
      const answer = await browser.fetch(products)
      const wait = Number(answer.headers.get('Retry-After'))
      expect(await told(answer)).toEqual([503, 'polar_unavailable'])
      expect(wait).toBeGreaterThan(POLAR_STALL_SECONDS)
      expect(wait).toBeLessThanOrEqual(Math.ceil(POLICY.request * 1.25))
    }
    expect(await polar.refreshes()).toBe(0)
    polar.emulator.clock.advance(POLICY.request)
    expect((await other.fetch(products)).status).toBe(200)
    expect((await one.fetch(products)).status).toBe(200)
    expect(await polar.refreshes()).toBe(1)
  })

  it('a live access token works immediately', async () => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS - POLICY.due + 1)
    const browser = await polar.instance(breaking(polar, reset, false))
    for (let call = 0; call < 3; call += 1) {
      expect((await browser.fetch(products)).status).toBe(200)
    }
    expect(await polar.refreshes()).toBe(0)
  })

  it('that Polar had processed, the connection has ended', async () => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS)
    const browser = await polar.instance(breaking(polar, reset, true))
    expect(await told(await browser.fetch(products))).toEqual([503, 'polar_unavailable'])
    polar.emulator.clock.advance(POLICY.request)
    expect(await told(await browser.fetch(products))).toEqual([401, 'reauthorization_required'])
  })
})

describe('a refresh is sent again at once', () => {
  const never = (code: string) => () =>
    Promise.reject(
      new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }),
    )

  it.each<[string, () => Promise<UpstreamAnswer>]>([
    ['the connection was refused', never('ECONNREFUSED')],
    ['the name was not found', never('ENOTFOUND')],
    ['the connection took too long to open', never('UND_ERR_CONNECT_TIMEOUT')],
    ['Polar answered, and the answer broke off', () => Promise.resolve(brokenOff())],
    ['Polar answered 408', status(408)],
    ['Polar answered 500', status(500)],
    ['Polar answered 503', status(503)],
  ])('if %s: then none is running', async (_, what) => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS)
    const browser = await polar.instance(breaking(polar, what, false))
    expect(await told(await browser.fetch(products))).toEqual([503, 'polar_unavailable'])
    expect((await browser.fetch(products)).status).toBe(200)
    expect(await polar.refreshes()).toBe(1)
  })
})

describe('a 500 of the token endpoint', () => {
  it('is no failure if another instance has refreshed: its pair is used', async () => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS)
    // The first holder is slow, and its lock expires. The second one meets it at Polar.
    const slow = holdUpstream(polar.upstream, TOKEN, 'answered')
    const first = await polar.instance(slow.upstream)
    const failing = holdUpstream(breaking(polar, status(500), false), TOKEN, 'answered')
    const second = await polar.instance(failing.upstream)
    const winner = first.fetch(products)
    await slow.arrived
    polar.emulator.clock.advance(POLICY.lock + 1)
    const loser = second.fetch(products)
    await failing.arrived
    slow.letGo()
    expect((await winner).status).toBe(200)
    failing.letGo()
    expect((await loser).status).toBe(200)
    expect(await polar.refreshes()).toBe(1)
    expect(second.cookies).not.toEqual(polar.browser.cookies)
  })
})

describe('with a stopped clock', () => {
  afterEach(() => void vi.useRealTimers())

  it('an answer that comes after 30 seconds is not lost, and callers wait 10', async () => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS)
    holdTime()
    const slow = holdUpstream(polar.upstream, TOKEN, 'answered')
    const browser = await polar.instance(slow.upstream)
    const startedAt = performance.now()
    const impatient = browser.fetch(products)
    await slow.arrived
    expect(await told(await passing(impatient))).toEqual([503, 'refresh_timeout'])
    expect(performance.now() - startedAt).toBeLessThan((POLICY.callerWaits + 1) * 1000)
    await vi.advanceTimersByTimeAsync(POLAR_STALL_SECONDS * 1000 - (performance.now() - startedAt))
    slow.letGo()
    expect((await passing(browser.fetch(products))).status).toBe(200)
    expect(await polar.refreshes()).toBe(1)
  })

  it('a process that is killed leaves its lock for longer than its request may run', async () => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS)
    const dead = holdUpstream(polar.upstream, TOKEN, 'sent')
    const killed = await polar.instance(dead.upstream)
    void killed.fetch(products).catch(() => undefined)
    await dead.arrived
    const other = await polar.instance()
    polar.emulator.clock.advance(POLICY.request)
    holdTime()
    expect(await told(await passing(other.fetch(products)))).toEqual([503, 'refresh_timeout'])
    expect(await polar.refreshes()).toBe(0)
    polar.emulator.clock.advance(POLICY.lock - POLICY.request + 1)
    expect((await passing(other.fetch(products))).status).toBe(200)
    expect(await polar.refreshes()).toBe(1)
  })

  it('S53: logout does not revoke a pair while its refresh runs, and ends it afterwards', async () => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS)
    const slow = holdUpstream(polar.upstream, TOKEN, 'sent')
    const refreshing = await polar.instance(slow.upstream)
    const call = refreshing.fetch(products)
    await slow.arrived
    const leaving: TestBrowser = await polar.instance()
    holdTime()
    const answer = await passing(leaving.post('/bff/logout'))
    expect(await answer.json()).toEqual({ revoked: false })
    expect(leaving.cookies.size).toBe(0)
    expect(await polar.requests('/v1/oauth2/revoke')).toEqual([])
    slow.letGo()
    expect((await passing(call)).status).toBe(401)
    await passing(
      vi.waitFor(async () => expect(await endings(polar)).toEqual(['rotated', 'revoked'])),
    )
  })

  it('S53: logout does not revoke a pair whose answer was lost until Polar is done with it', async () => {
    const polar = await connected()
    polar.emulator.clock.advance(TEN_DAYS)
    const browser = await polar.instance(breaking(polar, reset, false))
    expect(await told(await browser.fetch(products))).toEqual([503, 'polar_unavailable'])
    holdTime()
    const answer = await passing(browser.post('/bff/logout'))
    expect(await answer.json()).toEqual({ revoked: false })
    expect(await polar.requests('/v1/oauth2/revoke')).toEqual([])
    polar.emulator.clock.advance(POLICY.request)
    await passing(vi.waitFor(async () => expect(await endings(polar)).toEqual(['revoked'])))
  })
})
