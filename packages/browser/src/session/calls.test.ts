// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Connect } from '../connect.ts'
import { createWorld, held, problem, session, type Handler } from '../testing/world.ts'

const API = '/bff/api/v1/products/'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('a call', () => {
  it('is retried once if there is a newer generation than the refused one', async () => {
    let current = session(0)
    let refusals = 1
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      [API]: () => {
        if (refusals-- <= 0) return Response.json(['fine'])
        current = session(1)
        return problem(401, 'reauthorization_required', { generation: 0 })
      },
    })
    await world.connect.check()
    expect(await (await world.connect.fetch(API)).json()).toEqual(['fine'])
    expect(world.connect.getState().status).toBe('connected')
  })

  it("returns Polar's answer unchanged", async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      [API]: () => new Response('', { status: 403 }),
    })
    await world.connect.check()
    expect((await world.connect.fetch(API)).status).toBe(403)
  })

  it("returns the app's own problem unchanged, with its body", async () => {
    const own = { type: 'https://ledger.example/out-of-stock', code: 'out_of_stock', left: 0 }
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      '/reports': () =>
        Response.json(own, {
          status: 409,
          headers: { 'Content-Type': 'application/problem+json' },
        }),
    })
    const answer = await world.connect.fetch('/reports')
    expect(await answer.json()).toEqual(own)
  })

  it.each([null, [], 7, 'no', {}])("returns the app's own problem that is %j", async (own) => {
    const headers = { 'Content-Type': 'application/problem+json' }
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      '/reports': () => Response.json(own, { status: 409, headers }),
    })
    expect(await (await world.connect.fetch('/reports')).json()).toEqual(own)
  })

  it('fails with an unknown code of a newer server', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      [API]: () => problem(418, 'from_the_future'),
    })
    await expect(world.connect.fetch(API)).rejects.toMatchObject({
      code: 'from_the_future',
      details: { status: 418, reference: 'abcd2345' },
    })
  })

  it('is aborted when another tab signs in or out', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      [API]: held(() => Response.json([])).handler,
    })
    await world.connect.check()
    const call = world.connect.fetch(API)
    await vi.waitFor(() => expect(world.calls).toContain(`GET ${API}`))
    world.hear({ type: 'abort' })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe("Polar's own 401", () => {
  it.each(['GET', 'POST'])('to a fresh token is retried, by %s', async (method) => {
    let refusals = 2
    const world = createWorld({
      '/bff/session': () => Response.json(session(1, { age: 0 })),
      [API]: () => (refusals-- > 0 ? new Response(null, { status: 401 }) : Response.json(['fine'])),
    })
    await world.connect.check()
    const answer = await world.connect.fetch(API, { method })
    expect(await answer.json()).toEqual(['fine'])
    expect(world.calls.filter((call) => call === `${method} ${API}`)).toHaveLength(3)
    expect(world.connect.getState().status).toBe('connected')
  })

  it('is retried after a refresh that the server made for the call', async () => {
    let current = session(0)
    let refusals = 1
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      [API]: () => {
        if (refusals-- <= 0) return Response.json(['fine'])
        current = session(1, { age: 0 })
        return new Response(null, { status: 401 })
      },
    })
    await world.connect.check()
    expect(await (await world.connect.fetch(API)).json()).toEqual(['fine'])
  })

  it('is returned if the token is three seconds old and the session lives', async () => {
    vi.useFakeTimers()
    const issued = Date.now()
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { age: (Date.now() - issued) / 1000 })),
      [API]: () => new Response(null, { status: 401 }),
    })
    await world.connect.check()
    const answer = world.connect.fetch(API)
    await vi.advanceTimersByTimeAsync(4500)
    expect((await answer).status).toBe(401)
    const { length } = world.calls
    await world.connect.fetch(API)
    expect(world.calls.slice(length)).toEqual([`GET ${API}`, 'GET /bff/session'])
    expect(world.connect.getState().status).toBe('connected')
  })

  it('is retried only while the caller waits', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { age: 0 })),
      [API]: () => new Response(null, { status: 401 }),
    })
    await world.connect.check()
    const stop = new AbortController()
    const call = world.connect.fetch(API, { signal: stop.signal })
    await vi.waitFor(() => expect(world.calls).toContain(`GET ${API}`))
    stop.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })

  it("is not confused with the 401 of the app's own route", async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { age: 0 })),
      '/reports': () => new Response(null, { status: 401 }),
    })
    await world.connect.check()
    expect((await world.connect.fetch('/reports')).status).toBe(401)
    expect(world.calls).toEqual(['GET /bff/session', 'GET /reports'])
  })
})

