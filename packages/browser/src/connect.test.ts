// @vitest-environment jsdom
/** The browser half before a server that is scripted by the contract. */
import type { Connection, SessionAnswer } from '@polar-connect/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createConnect, type Connect } from './connect.ts'
import { ConnectError } from './errors.ts'
import type { TabMessage, Tabs } from './tabs.ts'

const POLAR = 'https://polar.example'
const server = { name: 'custom', origin: POLAR } as const

function session(
  generation: number,
  options: { id?: string; left?: number; now?: number; age?: number } = {},
): SessionAnswer {
  const { id = 'one', left = 3600, now = Date.now(), age = 60 } = options
  const connection: Connection = {
    id,
    subject: { type: 'organization', id: 'org' },
    user: { id: 'user' },
    scopes: ['openid'],
    requested_scopes: ['openid'],
    connected_at: new Date(now).toISOString(),
    refreshed_at: new Date(now - age * 1000).toISOString(),
    access_token_expires_at: new Date(now + left * 1000).toISOString(),
    generation,
  }
  return { authenticated: true, connection, server, server_time: new Date(now).toISOString() }
}

const anonymous = (): SessionAnswer => ({
  authenticated: false,
  server,
  server_time: new Date().toISOString(),
})

const problem = (status: number, code: string, more: object = {}) =>
  new Response(JSON.stringify({ code, status, reference: 'abcd2345', ...more }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })

type Handler = (init: RequestInit) => Response | Promise<Response>

/** A server by path; what has no handler fails the test. */
function createWorld(handlers: Record<string, Handler>) {
  const calls: string[] = []
  const bodies: unknown[] = []
  const opened: string[] = []
  const sent: TabMessage[] = []
  let hear: (message: TabMessage) => void = () => undefined
  const queue: Record<string, Promise<unknown>> = {}
  const tabs: Tabs = {
    exclusively(name, work) {
      const result = (queue[name] ?? Promise.resolve()).then(work, work)
      queue[name] = result
      return result
    },
    send: (message) => void sent.push(message),
    listen: (listener) => void (hear = listener),
  }
  const connect: Connect = createConnect({
    tabs,
    navigate: (url) => void opened.push(url),
    async fetch(input, init = {}) {
      const path = input instanceof Request ? input.url : input.toString()
      calls.push(`${init.method ?? 'GET'} ${path}`)
      bodies.push(typeof init.body === 'string' ? JSON.parse(init.body) : undefined)
      const headers = new Headers(init.headers)
      if (headers.get('X-CSRF') !== '1') throw new Error(`${path} without X-CSRF`)
      const handler = handlers[path]
      if (handler === undefined) throw new Error(`no handler for ${path}`)
      return handler(init)
    },
  })
  return {
    connect,
    tabs,
    calls,
    bodies,
    opened,
    sent,
    hear: (message: TabMessage) => hear(message),
  }
}

/** An answer that comes when it is told to. */
function held(answer: () => Response) {
  let give = () => undefined as void
  const given = new Promise<void>((resolve) => (give = resolve))
  const handler: Handler = ({ signal }) =>
    new Promise((resolve, reject) => {
      void given.then(() => resolve(answer()))
      if (signal?.aborted) reject(signal.reason as Error)
      signal?.addEventListener('abort', () => reject(signal.reason as Error))
    })
  return { handler, give: () => give() }
}

const authorize: Handler = (init) => {
  const { code_challenge: challenge } = JSON.parse(init.body as string) as {
    code_challenge: string
  }
  expect(challenge).toMatch(/^[\w-]{43}$/)
  return Response.json({
    authorization_url: `${POLAR}/oauth2/authorize?state=the-state`,
    state: 'the-state',
    expires_at: new Date().toISOString(),
  })
}

beforeEach(() => {
  sessionStorage.clear()
  history.replaceState(null, '', '/')
  globalThis.__polarConnectSession = undefined
})
afterEach(() => void vi.useRealTimers())

