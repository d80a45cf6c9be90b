// @vitest-environment jsdom
import type { SessionAnswer } from '@polar-connect/protocol'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  anonymous,
  authorize,
  createWorld,
  held,
  problem,
  session,
  type Handler,
  type World,
} from '../testing/world.ts'

beforeEach(() => {
  sessionStorage.clear()
  history.replaceState(null, '', '/')
})

/** A tab that left for Polar from `from`. After the answer `callback`, the session is `after`. */
async function begun(from: string, callback: Handler, after = session(0)): Promise<World> {
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

const returnWith = (search: string) => history.replaceState(null, '', `/auth/callback${search}`)
const success: Handler = () => Response.json({ session: session(0) })

describe('the callback', () => {
  it('S12: is exchanged once, even if the page mounts again', async () => {
    const world = await begun('/orders?page=2#top', success)
    returnWith('?code=c&state=the-state')
    const outcomes = await Promise.all([
      world.connect.completeCallback(),
      world.connect.completeCallback(),
    ])
    expect(outcomes[0]).toEqual({ status: 'connected', returnPath: '/orders?page=2#top' })
    expect(outcomes[1]).toBe(outcomes[0])
    expect(world.calls.filter((call) => call.includes('/bff/callback'))).toHaveLength(1)
    expect(world.bodies.at(-2)).toMatchObject({ code: 'c', state: 'the-state' })
    expect(world.sent).toMatchObject([{ type: 'abort' }, { type: 'abort' }, { type: 'session' }])
  })

  it('that has an error ends no call of another tab: anyone can write such a link', async () => {
    const world = await begun('/', () => problem(400, 'authorization_error'))
    returnWith('?error=access_denied')
    expect((await world.connect.completeCallback()).status).toBe('failed')
    expect(world.sent.filter(({ type }) => type === 'abort')).toEqual([])
  })

  it('S10: removes the verifier from the storage before it sends it', async () => {
    const kept: unknown[] = []
    const world = await begun('/', (init) => {
      kept.push(sessionStorage.getItem('polar-connect:sign-in'))
      return success(init)
    })
    returnWith('?code=c&state=the-state')
    await world.connect.completeCallback()
    expect(kept).toEqual([JSON.stringify({ state: 'the-state' })])
  })

  it('S47: removes the code from the address before it sends it', async () => {
    const addresses: string[] = []
    const world = await begun('/', (init) => {
      addresses.push(location.href)
      return success(init)
    })
    returnWith('?code=c&state=the-state')
    await world.connect.completeCallback()
    expect(addresses).toEqual([`${location.origin}/auth/callback`])
  })

  it.each([
    ['', 'missing_code'],
    ['?state=the-state', 'missing_code'],
    ['?code=c', 'state_mismatch'],
    ['?code=c&state=other', 'state_mismatch'],
  ])('with "%s" fails with %s, and sends no request', async (search, code) => {
    const world = await begun('/', success)
    returnWith(search)
    const outcome = await world.connect.completeCallback()
    expect(outcome).toMatchObject({ status: 'failed', error: { code } })
    expect(world.calls).not.toContain('POST /bff/callback')
  })

  it('S12: in a tab that began no sign-in leads to the app if there is a session', async () => {
    const world = createWorld({ '/bff/session': () => Response.json(session(0)) })
    returnWith('?code=c&state=the-state')
    expect(await world.connect.completeCallback()).toEqual({ status: 'already_connected' })
  })

  it('with an error posts all of it, and shows its text only for a state of this tab', async () => {
    const refused: Handler = () => problem(400, 'authorization_error', { error: 'access_denied' })
    const world = await begun('/orders', refused)
    returnWith(
      '?error=access_denied&error_description=Said+no&state=the-state' +
        '&error_uri=https://polar.example/why&iss=https://api.polar.example',
    )
    expect(await world.connect.completeCallback()).toMatchObject({
      status: 'failed',
      retry: { returnPath: '/orders' },
      error: { code: 'authorization_error.access_denied', details: { description: 'Said no' } },
    })
    expect(world.bodies[world.calls.indexOf('POST /bff/callback')]).toEqual({
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
    returnWith('?error=x&error_description=Call+us&state=s')
    const outcome = await stray.connect.completeCallback()
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'transaction_missing' } })
    expect(JSON.stringify(outcome)).not.toContain('Call us')
  })

  it('times out after twenty seconds', async () => {
    const clock = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(clock.signal)
    const answer = held(() => Response.json({ session: session(0) }))
    const world = await begun('/orders', (init) => {
      clock.abort(new DOMException('too long', 'TimeoutError'))
      return answer.handler(init)
    })
    returnWith('?code=c&state=the-state')
    expect(await world.connect.completeCallback()).toMatchObject({
      status: 'failed',
      error: { code: 'exchange_timeout' },
      retry: { returnPath: '/orders' },
    })
    expect(timeout).toHaveBeenCalledWith(20_000)
    timeout.mockRestore()
  })

  it.each(['not JSON', 'null', '7', '[]'])(
    'finds no sign-in if the storage of the tab has %j',
    async (kept) => {
      const world = await begun('/', success)
      sessionStorage.setItem('polar-connect:sign-in', kept)
      returnWith('?code=c&state=the-state')
      expect(await world.connect.completeCallback()).toMatchObject({
        status: 'failed',
        error: { code: 'transaction_missing' },
        retry: { returnPath: '/' },
      })
    },
  )

  it('does not reject if a listener of the app throws', async () => {
    const world = await begun('/orders', success)
    const fault = new TypeError('a fault of the page')
    const unsubscribe = world.connect.subscribe(() => {
      throw fault
    })
    returnWith('?code=c&state=the-state')
    const outcome = await world.connect.completeCallback()
    // Test files share a window, whose events this client goes on hearing.
    unsubscribe()
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'unknown' },
      retry: { returnPath: '/orders' },
    })
    expect(outcome).toHaveProperty('error.cause', fault)
  })

  it('fails with cookies_blocked if the browser dropped the cookie', async () => {
    const world = await begun('/', success, anonymous())
    returnWith('?code=c&state=the-state')
    expect(await world.connect.completeCallback()).toMatchObject({
      error: { code: 'cookies_blocked' },
    })
  })
})

