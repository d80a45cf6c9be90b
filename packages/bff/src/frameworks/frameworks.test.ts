/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 waits for its handlers. */
/** The BFF in servers that are not Hono, each one listening for real. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import { polar as polarOf } from '../api/polar-sdk.ts'
import type { Bff } from '../create-bff.ts'
import { bffFromEnv } from '../env/bff-from-env.ts'
import type { BffOptions } from '../options.ts'
import { polarServer } from '../settings/polar-server.ts'
import { createTestBrowser, sessionOf } from '../testing/browser.ts'
import { testSecret } from '../testing/keys.ts'
import { ACME, allowing, createLocalPolar } from '../testing/local-polar.ts'
import { sendCookies as sendToExpress, toExpress, toExpressErrors } from './express.ts'
import { sendCookies as sendToFastify, toFastify } from './fastify.ts'
import { sendCookies as sendToNext, toNextHandlers } from './next.ts'

const TEN_DAYS = 864_000
const PRODUCTS = '/bff/api/v1/products/?limit=1'
const servers: { close(): unknown }[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

type Fetch = Pick<Bff, 'fetch'>

async function listening(server: Server): Promise<Fetch> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push({ close: () => server.close() })
  const { port } = server.address() as AddressInfo
  return at(`http://127.0.0.1:${port}`)
}

/** A way to a server that the app's origin stands for. */
function at(address: string): Fetch {
  return {
    async fetch(request) {
      const { pathname, search } = new URL(request.url)
      const body = request.body === null ? {} : { body: await request.arrayBuffer() }
      const { method, headers } = request
      return fetch(new URL(pathname + search, address), { method, headers, ...body })
    },
  }
}

/** Each has a route that calls Polar and sends an answer of its own, one that forgets the cookie, and one that writes. */
const FRAMEWORKS = {
  express(bff: Bff) {
    const app = express()
    app.use((request, _, next) => {
      Object.assign(request, { user: request.headers['x-app-user'] })
      next()
    })
    app.use(toExpress(bff))
    app.use(express.json())
    app.get('/own/names', async (request, response) => {
      bff.checkOrigin(request)
      const { items } = await polarOf(bff, request).products.list()
      if (request.query['forget'] === undefined) sendToExpress(bff, request, response)
      response.json(items.map(({ name }) => name))
    })
    app.get('/own/connection', async (request, response) => {
      response.json((await bff.connection(request)) ?? null)
    })
    app.post('/own/write', (request, response) => {
      bff.checkOrigin(request)
      response.json(request.body)
    })
    app.use(toExpressErrors(bff))
    return listening(createServer(app))
  },
  async fastify(bff: Bff) {
    const app = fastify()
    app.addHook('onRequest', async (request) => {
      Object.assign(request, { user: request.headers['x-app-user'] })
    })
    await app.register(toFastify(bff))
    app.get('/own/names', async (request, reply) => {
      bff.checkOrigin(request)
      const { items } = await polarOf(bff, request).products.list()
      const { forget } = request.query as { forget?: string }
      if (forget === undefined) sendToFastify(bff, request, reply)
      return items.map(({ name }) => name)
    })
    app.get('/own/connection', async (request, reply) =>
      reply.send((await bff.connection(request)) ?? null),
    )
    app.post('/own/write', async (request) => {
      bff.checkOrigin(request)
      return request.body
    })
    app.setErrorHandler((error, request, reply) => reply.send(bff.toResponse(error, request)))
    servers.push(app)
    return at(await app.listen({ host: '127.0.0.1', port: 0 }))
  },
  async hono(bff: Bff) {
    const app = new Hono()
    app.route('/', bff)
    app.get('/own/names', async (c) => {
      bff.checkOrigin(c)
      const { items } = await polarOf(
        bff,
        c.req.query('forget') === undefined ? c : c.req.raw,
      ).products.list()
      return c.json(items.map(({ name }) => name))
    })
    app.get('/own/connection', async (c) => c.json((await bff.connection(c)) ?? null))
    app.post('/own/write', async (c) => {
      bff.checkOrigin(c)
      return c.json(await c.req.json())
    })
    app.onError((error, c) => bff.toResponse(error, c.req))
    return app
  },
  /** Route handlers take web requests. Next's store of cookies writes them into the answer. */
  async next(bff: Bff) {
    const handlers = toNextHandlers(bff)
    async function route(request: Request): Promise<Response> {
      const { pathname, searchParams } = new URL(request.url)
      if (pathname.startsWith(`${bff.prefix}/`)) {
        return handlers[request.method as keyof typeof handlers](request)
      }
      if (pathname === '/own/connection') {
        const { headers } = request
        return Response.json((await bff.connection({ headers })) ?? null)
      }
      if (!pathname.startsWith('/own/')) return new Response(null, { status: 404 })
      bff.checkOrigin(request)
      if (request.method === 'POST') return Response.json(await request.json())
      const { items } = await polarOf(bff, request).products.list()
      const answer = Response.json(items.map(({ name }) => name))
      if (searchParams.has('forget')) return answer
      sendToNext(bff, request, {
        set(name, value, { path, httpOnly, secure, sameSite, maxAge }) {
          expect([path, httpOnly, secure, sameSite]).toEqual(['/', true, true, 'strict'])
          answer.headers.append('Set-Cookie', `${name}=${value}; Max-Age=${maxAge}`)
        },
      })
      return answer
    }
    return {
      fetch: (request: Request) =>
        route(request).catch((error: unknown) => bff.toResponse(error, request)),
    }
  },
} satisfies Record<string, (bff: Bff) => Promise<Fetch>>