describe('connecting', () => {
  it('leaves for Polar once, however often the button is pressed', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(anonymous()),
      '/bff/authorize': authorize,
    })
    await Promise.all([world.connect.connect(), world.connect.connect()])
    expect(world.opened).toEqual([`${POLAR}/oauth2/authorize?state=the-state`])
    expect(world.calls).toEqual(['GET /bff/session', 'POST /bff/authorize'])
  })

  it.each([
    'https://evil.example/oauth2/authorize',
    `${POLAR}/elsewhere`,
    'javascript:alert(1)',
    'not an address',
  ])('S19: does not go to %s', async (url) => {
    const world = createWorld({
      '/bff/session': () => Response.json(anonymous()),
      '/bff/authorize': () => Response.json({ authorization_url: url, state: 's' }),
    })
    await expect(world.connect.connect()).rejects.toMatchObject({
      code: 'authorization_url_refused',
    })
    expect(world.opened).toEqual([])
    expect(sessionStorage.length).toBe(0)
  })

  it('says when the server cannot be reached, and tries anew at the next press', async () => {
    let down = true
    const world = createWorld({
      '/bff/session': () => {
        if (down) throw new TypeError('network')
        return Response.json(anonymous())
      },
      '/bff/authorize': authorize,
    })
    await expect(world.connect.connect()).rejects.toMatchObject({ code: 'server_unreachable' })
    expect(world.connect.getState().status).toBe('unreachable')
    down = false
    await world.connect.connect()
    expect(world.opened).toHaveLength(1)
  })

  it('takes over the session call that the page has started', async () => {
    globalThis.__polarConnectSession = Promise.resolve(Response.json(anonymous()))
    const world = createWorld({ '/bff/session': () => Response.json(session(0)) })
    expect((await world.connect.check()).status).toBe('disconnected')
    expect(world.calls).toEqual([])
    expect((await world.connect.check()).status).toBe('connected')
  })

  it('says that the server is not there when it answers half, or not in time', async () => {
    let answer: Handler = () => new Response('{"authenticated":')
    const world = createWorld({ '/bff/session': (init) => answer(init) })
    expect((await world.connect.check()).status).toBe('unreachable')
    answer = () => Response.json(anonymous())
    expect((await world.connect.check()).status).toBe('disconnected')
    const limit = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal)
    answer = held(() => Response.json(anonymous())).handler
    const failed = world.connect.refresh().catch((cause: unknown) => cause)
    limit.abort()
    expect(await failed).toMatchObject({ code: 'server_unreachable' })
    timeout.mockRestore()
  })
})

