/** A Node process that serves an app. It stops without dropping calls. */
import { createServer, type Server } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import type { ExecutionContext } from 'hono'
import { createBackground, type Background } from '../background.ts'

/**
 * Load balancers close an idle connection after 60 seconds. This server must wait longer: otherwise a
 * call can arrive on a connection that is closing.
 */
const KEEP_ALIVE_MS = 75_000
/** Slow headers and slow bodies can hold a connection this long. */
const REQUEST_MS = 30_000
/** Longer than any call is silent: a refresh takes 40 seconds at most. */
const SILENCE_MS = 120_000
/** How often Node looks for them. Its default would allow half a minute more. */
const TIMEOUT_SWEEP_MS = 1000
const IDLE_SWEEP_MS = 20
/** Above the BFF's limit, so that too many cookies of other apps get the BFF's answer. */
const MAX_HEAD_BYTES = 32 * 1024
/** For HTTP/1.0 probes, which send no host. The app reads its origin from the configuration. */
const UNNAMED_HOST = 'localhost'

export type Handler = (
  request: Request,
  bindings: HttpBindings,
  context: ExecutionContext,
) => Response | Promise<Response>

export interface NodeServer {
  readonly port: number
  /**
   * Continues to serve for `graceMs`, so that load balancers notice. Then it accepts no new calls. It
   * resolves when running calls and their background work are done, or after `timeoutMs`.
   */
  stop(limits?: StopLimits): Promise<void>
}

export interface StopLimits {
  readonly graceMs: number
  /** Counts from the end of the grace period. */
  readonly timeoutMs: number
}

/** @throws the error of `listen`, such as `EADDRINUSE`. */
export async function serve(
  handler: Handler,
  options: {
    readonly port: number
    readonly host: string | undefined
    /** How long an idle connection stays open. */
    readonly keepAliveMs?: number
    /** How long a request may take to arrive. */
    readonly requestMs?: number
    /** How long a client may read nothing of its answer. */
    readonly silenceMs?: number
  },
): Promise<NodeServer> {
  const { keepAliveMs = KEEP_ALIVE_MS, requestMs = REQUEST_MS, silenceMs = SILENCE_MS } = options
  const background = createBackground()
  const listener = getRequestListener(
    (request, bindings) => handler(request, bindings as HttpBindings, background.context),
    { hostname: UNNAMED_HOST },
  )
  const server = createServer(
    { connectionsCheckingInterval: TIMEOUT_SWEEP_MS, maxHeaderSize: MAX_HEAD_BYTES },
    (incoming, outgoing) => {
      // `OPTIONS *` asks about the server itself; a `Request` cannot hold it (RFC 9110 §9.3.7).
      if (incoming.url === '*') return void outgoing.writeHead(204, { Allow: 'GET, HEAD' }).end()
      void listener(incoming, outgoing)
    },
  )
  server.keepAliveTimeout = keepAliveMs
  // S59: a client that reads nothing of its answer
  server.timeout = silenceMs
  // Node uses the shorter of these two for heads.
  server.headersTimeout = requestMs
  // S59: slow heads and slow bodies
  server.requestTimeout = requestMs
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return { port: portOf(server), stop: (limits) => stop(server, background, limits) }
}

async function stop(
  server: Server,
  background: Background,
  { graceMs, timeoutMs }: StopLimits = { graceMs: 0, timeoutMs: 30_000 },
): Promise<void> {
  // Callers should come back on a new connection, to another server.
  server.prependListener('request', (_, outgoing) => outgoing.setHeader('Connection', 'close'))
  await new Promise((resolve) => setTimeout(resolve, graceMs))
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection becomes idle when its call ends. It would keep the server open.
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS)
  const done = closed.then(() => background.settled())
  const timeout = new Promise<void>((resolve) => {
    setTimeout(resolve, timeoutMs).unref()
  })
  await Promise.race([done, timeout])
  clearInterval(sweep)
  server.closeAllConnections()
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