describe('a write', () => {
  const WRITE = '/bff/api/v1/checkouts/'
  const write = (connect: Connect) => connect.fetch(WRITE, { method: 'POST', body: '{}' })
  const writes = (calls: readonly string[]) =>
    calls.filter((call) => call === `POST ${WRITE}`).length

  it.each([
    ['its answer was lost', () => Promise.reject(new TypeError('reset')), 'server_unreachable'],
    ['Polar was away', () => problem(503, 'polar_unavailable'), 'polar_unavailable'],
    ['the server broke', () => problem(500, 'internal'), 'internal'],
    ['there were too many', () => problem(429, 'rate_limited'), 'rate_limited'],
  ])('S45: is not retried after %s', async (_, handler, code) => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      [WRITE]: handler,
    })
    await world.connect.check()
    await expect(write(world.connect)).rejects.toMatchObject({ code })
    expect(writes(world.calls)).toBe(1)
  })

  it.each([500, 502, 401])('S45: is not retried after Polar answered %i', async (status) => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      [WRITE]: () => new Response(null, { status }),
    })
    await world.connect.check()
    expect((await write(world.connect)).status).toBe(status)
    expect(writes(world.calls)).toBe(1)
  })

  it('S45: is retried once, and not twice, if it was refused before anything was done', async () => {
    let generation = 0
    const world = createWorld({
      '/bff/session': () => Response.json(session((generation += 1))),
      [WRITE]: () => problem(401, 'reauthorization_required', { generation: generation - 1 }),
    })
    await world.connect.check()
    await expect(write(world.connect)).rejects.toMatchObject({ code: 'reauthorization_required' })
    expect(writes(world.calls)).toBe(2)
  })

  it('S54: for one account is never sent for another, even after a long wait', async () => {
    const { handler, give } = held(() => Response.json({ session: session(1) }))
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { left: 30 })),
      '/bff/refresh': handler,
      [WRITE]: () => Response.json({}),
    })
    await world.connect.check()
    const begun = write(world.connect)
    await vi.waitFor(() => expect(world.calls).toContain('POST /bff/refresh'))
    world.hear({ type: 'session', session: session(0, { id: 'two' }) })
    give()
    await expect(begun).rejects.toMatchObject({ name: 'AbortError' })
    expect(writes(world.calls)).toBe(0)
  })

  it('S54: is not retried for another account that no tab reported', async () => {
    let current = session(5)
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      [WRITE]: () => {
        current = session(0, { id: 'two' })
        return problem(401, 'reauthorization_required', { generation: 5 })
      },
    })
    await world.connect.check()
    await expect(write(world.connect)).rejects.toMatchObject({ name: 'AbortError' })
    expect(writes(world.calls)).toBe(1)
    expect(world.connect.getState()).toMatchObject({
      status: 'connected',
      connection: { id: 'two' },
    })
  })

  it('S54: waits while another tab signs in or out, and follows the result', async () => {
    const { handler, give } = held(() => Response.json(session(0, { id: 'two' })))
    let answer: Handler = () => Response.json(session(0))
    const world = createWorld({
      '/bff/session': (init) => answer(init),
      [WRITE]: () => Response.json({}),
    })
    await world.connect.check()
    answer = handler
    world.hear({ type: 'abort' })
    const begun = write(world.connect)
    await vi.waitFor(() => expect(world.calls).toHaveLength(2))
    give()
    await expect(begun).rejects.toMatchObject({ name: 'AbortError' })
    expect(writes(world.calls)).toBe(0)
  })
})

