/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 waits for its handlers. */
/** The BFF in servers that are not Hono, each one listening for real. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PolarClientError } from '@polar-sh/sdk'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { polar as polarOf } from '../api/polar-sdk.ts'
import type { Bff } from '../create-bff.ts'
import { bffFromEnv } from '../env/bff-from-env.ts'
import type { BffOptions } from '../options.ts'
import { polarServer } from '../settings/polar-server.ts'
import { createTestBrowser, sessionOf } from '../testing/browser.ts'
import { testSecret } from '../testing/keys.ts'
import { ACME, allowing, createLocalPolar } from '../testing/local-polar.ts'
import { toExpress, toExpressErrors } from './express.ts'
import { toFastify, toFastifyErrors } from './fastify.ts'
import { ownRoute, sendCookies, toNextHandlers } from './next.ts'

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
      const { headers, query } = request
      const known = query['forget'] === undefined ? request : { headers }
      const { items } = await polarOf(bff, known).products.list()
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
    app.get('/own/names', async (request) => {
      bff.checkOrigin(request)
      const { forget } = request.query as { forget?: string }
      const known = forget === undefined ? request : { headers: request.headers }
      const { items } = await polarOf(bff, known).products.list()
      return items.map(({ name }) => name)
    })
    app.get('/own/connection', async (request, reply) =>
      reply.send((await bff.connection(request)) ?? null),
    )
    app.post('/own/write', async (request) => {
      bff.checkOrigin(request)
      return request.body
    })
    app.setErrorHandler(toFastifyErrors(bff))
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
  async next(bff: Bff) {
    const handlers = toNextHandlers(bff)
    const names = ownRoute(bff, async (request) => {
      const { headers } = request
      // A page of Next has no request, and sets no cookie.
      const known = request.url.endsWith('?forget') ? { headers } : request
      const { items } = await polarOf(bff, known).products.list()
      return Response.json(items.map(({ name }) => name))
    })
    const write = ownRoute(bff, async (request) => Response.json(await request.json()))
    return {
      async fetch(request: Request) {
        const { headers } = request
        switch (new URL(request.url).pathname) {
          case '/own/connection':
            return Response.json((await bff.connection({ headers })) ?? null)
          case '/own/names':
            return names(request)
          case '/own/write':
            return write(request)
        }
        if (!new URL(request.url).pathname.startsWith(`${bff.prefix}/`)) {
          return new Response(null, { status: 404 })
        }
        return handlers[request.method as keyof typeof handlers](request)
      },
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

  it('S28: has the headers of an answer of the BFF, and no others that Polar sends', async () => {
    const polar = await createLocalPolar()
    const hostile = {
      'Set-Cookie': 'theirs=1',
      'Content-Encoding': 'gzip',
      'Access-Control-Allow-Origin': '*',
      'Clear-Site-Data': '"cookies"',
      Refresh: '0; url=https://evil.example',
    }
    const bff = await polar.create({
      async upstream(url, request) {
        const { status, headers: theirs, body } = await polar.upstream(url, request)
        const headers = new Headers([...theirs])
        for (const [name, value] of Object.entries(hostile)) headers.set(name, value)
        return { status, headers, body }
      },
    })
    const browser = createTestBrowser(bff)
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    const cookies = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const request = new Request('https://app.example/own', { headers: { Cookie: cookies } })
    await polar.control('DELETE', '/requests')
    const { headers } = await bff.callPolar(request, '/v1/products/', { headers: request.headers })
    const [sent] = await polar.requests()
    expect(Object.keys(sent?.request_headers ?? {}).toSorted()).toEqual([
      'authorization',
      'polar-version',
    ])
    for (const name of Object.keys(hostile)) expect(headers.has(name), name).toBe(false)
    expect(headers.get('Content-Type')).toBe('application/json')
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('Content-Security-Policy')).toContain('sandbox')
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

  it('sets the cookie once if a route writes its own head', async () => {
    const polar = await createLocalPolar()
    const app = express()
    app.use(toExpress(polar.bff))
    app.get('/own', async (request, response) => {
      await polar.bff.callPolar(request, '/v1/products/')
      response.writeHead(200, { 'X-Own': '1' }).end()
    })
    const browser = createTestBrowser(await listening(createServer(app)))
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    polar.emulator.clock.advance(TEN_DAYS)
    browser.setCookies.length = 0
    const answer = await browser.fetch('/own')
    expect([answer.status, answer.headers.get('X-Own')]).toEqual([200, '1'])
    expect(browser.setCookies).toHaveLength(1)
  })
})

function failInApp(): never {
  throw new Error('polar_at_u_FakeFakeFakeFake of the app')
}

type Fail = (setHeader: (name: string, value: string) => unknown) => never

/** Routes that fail, by how. */
const FAILING = {
  express(bff: Bff, fail: Fail = failInApp) {
    const app = express()
    app.use(toExpress(bff), express.json())
    app.all('/own', (_, response) => fail((name, value) => response.setHeader(name, value)))
    app.all('/own/:id', (_, response) => response.end())
    app.use(toExpressErrors(bff))
    return listening(createServer(app))
  },
  async fastify(bff: Bff, fail: Fail = failInApp) {
    const app = fastify()
    await app.register(toFastify(bff))
    app.setErrorHandler(toFastifyErrors(bff))
    app.all('/own', (_, reply) => fail((name, value) => reply.header(name, value)))
    servers.push(app)
    return at(await app.listen({ host: '127.0.0.1', port: 0 }))
  },
  async hono(bff: Bff) {
    const app = new Hono()
    app.onError((error, c) => bff.toResponse(error, c.req))
    app.all('/own', async (c) => {
      if (c.req.method === 'POST') {
        await c.req.json().catch((cause: unknown) => {
          throw new HTTPException(400, { message: 'no JSON', cause })
        })
      }
      failInApp()
    })
    return app
  },
} satisfies Record<string, (bff: Bff) => Promise<Fetch>>