describe('a callback page that is opened again', () => {
  it.each(['reloaded', 'reached by Back'])(
    'and is %s counts as used, without a session',
    async () => {
      const world = await begun('/', () => Promise.reject(new TypeError('the page is left')))
      returnWith('?code=c&state=the-state')
      await world.connect.completeCallback()
      // In WebKit, the page that is left can change its history entry, so a mark in it could be lost.
      returnWith('')
      const again = createWorld({ '/bff/session': () => Response.json(anonymous()) })
      expect(await again.connect.completeCallback()).toMatchObject({
        error: { code: 'callback_replayed' },
      })
    },
  )

  it('is incomplete if this tab began another sign-in since', async () => {
    const world = await begun('/', success)
    returnWith('?code=c&state=the-state')
    await world.connect.completeCallback()
    await world.connect.connect()
    returnWith('')
    const again = createWorld({ '/bff/session': () => Response.json(anonymous()) })
    expect(await again.connect.completeCallback()).toMatchObject({
      error: { code: 'missing_code' },
    })
  })
})

describe('a callback whose answer is lost', () => {
  const lost: readonly (readonly [string, () => Promise<Response>])[] = [
    ['the connection broke', () => Promise.reject(new TypeError('network'))],
    ['half of it arrived', async () => new Response('{"session":')],
    ['a proxy gave up', async () => new Response('Gateway timeout', { status: 504 })],
    ['a captive portal sent an object', async () => Response.json({})],
    ['a captive portal sent null', async () => Response.json(null)],
  ]

  /** The session changes from `before` to `after`, and the server sends `answer`. */
  async function lose(answer: () => Promise<Response>, after: SessionAnswer, before = anonymous()) {
    let current = before
    const world = createWorld({
      '/bff/session': () => Response.json(current),
      '/bff/authorize': authorize,
      '/bff/callback': () => {
        current = after
        return answer()
      },
    })
    history.replaceState(null, '', '/orders')
    await world.connect.connect()
    returnWith('?code=c&state=the-state')
    return { world, outcome: await world.connect.completeCallback() }
  }

  it.each(lost)('succeeded if there is a new session: %s', async (_, answer) => {
    const { world, outcome } = await lose(answer, session(0))
    expect(outcome).toEqual({ status: 'connected', returnPath: '/orders' })
    expect(world.connect.getState().status).toBe('connected')
  })

  it.each(lost)('failed if there is no session: %s', async (_, answer) => {
    const { outcome } = await lose(answer, anonymous())
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'server_unreachable' },
      retry: { returnPath: '/orders' },
    })
  })

  it('failed if there is only the earlier session', async () => {
    const { outcome } = await lose(
      () => Promise.reject(new TypeError('network')),
      session(3),
      session(3),
    )
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'server_unreachable' } })
  })

  it('succeeded if it replaced the earlier session', async () => {
    const { outcome } = await lose(
      () => Promise.reject(new TypeError('network')),
      session(0, { id: 'two' }),
      session(3),
    )
    expect(outcome).toEqual({ status: 'connected', returnPath: '/orders' })
  })

  it('succeeded if only the check of the cookie found no server', async () => {
    let down = false
    const world = createWorld({
      '/bff/session': () => {
        if (down) throw new TypeError('network')
        return Response.json(anonymous())
      },
      '/bff/authorize': authorize,
      '/bff/callback': () => {
        down = true
        return Response.json({ session: session(0) })
      },
    })
    await world.connect.connect()
    returnWith('?code=c&state=the-state')
    expect(await world.connect.completeCallback()).toMatchObject({ status: 'connected' })
  })
})