describe('a pause', () => {
  const from = (refusal: () => Response) =>
    createWorld({
      '/bff/session': () => Response.json(session(0)),
      '/bff/health': () => Response.json({ status: 'ok' }),
      '/bff/userinfo': () => Response.json({ sub: 'user' }),
      [API]: refusal,
    })

  it.each([
    ['Polar', 'polar_rate_limited', () => new Response(null, { status: 429 })],
    ['the server', 'rate_limited', () => problem(429, 'rate_limited', { retry_after: 30 })],
    [
      'Polar, by the server,',
      'polar_rate_limited',
      () => problem(429, 'polar_rate_limited', { retry_after: 30 }),
    ],
  ])('that %s asked for stops later calls to Polar in all tabs', async (_, code, refusal) => {
    const world = from(refusal)
    await world.connect.check()
    let told = 0
    world.connect.subscribe(() => (told += 1))
    await Promise.allSettled([1, 2, 3].map(() => world.connect.fetch(API)))
    const { length } = world.calls
    for (const path of [API, '/bff/userinfo']) {
      await expect(world.connect.fetch(path)).rejects.toMatchObject({
        code,
        details: { retryAfterSeconds: 30 },
      })
    }
    expect(world.calls).toHaveLength(length)
    expect(told).toBe(1)
    const pause = world.connect.getPause()
    expect(pause?.until).toBeGreaterThan(world.connect.serverNow() + 29_000)
    expect(world.sent).toEqual([{ type: 'pause', pause }])
    expect(world.connect.getPause()).toBe(pause)
    expect((await world.connect.fetch('/bff/health')).status).toBe(200)
  })

  it("is not what the app's own route asks for", async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      '/reports': () => new Response(null, { status: 429, headers: { 'Retry-After': '600' } }),
      [API]: () => Response.json([]),
    })
    await world.connect.check()
    expect((await world.connect.fetch('/reports')).status).toBe(429)
    expect(world.connect.getPause()).toBeUndefined()
    expect(world.sent).toEqual([])
    expect((await world.connect.fetch(API)).status).toBe(200)
  })

  it("is what the server asks for before the app's own route", async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      '/reports': () => problem(429, 'rate_limited', { retry_after: 30 }),
    })
    await world.connect.check()
    await expect(world.connect.fetch('/reports')).rejects.toMatchObject({ code: 'rate_limited' })
    expect(world.connect.getPause()).toMatchObject({ code: 'rate_limited' })
  })

  it('that another tab reported applies here too, and ends', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout'] })
    const world = from(() => Response.json([]))
    await world.connect.check()
    const until = world.connect.serverNow() + 12_000
    const pause = { code: 'rate_limited', until, spreadMs: 3000 } as const
    world.hear({ type: 'pause', pause })
    await expect(world.connect.fetch(API)).rejects.toMatchObject({
      details: { retryAfterSeconds: 12 },
    })
    vi.advanceTimersByTime(12_000)
    expect(world.connect.getPause()).toBeUndefined()
    const late = world.connect.fetch(API)
    await vi.advanceTimersByTimeAsync(3000)
    expect((await late).status).toBe(200)
  })

  it('that begins again stops calls that were about to be retried', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout'] })
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((octets) => {
      if (octets instanceof Uint8Array) octets.fill(255)
      return octets
    })
    const world = from(() => Response.json([]))
    await world.connect.check()
    const now = world.connect.serverNow()
    world.hear({ type: 'pause', pause: { code: 'rate_limited', until: now - 1, spreadMs: 3000 } })
    const late = world.connect.fetch(API).catch((cause: unknown) => cause)
    await vi.advanceTimersByTimeAsync(0)
    const pause = { code: 'polar_rate_limited', until: now + 60_000, spreadMs: 0 } as const
    world.hear({ type: 'pause', pause })
    await vi.advanceTimersByTimeAsync(3000)
    expect(await late).toMatchObject({ code: 'polar_rate_limited' })
  })
})