const THROWING = {
  ...FAILING,
  async next(bff: Bff) {
    return { fetch: ownRoute(bff, failInApp) }
  },
}

describe.each(Object.keys(THROWING) as (keyof typeof THROWING)[])('a route in %s', (framework) => {
  it('that fails is answered and logged with one reference, and with the place', async () => {
    const { bff, events } = await createLocalPolar()
    const browser = createTestBrowser(await THROWING[framework](bff))
    const answer = await browser.fetch('/own')
    const { code, reference } = (await answer.json()) as Record<string, string>
    expect([answer.status, code]).toEqual([500, 'internal'])
    expect(events.filter((event) => event.type === 'refused')).toMatchObject([
      {
        reference,
        reason: 'Error: [redacted] of the app',
        stack: expect.stringMatching(
          /^ +at (?:Object\.)?failInApp \(.*frameworks\.test\.ts:\d+:\d+\)\n/,
        ),
      },
    ])
  })
})

describe.each(Object.keys(FAILING) as (keyof typeof FAILING)[])('a failure in %s', (framework) => {
  it('of the caller stays what the framework makes of it', async () => {
    const { bff, events } = await createLocalPolar()
    const { fetch: call } = await FAILING[framework](bff)
    const headers = { 'Content-Type': 'application/json' }
    const body = 'no JSON'
    const answer = await call(
      new Request('https://app.example/own', { method: 'POST', headers, body }),
    )
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('JSON')])
    expect(events.filter((event) => event.type === 'refused')).toEqual([])
  })
})

describe.each(['express', 'fastify'] as const)('an error in %s', (framework) => {
  async function answerTo(fail: Fail) {
    const { bff, events } = await createLocalPolar()
    const { fetch: call } = await FAILING[framework](bff, fail)
    return { answer: await call(new Request('https://app.example/own')), events }
  }
  const failWith = (error: object) => (): never => {
    throw error instanceof Error ? error : Object.assign(new Error('no'), error)
  }

  it.each([
    [{ status: 401, code: 'invalid_token' }, 401],
    [{ statusCode: 429 }, 429],
    [{ status: 400 }, 400],
    [{ statusCode: 499 }, 499],
  ])('with %j is for the caller', async (properties, status) => {
    const { answer, events } = await answerTo(failWith(properties))
    expect([answer.status, await answer.text()]).toEqual([
      status,
      expect.not.stringContaining('internal'),
    ])
    expect(events.filter((event) => event.type === 'refused')).toEqual([])
  })

  it.each([
    { status: 399 },
    { statusCode: 500 },
    { status: 'rejected' },
    // The answers of other servers: Polar's SDK, then axios.
    new PolarClientError(403, { error: 'insufficient_scope' }),
    { status: 404, response: {} },
  ])('with %j is not', async (error) => {
    const { answer } = await answerTo(failWith(error))
    expect([answer.status, await answer.json()]).toEqual([
      500,
      expect.objectContaining({ code: 'internal' }),
    ])
  })

  it('does not leave with what describes the answer that the route began', async () => {
    const { answer } = await answerTo((setHeader) => {
      setHeader('Content-Length', '3')
      setHeader('Content-Encoding', 'gzip')
      setHeader('ETag', '"1"')
      setHeader('Cache-Control', 'public, max-age=3600')
      setHeader('Set-Cookie', 'own=1')
      setHeader('Content-Security-Policy', "default-src 'none'")
      return failInApp()
    })
    expect(await answer.json()).toMatchObject({ code: 'internal' })
    const { headers } = answer
    for (const name of ['content-encoding', 'etag', 'cache-control']) {
      expect(headers.get(name)).toBeNull()
    }
    expect(headers.getSetCookie()).toEqual(['own=1'])
    expect(headers.get('content-security-policy')).toBe("default-src 'none'")
  })
})

