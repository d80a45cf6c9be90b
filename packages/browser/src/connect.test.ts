// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { createBrowserPolar } from './polar.ts'
import { anonymous, authorize, createWorld, session } from './testing/world.ts'

describe('a client of an app with its own paths', () => {
  const options = { basePath: '/api/polar', callbackPath: '/connected' }

  it('makes every call below the base path', async () => {
    let current = anonymous()
    const world = createWorld(
      {
        '/api/polar/session': () => Response.json(current),
        '/api/polar/authorize': authorize,
        '/api/polar/callback': () => Response.json({ session: (current = session(0)) }),
        '/api/polar/refresh': () => Response.json({ session: (current = session(1)) }),
        '/api/polar/api/v1/products/some': () => Response.json({ id: 'some' }),
        '/api/polar/logout': () => {
          current = anonymous()
          return Response.json({ revoked: true })
        },
      },
      options,
    )
    await world.connect.connect({ returnPath: '/orders' })
    history.replaceState(null, '', '/connected?code=c&state=the-state')
    expect(await world.connect.completeCallback()).toMatchObject({ status: 'connected' })
    await world.connect.refresh()
    const polar = createBrowserPolar(world.connect)
    expect(await polar.products.get('some')).toMatchObject({ id: 'some' })
    expect(await world.connect.logout()).toEqual({ revoked: true })
  })

  it('respects a pause below the base path', async () => {
    const path = '/api/polar/api/v1/products/'
    const world = createWorld(
      {
        '/api/polar/session': () => Response.json(session(0)),
        [path]: () => new Response(null, { status: 429 }),
      },
      options,
    )
    await world.connect.check()
    await world.connect.fetch(path)
    await expect(world.connect.fetch(path)).rejects.toMatchObject({ code: 'polar_rate_limited' })
  })

  it('does not return to the callback page', async () => {
    const world = createWorld(
      { '/api/polar/session': () => Response.json(anonymous()), '/api/polar/authorize': authorize },
      options,
    )
    await world.connect.connect({ returnPath: '/connected?code=old' })
    expect(sessionStorage.getItem('polar-connect:sign-in')).toContain('"returnPath":"/"')
  })
})

describe('a client', () => {
  it('does not touch the page before its first use', () => {
    const before = globalThis.addEventListener
    globalThis.addEventListener = () => {
      throw new Error('too early')
    }
    expect(() => createWorld({})).not.toThrow()
    globalThis.addEventListener = before
  })
})
