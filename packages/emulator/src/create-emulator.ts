/** The emulator: Polar's pages, OAuth endpoints and API, and the controls. */
import { isIPv6 } from 'node:net'
import { serve, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import { createCheckoutRoutes } from './pages/checkout-routes.ts'
import { createApi } from './api/create-api.ts'
import type { Clock } from './runtime/clock.ts'
import { createControlRoutes } from './control/routes.ts'
import { answerDirectly, answerOverSocket } from './http/connection.ts'
import type { EmulatorEnv } from './http/environment.ts'
import { faults } from './http/faults.ts'
import {
  application,
  bearer,
  bodyLength,
  cors,
  onApiHost,
  requestedOrganization,
  version,
} from './http/api-layers.ts'
import { browserSession } from './http/browser-session.ts'
import { rateLimit } from './http/rate-limit.ts'
import { createRequestLog } from './http/request-log.ts'
import { createRouting } from './http/routing.ts'
import type { Allowing } from './oauth/allowing.ts'
import { allowRequest, denyRequest } from './oauth/browserless-consent.ts'
import { discovery } from './oauth/discovery.ts'
import { createRegistrationRoutes } from './oauth/registration.ts'
import { createOAuthRoutes } from './oauth/routes.ts'
import type { ServerMetadata } from './oauth/server-metadata.ts'
import { createPageRoutes } from './pages/routes.ts'
import type { EmulatorOptions } from './world/options.ts'
import { createPanelRoutes } from './panel/routes.ts'
import { keepStateIn, type StateFile } from './world/state-file.ts'
import { createWorld, type World } from './world/world.ts'

export interface Emulator {
  readonly clock: Clock
  /**
   * The discovery document, in the form that OAuth libraries take. Its addresses begin with the
   * address of `listen`, or with the option `origin`.
   */
  readonly metadata: ServerMetadata
  /**
   * Opens `authorizationUrl` as a person and presses *Authorize*, without a browser. Faults and the
   * request log apply as usual.
   *
   * @returns the app's callback URL, with a code or with the error that Polar sends to the app.
   * @throws {Error} if Polar shows an error page, or if the person must choose an organization.
   * @example
   * const callback = await polar.allow(authorizationUrl, { organization: 'acme-books' })
   */
  allow(authorizationUrl: string | URL, by?: Allowing): Promise<URL>
  /**
   * The same, but presses *Deny*.
   *
   * @returns the app's callback URL, with `error=access_denied`.
   * @throws {Error} if Polar shows an error page, or no consent screen.
   */
  deny(authorizationUrl: string | URL, by?: Pick<Allowing, 'person'>): Promise<URL>
  /** Answers without a socket. Adds `Content-Length` to a request with a body, as HTTP clients do. */
  fetch(request: Request): Promise<Response>
  /**
   * Listens on a socket. Default: a free port on 127.0.0.1. The emulator uses this address in its
   * answers.
   *
   * @throws the error of Node's `listen`, such as `EADDRINUSE`.
   */
  listen(options?: { port?: number; host?: string }): Promise<Listening>
  /** Restores everything to the state at the start, including the clock. */
  reset(): void
}

export interface Listening {
  readonly url: string
  close(): Promise<void>
}

export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const world = createWorld(options)
  const state = options.stateFile === undefined ? undefined : keepStateIn(options.stateFile, world)
  const app = createApp(world, state)
  const emulator: Emulator = {
    clock: world.clock,
    get metadata() {
      return discovery(world)
    },
    allow: (url, by = {}) => allowRequest(world, emulator.fetch, url, by),
    deny: (url, by = {}) => denyRequest(world, emulator.fetch, url, by),
    reset() {
      world.reset()
      state?.touch()
    },

    async fetch(request) {
      if (request.body === null || request.headers.has('Content-Length')) {
        return answerDirectly(app.fetch, request)
      }
      const body = await request.arrayBuffer()
      const headers = new Headers(request.headers)
      headers.set('Content-Length', String(body.byteLength))
      const { method, url, signal } = request
      return answerDirectly(app.fetch, new Request(url, { method, headers, body, signal }))
    },

    listen: ({ port = 0, host = '127.0.0.1' } = {}) =>
      new Promise((resolve, reject) => {
        const fetch: Parameters<typeof serve>[0]['fetch'] = (request, env) =>
          answerOverSocket(app.fetch, request, env)
        // Node closes an idle connection after five seconds, perhaps just when a client uses it again.
        const serverOptions = { keepAliveTimeout: 75_000, headersTimeout: 80_000 }
        const options = { fetch, port, hostname: host, serverOptions }
        const server: ServerType = serve(options, (address) => {
          const url = `http://${isIPv6(host) ? `[${host}]` : host}:${address.port}`
          world.origin = url
          resolve({ url, close: () => close(server).then(() => state?.flush()) })
        })
        server.once('error', reject)
      }),
  }
  return emulator
}

const MOVED = 'The API root has moved from /api/v1 to /v1. Please update your integration.'

function createApp(world: World, state: StateFile | undefined): Hono<EmulatorEnv> {
  const log = createRequestLog(world)
  const app = new Hono<EmulatorEnv>()
  app.use(async (c, next) => {
    c.set('rotationsSeen', world.rotated.length)
    await next()
    // Pages of `/oauth2/` can issue codes. Other GET requests change nothing.
    if (c.req.method !== 'GET' || c.req.path.includes('/oauth2/')) state?.touch()
  })
  const controls = createControlRoutes(world, log)
  app.route('/', controls)
  app.route('/', createPanelRoutes(world, log, controls))

  // Polar still answers under /api/v1, with a deprecation notice.
  app.all('/api/v1/*', async (c) => {
    const url = new URL(c.req.url)
    url.pathname = url.pathname.slice('/api'.length)
    const answer = await app.fetch(new Request(url, c.req.raw), c.env)
    answer.headers.set('X-Polar-Deprecation-Notice', MOVED)
    return answer
  })

  app.use(log.middleware)
  app.use(async (c, next) => {
    await next()
    // Clients that read Polar's time from this header follow the emulator's clock.
    c.header('Date', new Date(world.clock.now() * 1000).toUTCString())
  })
  app.use(async (_c, next) => {
    await world.stall.over()
    await next()
  })
  app.use(faults(world))
  const routing = createRouting(() => app.routes)
  app.use(onApiHost(version(world)), onApiHost(cors), onApiHost(bodyLength))
  app.use('/v1/*', rateLimit(world))
  app.use(onApiHost(bearer(world)), onApiHost(requestedOrganization(world)))
  app.use(onApiHost(application(world)), routing.head)
  app.use(browserSession(world))
  app.get('/.well-known/openid-configuration', (c) => c.json(discovery(world)))
  app.get('/.well-known/oauth-authorization-server', (c) =>
    world.profile.hasDiscoveryAlias
      ? c.json(discovery(world))
      : c.json({ detail: 'Not Found' }, 404),
  )
  app.get('/.well-known/jwks.json', async (c) => c.json({ keys: await world.keys.published() }))
  app.route('/', createPageRoutes(world))
  const api = {
    dataset: () => world.dataset,
    clock: world.clock,
    origin: () => world.origin,
    settings: () => world.settings,
    versions: () => world.versions,
  }
  app.route('/', createCheckoutRoutes(api))
  app.route('/', createOAuthRoutes(world))
  app.route('/', createRegistrationRoutes(world))
  app.route('/', createApi(api))
  app.notFound((c) => routing.notFound(c))
  return app
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}
