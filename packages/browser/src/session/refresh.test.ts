// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createWorld, problem, session } from '../testing/world.ts'

const API = '/bff/api/v1/products/'

afterEach(() => void vi.useRealTimers())

describe('a refresh', () => {
  it('S39: runs before a call if less than a minute is left, once for all calls', async () => {
    let current = session(0, { left: 59 })
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      '/bff/refresh': () => Response.json({ session: (current = session(1)) }),
      [API]: () => Response.json([]),
    })
    await world.connect.check()
    await Promise.all([1, 2, 3].map(() => world.connect.fetch(API)))
    expect(world.calls.filter((call) => call === 'POST /bff/refresh')).toHaveLength(1)
    expect(world.connect.getState()).toMatchObject({ connection: { generation: 1 } })
  })

  it('is skipped if another tab has refreshed without a message', async () => {
    let current = session(0, { left: 59 })
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      [API]: () => Response.json([]),
    })
    await world.connect.check()
    current = session(1)
    await world.connect.fetch(API)
    expect(world.calls).toEqual(['GET /bff/session', 'GET /bff/session', `GET ${API}`])
  })

  it('is skipped if another tab reported its own while this one waited', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { left: 30 })),
      [API]: () => Response.json([]),
    })
    await world.connect.check()
    // Another tab has the lock.
    const lock = world.tabs.exclusively('session', async () => {
      await world.connect.check()
      world.hear({ type: 'session', session: session(1) })
    })
    await world.connect.fetch(API)
    await lock
    expect(world.calls).toEqual(['GET /bff/session', 'GET /bff/session', `GET ${API}`])
  })

  it('by hand works before any other request', async () => {
    let current = session(3)
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      '/bff/refresh': () => Response.json({ session: (current = session(4)) }),
    })
    await world.connect.refresh()
    expect(world.connect.getState()).toMatchObject({ connection: { generation: 4 } })
  })

  it('by hand in two tabs at once runs once', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      '/bff/refresh': () => Response.json({ session: session(1) }),
    })
    await world.connect.check()
    const lock = world.tabs.exclusively('session', async () =>
      world.hear({ type: 'session', session: session(1) }),
    )
    await Promise.all([lock, world.connect.refresh()])
    expect(world.calls).not.toContain('POST /bff/refresh')
  })

  it.each([-7, 7])("follows the server's clock on a laptop %i hours off", async (hours) => {
    const skew = hours * 3_600_000
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: now + skew })
    let left = 61
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { left, now })),
      '/bff/refresh': () => Response.json({ session: session(1, { now }) }),
      [API]: () => Response.json([]),
    })
    await world.connect.check()
    expect(world.connect.serverNow()).toBe(now)
    await world.connect.fetch(API)
    expect(world.calls).not.toContain('POST /bff/refresh')
    vi.advanceTimersByTime(2000)
    left = 59
    await world.connect.fetch(API)
    expect(world.calls).toContain('POST /bff/refresh')
  })

  it.each([{}, null, { session: null }])('that a proxy answers with %j fails', async (body) => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      '/bff/refresh': () => Response.json(body),
    })
    await world.connect.check()
    await expect(world.connect.refresh()).rejects.toMatchObject({ code: 'server_unreachable' })
    expect(world.connect.getState()).toMatchObject({ status: 'connected' })
    expect(world.sent).toEqual([])
  })

  it('that fails leaves the call to the server, which refreshes too', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { left: 30 })),
      '/bff/refresh': () => problem(503, 'polar_unavailable'),
      [API]: () => Response.json(['fine']),
    })
    await world.connect.check()
    expect(await (await world.connect.fetch(API)).json()).toEqual(['fine'])
  })
})

