// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { anonymous, authorize, createWorld, POLAR } from '../testing/world.ts'

beforeEach(() => {
  sessionStorage.clear()
  history.replaceState(null, '', '/')
})

describe('connecting', () => {
  it('leaves for Polar once, even if the button is pressed again', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(anonymous()),
      '/bff/authorize': authorize,
    })
    await Promise.all([world.connect.connect(), world.connect.connect()])
    expect(world.opened).toEqual([`${POLAR}/oauth2/authorize?state=the-state`])
    expect(world.calls).toEqual(['GET /bff/session', 'POST /bff/authorize'])
  })

  it('sends the challenge and the options, and keeps verifier and return path', async () => {
    const world = createWorld({
      '/bff/session': () => Response.json(anonymous()),
      '/bff/authorize': authorize,
    })
    await world.connect.connect({ subject: 'user', prompt: 'none', returnPath: '/orders' })
    expect(world.bodies[1]).toEqual({
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
      subject: 'user',
      prompt: 'none',
    })
    expect(JSON.parse(sessionStorage.getItem('polar-connect:sign-in') ?? '')).toEqual({
      state: 'the-state',
      codeVerifier: expect.stringMatching(/^[\w-]{43}$/) as string,
      returnPath: '/orders',
      wishes: { subject: 'user' },
    })
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

  it('names the right address first, if this one is wrong and has no WebCrypto', async () => {
    vi.stubGlobal('crypto', {})
    const origin = 'https://app.example'
    const world = createWorld({
      '/bff/session': () => Response.json({ ...anonymous(), app_origin: origin }),
    })
    await expect(world.connect.connect()).rejects.toMatchObject({
      code: 'wrong_address',
      details: { origin },
    })
    vi.unstubAllGlobals()
  })

  it('fails if the server does not answer, and asks again at the next press', async () => {
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

  it.each(['null', 'throwing'])(
    'does not leave if the tab storage is %s, because it could not return',
    async (way) => {
      const storage = vi.spyOn(globalThis, 'sessionStorage', 'get')
      if (way === 'null') storage.mockReturnValue(null as unknown as Storage)
      else
        storage.mockImplementation(() => {
          throw new DOMException('The operation is insecure.', 'SecurityError')
        })
      const world = createWorld({
        '/bff/session': () => Response.json(anonymous()),
        '/bff/authorize': authorize,
      })
      await expect(world.connect.connect()).rejects.toMatchObject({ code: 'storage_blocked' })
      expect(world.opened).toEqual([])
      storage.mockRestore()
    },
  )

  it('fails with insecure_context on a page without WebCrypto', async () => {
    vi.stubGlobal('crypto', undefined)
    const world = createWorld({ '/bff/session': () => Response.json(anonymous()) })
    await expect(world.connect.connect()).rejects.toMatchObject({ code: 'insecure_context' })
    expect(world.calls).toEqual(['GET /bff/session'])
    vi.unstubAllGlobals()
  })
})