type Framework = keyof typeof FRAMEWORKS

async function connected(framework: Framework) {
  const scopes = ['products:read', 'checkouts:write']
  const polar = await createLocalPolar({ scopes })
  const browser = createTestBrowser(await FRAMEWORKS[framework](polar.bff))
  await sessionOf(await browser.signIn(allowing(polar, [ACME])))
  browser.setCookies.length = 0
  return { ...polar, browser }
}

describe.each(Object.keys(FRAMEWORKS) as Framework[])('in %s', (framework) => {
  it('the calls of the BFF work, with their bodies', async () => {
    const { browser } = await connected(framework)
    expect((await browser.fetch(PRODUCTS)).status).toBe(200)
    expect((await browser.post('/bff/api/v1/checkouts/', { products: [] })).status).toBe(422)
    expect(await (await browser.post('/bff/logout')).json()).toEqual({ revoked: true })
    expect(await browser.session()).toMatchObject({ authenticated: false })
  })

  it('a route of the app calls Polar, and its answer carries the refreshed session', async () => {
    const { browser, emulator, tokenRequests } = await connected(framework)
    emulator.clock.advance(TEN_DAYS)
    expect(await (await browser.fetch('/own/names')).json()).not.toEqual([])
    expect(browser.setCookies).toHaveLength(1)
    // Later than a successor waits for the old cookie.
    emulator.clock.advance(2 * 3600)
    expect(await browser.session()).toMatchObject({ connection: { generation: 1 } })
    expect(await tokenRequests('refresh_token')).toBe(1)
  })

  it('a cookie that a route forgets costs no session', async () => {
    const { browser, emulator, tokenRequests } = await connected(framework)
    emulator.clock.advance(TEN_DAYS)
    expect((await browser.fetch('/own/names?forget')).status).toBe(200)
    expect(browser.setCookies).toEqual([])
    expect((await browser.fetch(PRODUCTS)).status).toBe(200)
    expect(browser.setCookies).toHaveLength(1)
    expect(await browser.session()).toMatchObject({ connection: { generation: 1 } })
    expect(await tokenRequests('refresh_token')).toBe(1)
  })

  it('server code learns who is connected, without a call to Polar', async () => {
    const { browser, control, requests } = await connected(framework)
    await control('DELETE', '/requests')
    const session = await browser.session()
    const { connection } = session as Extract<typeof session, { authenticated: true }>
    expect(await (await browser.fetch('/own/connection')).json()).toEqual(connection)
    browser.cookies.clear()
    expect(await (await browser.fetch('/own/connection')).json()).toBeNull()
    expect(await requests()).toEqual([])
  })

  it('S14: a route of the app refuses other sites, and the log has the reference', async () => {
    const { browser, events } = await connected(framework)
    expect(await (await browser.post('/own/write', { a: 1 })).json()).toEqual({ a: 1 })
    const answer = await browser.post('/own/write', { a: 1 }, { 'X-CSRF': '0' })
    expect(answer.status).toBe(403)
    const { code, reference } = (await answer.json()) as Record<string, string>
    expect(code).toBe('csrf_rejected')
    expect(events.filter((event) => event.type === 'refused')).toMatchObject([
      { reference, method: 'POST', route: 'app' },
    ])
  })

  it('a refusal of a call for the app is answered and logged once', async () => {
    const { browser, events } = await connected(framework)
    browser.cookies.clear()
    const answer = await browser.fetch('/own/names')
    const { code, reference } = (await answer.json()) as Record<string, string>
    expect([answer.status, code]).toEqual([401, 'not_connected'])
    expect(events.filter((event) => event.type === 'refused')).toMatchObject([{ reference }])
  })
})

