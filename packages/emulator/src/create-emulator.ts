/** A local Polar: its pages, its OAuth and API endpoints, and the controls over them. */
import { serve, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import { createCheckoutRoutes } from './api/checkout-routes.ts'
import { createApi } from './api/create-api.ts'
import type { Clock } from './clock.ts'
import { indexPage } from './control/index-page.ts'
import { createControlRoutes } from './control/routes.ts'
import type { EmulatorEnv } from './environment.ts'
import { bearer, bodyLength, cors, version } from './middleware/api-layers.ts'
import { browserSession } from './middleware/browser-session.ts'
import { createRequestLog } from './middleware/request-log.ts'
import { discovery } from './oauth/discovery.ts'
import { publicKeys } from './oauth/id-token.ts'
import { createOAuthRoutes } from './oauth/routes.ts'
import { createPageRoutes } from './pages/routes.ts'
import { createWorld, type WorldOptions } from './world.ts'

export interface Emulator {
  readonly clock: Clock
  /** Answers without a socket. A body goes with its length here, as it does over HTTP. */
  fetch(request: Request): Promise<Response>
  /**
   * Listens, on loopback and a free port unless told otherwise, and is reached by that address.
   *
   * @throws the error of `listen`, such as `EADDRINUSE`.
   */
  listen(options?: { port?: number; host?: string }): Promise<Listening>
  /** Everything as it was at the start, the time included. */
  reset(): void
}

export interface Listening {
  readonly url: string
  close(): Promise<void>
}

export type EmulatorOptions = WorldOptions

export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const world = createWorld(options)
  const app = createApp(world)
  return {
    clock: world.clock,
    reset: () => world.reset(),

    async fetch(request) {
      if (request.body === null || request.headers.has('Content-Length')) return app.fetch(request)
      const body = await request.arrayBuffer()
      const headers = new Headers(request.headers)
      headers.set('Content-Length', String(body.byteLength))
      const { method, url, signal } = request
      return app.fetch(new Request(url, { method, headers, body, signal }))
    },

    listen: ({ port = 0, host = '127.0.0.1' } = {}) =>
      new Promise((resolve, reject) => {
        const server: ServerType = serve({ fetch: app.fetch, port, hostname: host }, (address) => {
          const url = `http://${host}:${address.port}`
          world.origin = url
          resolve({ url, close: () => close(server) })
        })
        server.once('error', reject)
      }),
  }
}

function createApp(world: ReturnType<typeof createWorld>): Hono<EmulatorEnv> {
  const log = createRequestLog(world)
  const app = new Hono<EmulatorEnv>()
  app.route('/', createControlRoutes(world, log))
  app.get('/', (c) => c.html(indexPage(world)))

  // The API is answered under /api/v1 as well, with a notice.
  app.all('/api/v1/*', async (c) => {
    const url = new URL(c.req.url)
    url.pathname = url.pathname.slice('/api'.length)
    const answer = await app.fetch(new Request(url, c.req.raw))
    answer.headers.set('X-Polar-Deprecation-Notice', 'Use /v1 instead of /api/v1.')
    return answer
  })

  app.use(log.middleware)
  app.use(version(world))
  app.use('/v1/*', cors, bodyLength, bearer(world))
  app.use(browserSession(world))
  app.get('/.well-known/openid-configuration', (c) => c.json(discovery(world.origin)))
  app.get('/.well-known/jwks.json', async (c) => c.json(await publicKeys()))
  app.route('/', createPageRoutes(world))
  const api = { dataset: () => world.dataset, clock: world.clock, origin: () => world.origin }
  app.route('/', createCheckoutRoutes(api))
  app.route('/', createOAuthRoutes(world))
  app.route('/', createApi(api))
  app.notFound((c) => c.json({ detail: 'Not Found' }, 404))
  return app
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}