describe('the callback', () => {
  /** A tab that has left for Polar from `from`. */
  async function begun(from: string, callback: Handler, after = session(0)) {
    let current = anonymous()
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      '/bff/authorize': authorize,
      '/bff/callback': async (init) => {
        const answer = await callback(init)
        if (answer.ok) current = after
        return answer
      },
    })
    history.replaceState(null, '', from)
    await world.connect.connect()
    return world
  }
  const success: Handler = () => Response.json({ session: session(0) })

  it('S10, S12: is exchanged once, with a clean address and an empty storage', async () => {
    const seen: unknown[] = []
    const world = await begun('/orders?page=2#top', (init) => {
      seen.push(location.href, sessionStorage.getItem('polar-connect:pending'))
      return success(init)
    })
    history.replaceState(null, '', '/auth/callback?code=c&state=the-state')
    const outcomes = await Promise.all([
      world.connect.completeCallback(),
      world.connect.completeCallback(),
    ])
    expect(outcomes[0]).toEqual({ status: 'connected', returnPath: '/orders?page=2#top' })
    expect(outcomes[1]).toBe(outcomes[0])
    expect(seen).toEqual([`${location.origin}/auth/callback`, null])
    expect(world.calls.filter((call) => call.includes('/bff/callback'))).toHaveLength(1)
    expect(world.bodies.at(-2)).toMatchObject({ code: 'c', state: 'the-state' })
    expect(world.sent).toMatchObject([{ type: 'abort' }, { type: 'abort' }, { type: 'session' }])
  })

  it.each([
    ['/auth/callback', 'missing_code'],
    ['/auth/callback?state=the-state', 'missing_code'],
    ['/auth/callback?code=c', 'state_mismatch'],
    ['/auth/callback?code=c&state=other', 'state_mismatch'],
  ])('of %s fails with %s, and asks nobody', async (address, code) => {
    const world = await begun('/', success)
    history.replaceState(null, '', address)
    const outcome = await world.connect.completeCallback()
    expect(outcome).toMatchObject({ status: 'failed', error: { code } })
    expect(world.calls).not.toContain('POST /bff/callback')
  })

  it('in a tab that began nothing goes on to the app where a session lives', async () => {
    const world = createWorld({ '/bff/session': () => Response.json(session(0)) })
    history.replaceState(null, '', '/auth/callback?code=c&state=the-state')
    expect(await world.connect.completeCallback()).toEqual({ status: 'already_connected' })
  })

  it('with an error is told to the server, and its words count for our own state alone', async () => {
    const refused: Handler = () => problem(400, 'authorization_error', { error: 'access_denied' })
    const world = await begun('/orders', refused)
    history.replaceState(
      null,
      '',
      '/auth/callback?error=access_denied&error_description=Said+no&state=the-state' +
        '&error_uri=https://polar.example/why&iss=https://api.polar.example',
    )
    expect(await world.connect.completeCallback()).toMatchObject({
      status: 'failed',
      retry: { returnPath: '/orders' },
      error: { code: 'authorization_error.access_denied', details: { description: 'Said no' } },
    })
    expect(world.bodies.at(-1)).toEqual({
      error: 'access_denied',
      error_description: 'Said no',
      error_uri: 'https://polar.example/why',
      state: 'the-state',
      iss: 'https://api.polar.example',
    })
    const stray = createWorld({
      '/bff/session': () => Response.json(anonymous()),
      '/bff/callback': () => problem(400, 'transaction_missing'),
    })
    history.replaceState(null, '', '/auth/callback?error=x&error_description=Call+us&state=s')
    const outcome = await stray.connect.completeCallback()
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'transaction_missing' } })
    expect(JSON.stringify(outcome)).not.toContain('Call us')
  })

  it('is given up after twenty seconds, with nothing connected', async () => {
    const clock = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(clock.signal)
    const answer = held(() => Response.json({ session: session(0) }))
    const world = await begun('/orders', (init) => {
      clock.abort(new DOMException('too long', 'TimeoutError'))
      return answer.handler(init)
    })
    history.replaceState(null, '', '/auth/callback?code=c&state=the-state')
    expect(await world.connect.completeCallback()).toMatchObject({
      status: 'failed',
      error: { code: 'exchange_timeout' },
      retry: { returnPath: '/orders' },
    })
    expect(timeout).toHaveBeenCalledWith(20_000)
    timeout.mockRestore()
  })

  it('says when the browser dropped the cookie', async () => {
    const world = await begun('/', success, anonymous())
    history.replaceState(null, '', '/auth/callback?code=c&state=the-state')
    expect(await world.connect.completeCallback()).toMatchObject({
      error: { code: 'cookies_blocked' },
    })
  })
})