it('a path that Express cannot decode is for the caller', async () => {
  const { bff } = await createLocalPolar()
  const { fetch: call } = await FAILING.express(bff)
  expect((await call(new Request('https://app.example/own/%ZZ'))).status).toBe(400)
})

describe('Next', () => {
  const SIGNAL = Object.assign(new Error('NEXT_HTTP_ERROR_FALLBACK;404'), { digest: '404' })

  it('gets its own signals back, also while it prerenders a route', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const bff = bffFromEnv({ APP_ORIGIN: 'https://app.example' })
    const request = {
      method: 'GET',
      get headers(): never {
        throw SIGNAL
      },
    } as unknown as Request
    const answer = () => Response.json({})
    await expect(ownRoute(bff, answer)(request)).rejects.toBe(SIGNAL)
    // A build has no settings.
    await expect(ownRoute(bffFromEnv({}), answer)(request)).rejects.toBe(SIGNAL)
    const notFound = () => {
      throw SIGNAL
    }
    const called = new Request('https://app.example/own', { headers: { 'X-CSRF': '1' } })
    await expect(ownRoute(bff, notFound)(called)).rejects.toBe(SIGNAL)
    expect(log).not.toHaveBeenCalled()
    log.mockRestore()
  })

  it('may get an answer of Polar as it is, with one cookie, or one whose headers are fixed', async () => {
    const polar = await createLocalPolar()
    const { bff } = polar
    const route = ownRoute(bff, async (request) => {
      const answer = await bff.callPolar(request, '/v1/products/')
      return request.url.endsWith('?away') ? Response.redirect('https://polar.sh/') : answer
    })
    const handlers = toNextHandlers(bff)
    const browser = createTestBrowser({
      fetch: async (request: Request) =>
        new URL(request.url).pathname === '/own'
          ? route(request)
          : handlers[request.method as 'GET'](request),
    })
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    for (const [path, status] of [
      ['/own', 200],
      ['/own?away', 302],
    ] as const) {
      polar.emulator.clock.advance(TEN_DAYS)
      const answer = await browser.fetch(path)
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, [expect.any(String)]])
    }
  })

  it.each(['@next/request-context', '@vercel/request-context'])(
    'its host keeps work alive that outlives an answer, by %s',
    async (name) => {
      const kept: Promise<unknown>[] = []
      const host = { waitUntil: (work: Promise<unknown>) => void kept.push(work) }
      const { browser, emulator } = await connected('next')
      vi.stubGlobal(Symbol.for(name), { get: () => host })
      emulator.clock.advance(TEN_DAYS)
      expect((await browser.fetch('/own/names')).status).toBe(200)
      expect(kept).not.toEqual([])
      kept.length = 0
      emulator.clock.advance(TEN_DAYS)
      expect((await browser.fetch(PRODUCTS)).status).toBe(200)
      expect(kept).not.toEqual([])
      vi.unstubAllGlobals()
    },
  )

  it('sets the cookie of a server action by its own store', async () => {
    const polar = await createLocalPolar()
    const { bff } = polar
    const browser = createTestBrowser(bff)
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    polar.emulator.clock.advance(TEN_DAYS)
    const cookies = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const request = { headers: new Headers({ Cookie: cookies }) }
    await bff.callPolar(request, '/v1/products/')
    const store: unknown[] = []
    sendCookies(bff, request, { set: (...cookie) => store.push(cookie) })
    const [name] = browser.cookies.keys()
    const options = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' }
    expect(store).toEqual([[name, expect.any(String), expect.objectContaining(options)]])
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