describe('refresh_timeout', () => {
  const busy = (seconds: number) => problem(503, 'refresh_timeout', { retry_after: seconds })

  it.each(['GET', 'POST'])('of a call by %s is retried: the server did nothing', async (method) => {
    vi.useFakeTimers()
    let refusals = 2
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      [API]: () => (refusals-- > 0 ? busy(5) : Response.json(['fine'])),
    })
    await world.connect.check()
    const answer = world.connect.fetch(API, { method })
    await vi.advanceTimersByTimeAsync(9999)
    expect(world.calls.filter((call) => call === `${method} ${API}`)).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(1)
    expect(await (await answer).json()).toEqual(['fine'])
  })

  it('of a refresh by hand is retried too', async () => {
    vi.useFakeTimers()
    let refusals = 1
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      '/bff/refresh': () => (refusals-- > 0 ? busy(5) : Response.json({ session: session(1) })),
    })
    await world.connect.check()
    const refreshed = world.connect.refresh()
    await vi.advanceTimersByTimeAsync(5000)
    await refreshed
    expect(world.connect.getState()).toMatchObject({ connection: { generation: 1 } })
  })

  it('is reported after 35 seconds, when a refresh must have ended at Polar', async () => {
    vi.useFakeTimers()
    const started = performance.now()
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      [API]: () => busy(5),
    })
    await world.connect.check()
    const failure = world.connect.fetch(API).catch((cause: unknown) => cause)
    await vi.runAllTimersAsync()
    expect(await failure).toMatchObject({ code: 'refresh_timeout' })
    expect(performance.now() - started).toBeGreaterThan(35_000)
    expect(world.connect.getState().status).toBe('connected')
  })

  it('is retried only while the caller waits', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      [API]: () => busy(5),
    })
    await world.connect.check()
    const stop = new AbortController()
    const call = world.connect.fetch(API, { signal: stop.signal })
    await vi.waitFor(() => expect(world.calls).toContain(`GET ${API}`))
    stop.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('a refused generation', () => {
  it('S41: is compared with the current session, not with the early answer', async () => {
    const early = Promise.resolve(Response.json(session(0)))
    const world = createWorld(
      {
        '/bff/session': () => Response.json(session(1)),
        [API]: () =>
          world.calls.length < 2
            ? problem(401, 'reauthorization_required', { generation: 0 })
            : Response.json([]),
      },
      { early },
    )
    expect((await world.connect.fetch(API)).status).toBe(200)
    expect(world.connect.getState().status).toBe('connected')
  })

  it('S41: ends nothing if another refresh came first', async () => {
    let current = session(0, { left: 30 })
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      '/bff/refresh': () => {
        current = session(1)
        return problem(401, 'reauthorization_required', { generation: 0 })
      },
    })
    await world.connect.check()
    await world.connect.refresh()
    expect(world.connect.getState()).toMatchObject({
      status: 'connected',
      connection: { generation: 1 },
    })
  })

  it('S41: ends nothing while the session cannot be read', async () => {
    let down = false
    const world = createWorld({
      '/bff/session': () => {
        if (down) throw new TypeError('network')
        return Response.json(session(0))
      },
      [API]: () => {
        down = true
        return problem(401, 'reauthorization_required', { generation: 0 })
      },
    })
    await world.connect.check()
    await expect(world.connect.fetch(API)).rejects.toMatchObject({ code: 'server_unreachable' })
    expect(world.connect.getState().status).toBe('connected')
  })

  it('S41: ends the session if it is the newest', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(3)),
      [API]: () => problem(401, 'reauthorization_required', { generation: 3 }),
    })
    await world.connect.check()
    await expect(world.connect.fetch(API)).rejects.toMatchObject({
      name: 'ConnectError',
      code: 'reauthorization_required',
    })
    expect(world.connect.getState()).toMatchObject({
      status: 'ended',
      connection: { generation: 3 },
    })
    await world.connect.check()
    expect(world.connect.getState().status).toBe('ended')
    world.hear({ type: 'session', session: session(0, { id: 'two' }) })
    expect(world.connect.getState()).toMatchObject({ status: 'connected', replaced: true })
  })
})
