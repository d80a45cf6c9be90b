// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest'
import type { Connect } from '../connect.ts'
import { anonymous, createWorld, held, problem, session, type Handler } from '../testing/world.ts'

describe('reading the session', () => {
  it('S41: uses the early request of the page, once', async () => {
    const early = Promise.resolve(Response.json(anonymous()))
    const world = createWorld({ '/bff/session': () => Response.json(session(0)) }, { early })
    expect((await world.connect.check()).status).toBe('disconnected')
    expect(world.calls).toEqual([])
    expect((await world.connect.check()).status).toBe('connected')
  })

  it('asks again if the early request found no server', async () => {
    const early = Promise.reject(new TypeError('network'))
    const world = createWorld({ '/bff/session': () => Response.json(session(0)) }, { early })
    expect((await world.connect.check()).status).toBe('connected')
  })

  it.each([
    ['half an answer', () => new Response('{"authenticated":')],
    ['the page of a captive portal', () => new Response('<!doctype html><title>Wi-Fi</title>')],
    ['some other JSON', () => Response.json({ ok: true })],
    ['null', () => Response.json(null)],
    ["a proxy's refusal", () => new Response('Bad gateway', { status: 502 })],
  ])('does not accept %s as an answer', async (_, answer) => {
    const world = createWorld({ '/bff/session': answer })
    expect(await world.connect.check()).toMatchObject({
      status: 'unreachable',
      error: { code: 'server_unreachable' },
    })
  })

  it('times out if no answer comes', async () => {
    const limit = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal)
    const { handler } = held(() => Response.json(anonymous()))
    const world = createWorld({ '/bff/session': handler })
    const state = world.connect.check()
    limit.abort()
    expect(await state).toMatchObject({ error: { code: 'server_unreachable' } })
    expect(timeout).toHaveBeenCalledWith(25_000)
    timeout.mockRestore()
  })

  it('keeps the known state while the server does not answer', async () => {
    let answer: Handler = () => Response.json(session(0))
    const world = createWorld({ '/bff/session': (init) => answer(init) })
    await world.connect.check()
    answer = () => problem(503, 'coordinator_unavailable')
    expect((await world.connect.check()).status).toBe('connected')
  })
})

describe('a page at another address', () => {
  it('learns where the app works, and begins no sign-in', async () => {
    const elsewhere = { ...anonymous(), app_origin: 'https://app.example' }
    const world = createWorld({ '/bff/session': () => Response.json(elsewhere) })
    const error = { code: 'wrong_address', details: { origin: 'https://app.example' } }
    expect(await world.connect.check()).toMatchObject({ status: 'unreachable', error })
    await expect(world.connect.connect()).rejects.toMatchObject(error)
    expect(world.calls).not.toContain('POST /bff/authorize')
  })

  it('that is correct gets no notice', async () => {
    const here = { ...anonymous(), app_origin: location.origin }
    const world = createWorld({ '/bff/session': () => Response.json(here) })
    expect((await world.connect.check()).status).toBe('disconnected')
  })
})

describe('a host app without a user', () => {
  const API = '/bff/api/v1/products/'
  const nobody = () => problem(401, 'owner_required')

  it.each([
    ['the next look', (connect: Connect) => connect.check()],
    ['the next call', (connect: Connect) => connect.fetch(API).catch(() => undefined)],
  ])('keeps no data of the last user after %s', async (_, use) => {
    let gone = false
    const world = createWorld({
      '/bff/session': () => (gone ? nobody() : Response.json(session(0))),
      [API]: () => (gone ? nobody() : Response.json([])),
    })
    await world.connect.check()
    gone = true
    await use(world.connect)
    expect(world.connect.getState()).toMatchObject({
      status: 'unreachable',
      error: { code: 'owner_required' },
    })
  })

  it('fails the call with owner_required', async () => {
    const world = createWorld({ '/bff/session': nobody, [API]: nobody })
    await expect(world.connect.fetch(API)).rejects.toMatchObject({ code: 'owner_required' })
  })
})