describe('a call', () => {
  const api = '/bff/api/v1/products/'

  it('S39: refreshes first when less than a minute is left, once for all of them', async () => {
    let current = session(0, { left: 59 })
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      '/bff/refresh': () => Response.json({ session: (current = session(1)) }),
      [api]: () => Response.json([]),
    })
    await world.connect.check()
    await Promise.all([1, 2, 3].map(() => world.connect.fetch(api)))
    expect(world.calls.filter((call) => call === 'POST /bff/refresh')).toHaveLength(1)
    expect(world.connect.getState()).toMatchObject({ connection: { generation: 1 } })
  })

  it('does not refresh what another tab has refreshed', async () => {
    let current = session(0, { left: 59 })
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      [api]: () => Response.json([]),
    })
    await world.connect.check()
    current = session(1)
    await world.connect.fetch(api)
    expect(world.calls).toEqual(['GET /bff/session', 'GET /bff/session', `GET ${api}`])
  })

  it('is made once more where a newer generation than the refused one is there', async () => {
    let current = session(0)
    let refusals = 1
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      [api]: () => {
        if (refusals-- <= 0) return Response.json(['fine'])
        current = session(1)
        return problem(401, 'reauthorization_required', { generation: 0 })
      },
    })
    await world.connect.check()
    expect(await (await world.connect.fetch(api)).json()).toEqual(['fine'])
    expect(world.connect.getState().status).toBe('connected')
  })

  it('S41: ends the session where the refused generation is still the newest', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(3)),
      [api]: () => problem(401, 'reauthorization_required', { generation: 3 }),
    })
    await world.connect.check()
    const error = await world.connect.fetch(api).catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(ConnectError)
    expect(world.connect.getState()).toMatchObject({
      status: 'ended',
      connection: { generation: 3 },
    })
    await world.connect.check()
    expect(world.connect.getState().status).toBe('ended')
    world.hear({ type: 'session', session: session(0, { id: 'two' }) })
    expect(world.connect.getState()).toMatchObject({ status: 'connected', replaced: true })
  })

  it.each(['GET', 'POST'])(
    'by %s is sent again while Polar does not know a token that it just issued',
    async (method) => {
      let refusals = 2
      const world = createWorld({
        '/bff/session': () => Response.json(session(1, { age: 0 })),
        [api]: () =>
          refusals-- > 0 ? new Response(null, { status: 401 }) : Response.json(['fine']),
      })
      await world.connect.check()
      const answer = await world.connect.fetch(api, { method })
      expect(await answer.json()).toEqual(['fine'])
      expect(world.calls.filter((call) => call === `${method} ${api}`)).toHaveLength(3)
      expect(world.connect.getState().status).toBe('connected')
    },
  )

  it('is sent again after a refresh that the server made for it', async () => {
    let current = session(0)
    let refusals = 1
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      [api]: () => {
        if (refusals-- <= 0) return Response.json(['fine'])
        current = session(1, { age: 0 })
        return new Response(null, { status: 401 })
      },
    })
    await world.connect.check()
    expect(await (await world.connect.fetch(api)).json()).toEqual(['fine'])
  })

  it("returns Polar's 401 once the token is three seconds old, and the session lives", async () => {
    vi.useFakeTimers()
    const issued = Date.now()
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { age: (Date.now() - issued) / 1000 })),
      [api]: () => new Response(null, { status: 401 }),
    })
    await world.connect.check()
    const answer = world.connect.fetch(api)
    await vi.advanceTimersByTimeAsync(4500)
    const { status } = await answer
    expect(status).toBe(401)
    const { length } = world.calls
    await world.connect.fetch(api)
    expect(world.calls.slice(length)).toEqual([`GET ${api}`, 'GET /bff/session'])
    expect(world.connect.getState().status).toBe('connected')
  })

  it('stops asking again when it is given up', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { age: 0 })),
      [api]: () => new Response(null, { status: 401 }),
    })
    await world.connect.check()
    const stop = new AbortController()
    const call = world.connect.fetch(api, { signal: stop.signal })
    await vi.waitFor(() => expect(world.calls).toContain(`GET ${api}`))
    stop.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })

  it("S41: reads nothing into the 401 of the app's own route", async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { age: 0 })),
      '/reports': () => new Response(null, { status: 401 }),
    })
    await world.connect.check()
    expect((await world.connect.fetch('/reports')).status).toBe(401)
    expect(world.calls).toEqual(['GET /bff/session', 'GET /reports'])
  })

  it('leaves what Polar answered as it is', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      [api]: () => new Response('', { status: 403 }),
    })
    await world.connect.check()
    expect((await world.connect.fetch(api)).status).toBe(403)
  })

  it('is given up when another tab signs in or out', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      [api]: ({ signal }) =>
        new Promise((_, reject) =>
          signal?.addEventListener('abort', () => reject(signal.reason as Error)),
        ),
    })
    await world.connect.check()
    const call = world.connect.fetch(api)
    await vi.waitFor(() => expect(world.calls).toContain(`GET ${api}`))
    world.hear({ type: 'abort' })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('a write', () => {
  const api = '/bff/api/v1/checkouts/'
  const write = (connect: Connect) => connect.fetch(api, { method: 'POST', body: '{}' })
  const writes = (calls: readonly string[]) => calls.filter((call) => call === `POST ${api}`).length

  it.each([
    ['whose answer is lost', () => Promise.reject(new TypeError('reset')), 'server_unreachable'],
    ['that failed on the way', () => problem(503, 'polar_unavailable'), 'polar_unavailable'],
    ['that broke the server', () => problem(500, 'internal'), 'internal'],
    ['of a script in a hurry', () => problem(429, 'rate_limited'), 'rate_limited'],
  ])('S45: %s is not sent again', async (_, handler, code) => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      [api]: handler,
    })
    await world.connect.check()
    await expect(write(world.connect)).rejects.toMatchObject({ code })
    expect(writes(world.calls)).toBe(1)
  })

  it.each([500, 502, 401])('S45: nor is one that Polar answered with %i', async (status) => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      [api]: () => new Response(null, { status }),
    })
    await world.connect.check()
    expect((await write(world.connect)).status).toBe(status)
    expect(writes(world.calls)).toBe(1)
  })

  it('S45: refused before anything was done is sent once more, and not a third time', async () => {
    let generation = 0
    const world = createWorld({
      '/bff/session': () => Response.json(session((generation += 1))),
      [api]: () => problem(401, 'reauthorization_required', { generation: generation - 1 }),
    })
    await world.connect.check()
    await expect(write(world.connect)).rejects.toMatchObject({ code: 'reauthorization_required' })
    expect(writes(world.calls)).toBe(2)
  })

  it('S54: begun for one account is not sent for another, however long it waited', async () => {
    const { handler, give } = held(() => Response.json({ session: session(1) }))
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { left: 30 })),
      '/bff/refresh': handler,
      [api]: () => Response.json({}),
    })
    await world.connect.check()
    const begun = write(world.connect)
    await vi.waitFor(() => expect(world.calls).toContain('POST /bff/refresh'))
    world.hear({ type: 'session', session: session(0, { id: 'two' }) })
    give()
    await expect(begun).rejects.toMatchObject({ name: 'AbortError' })
    expect(writes(world.calls)).toBe(0)
  })

  it('S54: is not repeated for another account that nobody told of', async () => {
    let current = session(5)
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      [api]: () => {
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

  it('S54: waits while another tab signs in or out, and goes by what came of it', async () => {
    const { handler, give } = held(() => Response.json(session(0, { id: 'two' })))
    let answer: Handler = () => Response.json(session(0))
    const world = createWorld({
      '/bff/session': (init) => answer(init),
      [api]: () => Response.json({}),
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

describe('a refused generation', () => {
  const api = '/bff/api/v1/products/'

  it('S41: is not judged by what the page asked for before it', async () => {
    globalThis.__polarConnectSession = Promise.resolve(Response.json(session(0)))
    const world = createWorld({
      '/bff/session': () => Response.json(session(1)),
      [api]: () =>
        world.calls.length < 2
          ? problem(401, 'reauthorization_required', { generation: 0 })
          : Response.json([]),
    })
    expect((await world.connect.fetch(api)).status).toBe(200)
    expect(world.connect.getState().status).toBe('connected')
  })

  it('S41: ends nothing when it was refused to a refresh that came second', async () => {
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

  it('S41: is not believed while the session cannot be read', async () => {
    let down = false
    const world = createWorld({
      '/bff/session': () => {
        if (down) throw new TypeError('network')
        return Response.json(session(0))
      },
      [api]: () => {
        down = true
        return problem(401, 'reauthorization_required', { generation: 0 })
      },
    })
    await world.connect.check()
    await expect(world.connect.fetch(api)).rejects.toMatchObject({ code: 'server_unreachable' })
    expect(world.connect.getState().status).toBe('connected')
  })
})

describe('refreshing', () => {
  it('is over for a tab that was told while it waited', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { left: 30 })),
      '/bff/api/v1/products/': () => Response.json([]),
    })
    await world.connect.check()
    // Another tab has the lock.
    const lock = world.tabs.exclusively('session', async () => {
      await world.connect.check()
      world.hear({ type: 'session', session: session(1) })
    })
    await world.connect.fetch('/bff/api/v1/products/')
    await lock
    expect(world.calls).toEqual([
      'GET /bff/session',
      'GET /bff/session',
      'GET /bff/api/v1/products/',
    ])
  })

  it('by hand works before anything else was asked', async () => {
    let current = session(3)
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      '/bff/refresh': () => Response.json({ session: (current = session(4)) }),
    })
    await world.connect.refresh()
    expect(world.connect.getState()).toMatchObject({ connection: { generation: 4 } })
  })

  it('by hand in two tabs at once is one', async () => {
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

  it.each([-7, 7])('goes by the clock of the server on a laptop %i hours off', async (hours) => {
    const skew = hours * 3_600_000
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: now + skew })
    let left = 61
    const world = createWorld({
      '/bff/session': () => Response.json(session(0, { left, now })),
      '/bff/refresh': () => Response.json({ session: session(1, { now }) }),
      '/bff/api/v1/products/': () => Response.json([]),
    })
    await world.connect.check()
    expect(world.connect.serverNow()).toBe(now)
    await world.connect.fetch('/bff/api/v1/products/')
    expect(world.calls).not.toContain('POST /bff/refresh')
    vi.advanceTimersByTime(2000)
    left = 59
    await world.connect.fetch('/bff/api/v1/products/')
    expect(world.calls).toContain('POST /bff/refresh')
  })
})

describe('a pause', () => {
  const api = '/bff/api/v1/products/'
  const from = (refusal: () => Response) => {
    let answer = refusal
    const world = createWorld({
      '/bff/session': () => Response.json(session(0)),
      '/bff/health': () => Response.json({ status: 'ok' }),
      [api]: () => answer(),
    })
    return Object.assign(world, { recover: () => (answer = () => Response.json([])) })
  }

  it.each([
    ['Polar', 'polar_rate_limited', () => new Response(null, { status: 429 })],
    ['the server', 'rate_limited', () => problem(429, 'rate_limited', { retry_after: 30 })],
  ])('that %s asked for holds back what follows, and is told', async (_, code, refusal) => {
    const world = from(refusal)
    await world.connect.check()
    let told = 0
    world.connect.subscribe(() => (told += 1))
    await Promise.allSettled([1, 2, 3].map(() => world.connect.fetch(api)))
    const { length } = world.calls
    await expect(world.connect.fetch(api)).rejects.toMatchObject({
      code,
      details: { retryAfterSeconds: 30 },
    })
    expect(world.calls).toHaveLength(length)
    expect(told).toBe(1)
    const pause = world.connect.getPause()
    expect(pause?.until).toBeGreaterThan(world.connect.serverNow() + 29_000)
    expect(world.sent).toEqual([{ type: 'pause', pause }])
    expect(world.connect.getPause()).toBe(pause)
    expect((await world.connect.fetch('/bff/health')).status).toBe(200)
  })

  it('that another tab was asked for holds here, and ends', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout'] })
    const world = from(() => Response.json([]))
    await world.connect.check()
    const until = world.connect.serverNow() + 12_000
    const pause = { code: 'rate_limited', until, spreadMs: 3000 } as const
    world.hear({ type: 'pause', pause })
    await expect(world.connect.fetch(api)).rejects.toMatchObject({
      details: { retryAfterSeconds: 12 },
    })
    vi.advanceTimersByTime(12_000)
    expect(world.connect.getPause()).toBeUndefined()
    const late = world.connect.fetch(api)
    await vi.advanceTimersByTimeAsync(3000)
    expect((await late).status).toBe(200)
  })

  it('that begins anew stops those that were about to come back', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout'] })
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((octets) => {
      if (octets instanceof Uint8Array) octets.fill(255)
      return octets
    })
    const world = from(() => Response.json([]))
    await world.connect.check()
    const now = world.connect.serverNow()
    world.hear({ type: 'pause', pause: { code: 'rate_limited', until: now - 1, spreadMs: 3000 } })
    const late = world.connect.fetch(api).catch((cause: unknown) => cause)
    await vi.advanceTimersByTimeAsync(0)
    const pause = { code: 'polar_rate_limited', until: now + 60_000, spreadMs: 0 } as const
    world.hear({ type: 'pause', pause })
    await vi.advanceTimersByTimeAsync(3000)
    expect(await late).toMatchObject({ code: 'polar_rate_limited' })
    vi.restoreAllMocks()
  })
})

