// @vitest-environment jsdom
/** The official SDK in the browser, through a real BFF, against the emulator. */
import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import { createBff, createKeyRing, polarServer, systemTime } from '@polar-connect/bff'
import { describe, expect, it } from 'vitest'
import { createConnect, type Connect } from './connect.ts'
import { createBrowserPolar } from './polar.ts'

// jsdom replaces `Uint8Array`, but the BFF's sealing needs Node's.
globalThis.Uint8Array = new TextEncoder().encode().constructor as Uint8ArrayConstructor

const POLAR = 'http://127.0.0.1:4567'
const ACME = '1dbfc517-0bbf-4301-9ba8-555ca42b9731'
const SECRET = 'q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng'

/** A tab of an app at jsdom's origin, with a cookie jar for the BFF. */
async function openApp() {
  const emulator = createEmulator({ redirectUris: [`${location.origin}/auth/callback`] })
  const bff = createBff({
    clientId: DEFAULT_CLIENT_ID,
    clientSecret: DEFAULT_CLIENT_SECRET,
    server: polarServer(POLAR),
    appOrigin: location.origin,
    keys: await createKeyRing([SECRET]),
    time: { ...systemTime, now: () => emulator.clock.now() },
    upstream: (url, { method, headers, body, signal }) =>
      emulator.fetch(new Request(url, { method, headers, signal, ...(body && { body }) })),
  })
  const cookies = new Map<string, string>()
  let left = ''
  const connect: Connect = createConnect({
    navigate: (url) => void (left = url),
    async fetch(input, { signal: _signal, ...init } = {}) {
      const headers = new Headers(init.headers)
      headers.set('Origin', location.origin)
      headers.set('Cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
      const path = input instanceof Request ? input.url : input.toString()
      const answer = await bff.fetch(new Request(location.origin + path, { ...init, headers }))
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        cookies.set(name, value)
      }
      return answer
    },
  })
  return {
    emulator,
    connect,
    /** Goes to Polar, presses *Authorize*, and comes back. */
    async signIn(scopes: readonly string[]) {
      await connect.connect({ scopes, returnPath: '/checkouts' })
      const { search } = new URL(left)
      const body = new URLSearchParams({ action: 'allow', organizations: ACME })
      const consent = new Request(`${POLAR}/v1/oauth2/consent${search}`, { method: 'POST', body })
      const back = new URL((await emulator.fetch(consent)).headers.get('Location') ?? '')
      history.replaceState(null, '', back.pathname + back.search)
      return connect.completeCallback()
    },
  }
}

describe('the official SDK in the browser', () => {
  it('lists products, and creates a checkout after the scope was granted', async () => {
    const app = await openApp()
    const reads = ['openid', 'products:read']
    expect(await app.signIn(reads)).toEqual({ status: 'connected', returnPath: '/checkouts' })
    const polar = createBrowserPolar(app.connect)
    const { items } = await polar.products.list({ is_archived: false, limit: 2 })
    expect(items.map(({ name }) => name)).toHaveLength(2)

    const products = [items[0]?.id ?? '']
    await expect(polar.checkouts.create({ products })).rejects.toMatchObject({
      code: 'insufficient_scope',
      details: { status: 403, scopes: ['checkouts:write'] },
    })
    await app.connect.check()
    const again = await openAppAgain(app)
    const checkout = await again.checkouts.create({ products })
    expect(checkout.url).toMatch(/\/checkout\/polar_c_/)
    expect(app.connect.getState()).toMatchObject({
      connection: {
        scopes: expect.arrayContaining(['products:read', 'checkouts:write']) as string[],
      },
    })
  })

  it('does the same with plain fetch, with and without a trailing slash', async () => {
    const app = await openApp()
    await app.signIn(['openid', 'products:read', 'checkouts:write'])
    for (const path of ['/bff/api/v1/products', '/bff/api/v1/products/']) {
      const answer = await app.connect.fetch(path)
      expect(await answer.json(), path).toMatchObject({ pagination: { total_count: 8 } })
    }
    const list = await app.connect.fetch('/bff/api/v1/products?is_archived=false')
    const { items } = (await list.json()) as { items: { id: string }[] }
    const created = await app.connect.fetch('/bff/api/v1/checkouts/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ products: [items[0]?.id] }),
    })
    expect(created.status).toBe(201)
  })

  it('works past the expiry of a token, and never holds a token', async () => {
    const app = await openApp()
    await app.signIn(['openid', 'products:read'])
    app.emulator.clock.advance(864_000)
    const polar = createBrowserPolar(app.connect)
    expect((await polar.products.list()).items.length).toBeGreaterThan(0)
    await app.connect.check()
    expect(app.connect.getState()).toMatchObject({ connection: { generation: 1 } })
    expect(JSON.stringify([app.connect.getState(), Object.entries(polar.core)])).not.toMatch(
      /polar_[ar]t_/,
    )
  })
})

/** The step-up: asks for one more scope, together with the granted ones. */
async function openAppAgain(app: Awaited<ReturnType<typeof openApp>>) {
  await app.signIn(['openid', 'checkouts:write'])
  return createBrowserPolar(app.connect)
}