describe('a page that comes back', () => {
  const fire = (type: string, persisted: boolean) =>
    dispatchEvent(Object.assign(new Event(type), { persisted }))

  it('S54: from the back/forward cache shows nothing before it has asked', async () => {
    let current = session(0)
    const world = createWorld({ '/bff/session': () => Response.json(current) })
    await world.connect.check()
    fire('pagehide', true)
    expect(world.connect.getState()).toEqual({ status: 'loading' })
    current = anonymous()
    fire('pageshow', true)
    expect(world.connect.getState()).toEqual({ status: 'loading' })
    await vi.waitFor(() => expect(world.connect.getState().status).toBe('disconnected'))
  })

  it('S54: ignores an answer that it requested before it left', async () => {
    const before = held(() => Response.json(session(0)))
    let handler = before.handler
    const world = createWorld({ '/bff/session': (init) => handler(init) })
    const asked = world.connect.check()
    handler = () => Response.json(anonymous())
    fire('pagehide', true)
    fire('pageshow', true)
    before.give()
    expect((await asked).status).toBe('disconnected')
    expect(world.connect.getState().status).toBe('disconnected')
  })

  it('ignores a failure from before it left', async () => {
    const before = held(() => problem(500, 'internal'))
    let handler = before.handler
    const world = createWorld({ '/bff/session': (init) => handler(init) })
    const asked = world.connect.check()
    handler = () => Response.json(session(0))
    fire('pagehide', true)
    fire('pageshow', true)
    before.give()
    expect((await asked).status).toBe('connected')
  })

  it('from offline asks again', async () => {
    let down = true
    const world = createWorld({
      '/bff/session': () => {
        if (down) throw new TypeError('network')
        return Response.json(session(0))
      },
    })
    expect((await world.connect.check()).status).toBe('unreachable')
    down = false
    dispatchEvent(new Event('online'))
    await vi.waitFor(() => expect(world.connect.getState().status).toBe('connected'))
  })

  it('after a day of sleep keeps the newest generation', async () => {
    const world = createWorld({ '/bff/session': () => Response.json(session(20)) })
    await world.connect.check()
    // Messages that waited during the sleep, in their order.
    for (const generation of [4, 5, 6])
      world.hear({ type: 'session', session: session(generation) })
    expect(world.connect.getState()).toMatchObject({ connection: { generation: 20 } })
    const now = world.connect.serverNow()
    world.hear({
      type: 'pause',
      pause: { code: 'rate_limited', until: now - 80_000_000, spreadMs: 4000 },
    })
    expect(world.connect.getPause()).toBeUndefined()
  })
})

describe('another tab', () => {
  it('S54: wins over an answer that was requested before', async () => {
    const slow = held(() => Response.json(session(0)))
    let handler: Handler = () => Response.json(session(0))
    const world = createWorld({ '/bff/session': (init) => handler(init) })
    await world.connect.check()
    handler = slow.handler
    const asked = world.connect.check()
    handler = () => Response.json(anonymous())
    world.hear({ type: 'session', session: anonymous() })
    slow.give()
    expect((await asked).status).toBe('disconnected')
  })

  it('S54: makes the result of a logout known here, even if it is closed meanwhile', async () => {
    let current = session(0)
    const world = createWorld({ '/bff/session': () => Response.json(current) })
    await world.connect.check()
    current = anonymous()
    world.hear({ type: 'abort' })
    await vi.waitFor(() => expect(world.connect.getState().status).toBe('disconnected'))
  })

  it('marks the state as replaced if it connects another account, until the page reloads', async () => {
    const world = createWorld({ '/bff/session': () => Response.json(session(0, { id: 'two' })) })
    world.hear({ type: 'session', session: session(0) })
    await world.connect.check()
    world.hear({ type: 'session', session: session(0) })
    world.hear({ type: 'session', session: session(0, { id: 'two' }) })
    expect(world.connect.getState()).toMatchObject({ replaced: true })
    await world.connect.check()
    expect(world.connect.getState()).toMatchObject({ replaced: true })
  })

  it('ends the session here when it logs out, and the state says so', async () => {
    const world = createWorld({ '/bff/session': () => Response.json(session(0)) })
    await world.connect.check()
    world.hear({ type: 'session', session: anonymous() })
    expect(world.connect.getState()).toMatchObject({ status: 'disconnected', elsewhere: true })
  })

  it('never takes this tab back to an older generation', async () => {
    const world = createWorld({ '/bff/session': () => Response.json(session(5)) })
    await world.connect.check()
    world.hear({ type: 'session', session: session(4) })
    expect(world.connect.getState()).toMatchObject({ connection: { generation: 5 } })
  })
})

describe('logging out', () => {
  it('first tells the other tabs to abort their calls, and then the result', async () => {
    let current = session(0)
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      '/bff/logout': () => {
        current = anonymous()
        return Response.json({ revoked: true })
      },
    })
    await world.connect.check()
    expect(await world.connect.logout()).toEqual({ revoked: true })
    expect(world.sent).toMatchObject([
      { type: 'abort' },
      { type: 'abort' },
      { session: { authenticated: false } },
    ])
    expect(world.connect.getState()).toMatchObject({ status: 'disconnected', elsewhere: false })
  })

  it('succeeded if only its answer was lost, but does not claim that Polar confirmed', async () => {
    let current = session(0)
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      '/bff/logout': () => {
        current = anonymous()
        throw new TypeError('the connection broke')
      },
    })
    await world.connect.check()
    expect(await world.connect.logout()).toEqual({ revoked: false })
    expect(world.connect.getState()).toMatchObject({ status: 'disconnected', elsewhere: false })
  })

  it('fails if the server refused, and the session stays', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      '/bff/logout': () => problem(503, 'coordinator_unavailable'),
    })
    await world.connect.check()
    await expect(world.connect.logout()).rejects.toMatchObject({ code: 'coordinator_unavailable' })
    expect(world.connect.getState()).toMatchObject({ status: 'connected' })
  })
})