describe('a page that comes back', () => {
  const fire = (type: string, persisted: boolean) =>
    dispatchEvent(Object.assign(new Event(type), { persisted }))

  it('S54: out of the cache of the browser shows nothing that it did not ask for', async () => {
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

  it('S54: does not take what it asked for before it left', async () => {
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

  it('does not take for its own a failure of before it left', async () => {
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

  it('from offline looks again', async () => {
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

  it('after a day asleep goes by the newest it was told, not by the last', async () => {
    const world = createWorld({ '/bff/session': () => Response.json(session(20)) })
    await world.connect.check()
    // What waited for it, in the order in which it was sent.
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
  it('S54: is believed rather than what was asked for before it spoke', async () => {
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

  it('that only says that something changed makes this one look', async () => {
    let current = session(0)
    const world = createWorld({ '/bff/session': () => Response.json(current) })
    await world.connect.check()
    current = anonymous()
    world.hear({ type: 'changed' })
    await vi.waitFor(() =>
      expect(world.connect.getState()).toMatchObject({ status: 'disconnected', elsewhere: true }),
    )
  })

  it('S54: that dies while it logs out leaves this one knowing what came of it', async () => {
    let current = session(0)
    const world = createWorld({ '/bff/session': () => Response.json(current) })
    await world.connect.check()
    current = anonymous()
    world.hear({ type: 'abort' })
    await vi.waitFor(() => expect(world.connect.getState().status).toBe('disconnected'))
  })

  it('that connects another account is said to have, until the page is loaded anew', async () => {
    const world = createWorld({ '/bff/session': () => Response.json(session(0, { id: 'two' })) })
    world.hear({ type: 'session', session: session(0) })
    await world.connect.check()
    world.hear({ type: 'session', session: session(0) })
    world.hear({ type: 'session', session: session(0, { id: 'two' }) })
    expect(world.connect.getState()).toMatchObject({ replaced: true })
    await world.connect.check()
    expect(world.connect.getState()).toMatchObject({ replaced: true })
  })

  it('that logs out ends the session here, and it is said why', async () => {
    const world = createWorld({ '/bff/session': () => Response.json(session(0)) })
    await world.connect.check()
    world.hear({ type: 'session', session: anonymous() })
    expect(world.connect.getState()).toMatchObject({ status: 'disconnected', elsewhere: true })
  })

  it('never takes this one back to an older generation', async () => {
    const world = createWorld({ '/bff/session': () => Response.json(session(5)) })
    await world.connect.check()
    world.hear({ type: 'session', session: session(4) })
    expect(world.connect.getState()).toMatchObject({ connection: { generation: 5 } })
  })
})

describe('logging out', () => {
  it('tells the others to give up first, and then that it is over', async () => {
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
})