describe('an answer of callPolar', () => {
  it.each(['context', 'request'] as const)('can be returned as it is, for a %s', async (kind) => {
    const polar = await createLocalPolar()
    const { bff } = polar
    const app = new Hono()
    app.route('/', bff)
    app.get('/own', (c) => bff.callPolar(kind === 'context' ? c : c.req.raw, '/v1/products/'))
    const browser = createTestBrowser(app)
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    polar.emulator.clock.advance(TEN_DAYS)
    const answer = await browser.fetch('/own')
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, [expect.any(String)]])
    expect(await browser.session()).toMatchObject({ connection: { generation: 1 } })
  })

  it('leaves out what belongs to the connection with Polar', async () => {
    const polar = await createLocalPolar()
    const bff = await polar.create({
      async upstream(url, request) {
        const { status, headers: theirs, body } = await polar.upstream(url, request)
        const headers = new Headers([...theirs])
        const more = { 'Set-Cookie': 'theirs=1', 'Content-Encoding': 'gzip', 'X-Page': '1' }
        for (const [name, value] of Object.entries(more)) headers.set(name, value)
        return { status, headers, body }
      },
    })
    const browser = createTestBrowser(bff)
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    const cookies = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const request = new Request('https://app.example/own', { headers: { Cookie: cookies } })
    const { headers } = await bff.callPolar(request, '/v1/products/')
    expect([headers.getSetCookie(), headers.get('Content-Encoding')]).toEqual([[], null])
    expect(headers.get('X-Page')).toBe('1')
  })
})

describe('two BFFs in one app', () => {
  it('S40: take nothing from each other, for one context either', async () => {
    const polar = await createLocalPolar()
    const other = await polar.create({ server: polarServer('sandbox'), basePath: '/other' })
    const app = new Hono()
    app.route('/', polar.bff)
    app.get('/own', async (c) => {
      const here = await polar.bff.connection(c)
      return c.json([here?.subject.id, (await other.connection(c)) ?? null])
    })
    const browser = createTestBrowser(app)
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    expect(await (await browser.fetch('/own')).json()).toEqual([ACME, null])
  })
})

describe('owner', () => {
  it.each([
    ['express', 'options'],
    ['fastify', 'options'],
    ['express', 'the environment'],
    ['fastify', 'the environment'],
  ] as const)(
    'S67: gets the request of %s, with what the app put there, by %s',
    async (framework, by) => {
      const owner: BffOptions['owner'] = (_, incoming) =>
        (incoming as { user?: string }).user ?? null
      const polar = await createLocalPolar({ owner })
      const env = {
        POLAR_CLIENT_ID: 'polar_ci_FakeFakeFake',
        POLAR_CLIENT_SECRET: 'polar_cs_FakeFakeFake',
        APP_ORIGIN: 'https://app.example',
        SESSION_SECRETS: testSecret('one'),
      }
      const bff = by === 'options' ? polar.bff : bffFromEnv(env, { owner })
      const browser = createTestBrowser(await FRAMEWORKS[framework](bff))
      const asUser = (path: string, user: string) =>
        browser.fetch(path, { headers: { 'X-App-User': user } })
      expect((await browser.fetch('/bff/session')).status).toBe(401)
      expect(await (await asUser('/bff/session', 'ada')).json()).toMatchObject({
        authenticated: false,
      })
      expect((await asUser('/own/names', 'ada')).status).toBe(401)
      expect(await (await asUser('/own/connection', 'ada')).json()).toBeNull()
    },
  )
})

describe('Express', () => {
  it('says so if the body was read before', async () => {
    const { bff } = await createLocalPolar()
    const app = express()
    app.use(express.json())
    app.use(toExpress(bff))
    const browser = createTestBrowser(await listening(createServer(app)))
    const answer = await browser.post('/bff/logout', {})
    expect([answer.status, await answer.text()]).toEqual([
      500,
      expect.stringContaining('mount it before express.json()'),
    ])
  })

  it('leaves errors that are not ours to the app', async () => {
    const { bff } = await createLocalPolar()
    const app = express()
    app.get('/own', () => {
      throw new Error('of the app')
    })
    app.use(toExpressErrors(bff))
    const browser = createTestBrowser(await listening(createServer(app)))
    expect(await (await browser.fetch('/own')).text()).toContain('of the app')
  })
})

describe('another base path and callback path', () => {
  it.each(Object.keys(FRAMEWORKS) as Framework[])('work in %s', async (framework) => {
    const redirectUri = 'https://app.example/signed-in'
    const polar = await createLocalPolar(
      { basePath: '/connect/polar', callbackPath: '/signed-in' },
      { redirectUris: [redirectUri] },
    )
    const browser = createTestBrowser(
      await FRAMEWORKS[framework](polar.bff),
      'https://app.example',
      '/connect/polar',
    )
    const { url } = await browser.begin()
    expect(url.searchParams.get('redirect_uri')).toBe(redirectUri)
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    expect((await browser.fetch('/connect/polar/api/v1/products/?limit=1')).status).toBe(200)
    expect((await browser.fetch('/bff/session')).status).toBe(404)
    const unknown = await browser.fetch('/connect/polar/nothing')
    expect(await unknown.json()).toMatchObject({ code: 'not_found' })
    expect(polar.events.at(-1)).toMatchObject({ route: '/connect/polar' })
  })
})
