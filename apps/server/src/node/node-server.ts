/** One Node process that serves an app, and stops without dropping what it has begun. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import type { ExecutionContext } from 'hono'
import { createBackground, type Background } from '../background.ts'

/**
 * Load balancers close an idle connection after 60 seconds. Ours must be the later one: otherwise a
 * call meets a connection that is just closing.
 */
const KEEP_ALIVE_MS = 75_000
/** Slow heads and slow bodies hold a connection no longer. */
const REQUEST_MS = 30_000
const TOO_SLOW = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n'
/** How often Node looks for them: by itself it would let them go on for half a minute more. */
const TIMEOUT_SWEEP_MS = 1000
const IDLE_SWEEP_MS = 20
/** Above what the BFF allows, so that cookies of other apps get its answer, and the page none at all. */
const MAX_HEAD_BYTES = 32 * 1024
/** What a probe by HTTP/1.0 leaves out. The configuration says where the app is, and never this. */
const UNNAMED_HOST = 'localhost'

export type Handler = (
  request: Request,
  bindings: HttpBindings,
  context: ExecutionContext,
) => Response | Promise<Response>

export interface NodeServer {
  readonly port: number
  /**
   * Serves on for `graceMs`, while balancers learn of the end. Then it takes no new call, and resolves
   * when those under way and the work behind them are done, or `timeoutMs` are over.
   */
  stop(limits?: StopLimits): Promise<void>
}

export interface StopLimits {
  readonly graceMs: number
  /** From the end of the grace. */
  readonly timeoutMs: number
}

/** @throws the error of `listen`, such as `EADDRINUSE`. */
export async function serve(
  handler: Handler,
  options: {
    readonly port: number
    readonly host: string | undefined
    /** How long an idle connection is kept. */
    readonly keepAliveMs?: number
    /** How long a request may take to arrive. */
    readonly requestMs?: number
  },
): Promise<NodeServer> {
  const { keepAliveMs = KEEP_ALIVE_MS, requestMs = REQUEST_MS } = options
  const background = createBackground()
  const listener = getRequestListener(
    (request, bindings) => handler(request, bindings as HttpBindings, background.context),
    { hostname: UNNAMED_HOST },
  )
  const server = createServer(
    { connectionsCheckingInterval: TIMEOUT_SWEEP_MS, maxHeaderSize: MAX_HEAD_BYTES },
    (incoming, outgoing) => {
      // The server itself, which no request can name (RFC 9110 §9.3.7).
      if (incoming.url === '*') return void outgoing.writeHead(204, { Allow: 'GET, HEAD' }).end()
      cutSlowBody(incoming, requestMs)
      void listener(incoming, outgoing)
    },
  )
  server.keepAliveTimeout = keepAliveMs
  // Node takes the shorter of the two for heads, and the longer one for a whole request.
  server.headersTimeout = keepAliveMs + TIMEOUT_SWEEP_MS
  // S59: slow heads
  server.requestTimeout = requestMs
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return { port: portOf(server), stop: (limits) => stop(server, background, limits) }
}

function cutSlowBody(incoming: IncomingMessage, afterMs: number): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers
  if (length === undefined && encoding === undefined) return
  const late = setTimeout(() => {
    if (incoming.complete) return
    // S59: slow bodies
    incoming.socket.end(TOO_SLOW, () => incoming.socket.destroy())
  }, afterMs)
  incoming.once('close', () => clearTimeout(late))
}

async function stop(
  server: Server,
  background: Background,
  { graceMs, timeoutMs }: StopLimits = { graceMs: 0, timeoutMs: 30_000 },
): Promise<void> {
  // A caller of this time comes back on another connection, to another server.
  server.prependListener('request', (_, outgoing) => outgoing.setHeader('Connection', 'close'))
  await new Promise((resolve) => setTimeout(resolve, graceMs))
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A kept connection becomes idle when its call ends, and would hold the server open.
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
