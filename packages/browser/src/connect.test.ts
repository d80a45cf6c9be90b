// @vitest-environment jsdom
/** The browser half before a server that is scripted by the contract. */
import type { Connection, SessionAnswer } from '@polar-connect/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { createConnect, type Connect } from './connect.ts'
import { ConnectError } from './errors.ts'
import type { TabMessage, Tabs } from './tabs.ts'

const POLAR = 'https://polar.example'
const server = { name: 'custom', origin: POLAR } as const

function session(generation: number, options: { id?: string; left?: number } = {}): SessionAnswer {
  const { id = 'one', left = 3600 } = options
  const now = Date.now()
  const connection: Connection = {
    id,
    subject: { type: 'organization', id: 'org' },
    user: { id: 'user' },
    scopes: ['openid'],
    requested_scopes: ['openid'],
    connected_at: new Date(now).toISOString(),
    refreshed_at: new Date(now).toISOString(),
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
  const queue = {
    session: Promise.resolve() as Promise<unknown>,
    begin: Promise.resolve() as Promise<unknown>,
  }
  const tabs: Tabs = {
    exclusively(name, work) {
      const result = queue[name].then(work, work)
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
  return { connect, calls, bodies, opened, sent, hear: (message: TabMessage) => hear(message) }
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
    const world = createWorld({})
    expect((await world.connect.check()).status).toBe('disconnected')
    expect(world.calls).toEqual([])
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
    expect(world.sent).toMatchObject([{ type: 'abort' }, { type: 'session' }])
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
      '/auth/callback?error=access_denied&error_description=Said+no&state=the-state',
    )
    expect(await world.connect.completeCallback()).toMatchObject({
      status: 'failed',
      retry: { returnPath: '/orders' },
      error: { code: 'authorization_error.access_denied', details: { description: 'Said no' } },
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
    world.hear({ type: 'abort' })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('another tab', () => {
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
    expect(world.sent).toMatchObject([{ type: 'abort' }, { session: { authenticated: false } }])
    expect(world.connect.getState()).toMatchObject({ status: 'disconnected', elsewhere: false })
  })
})
