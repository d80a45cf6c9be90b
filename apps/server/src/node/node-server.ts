/** One Node process that serves an app, and stops without dropping what it has begun. */
import { createServer, type Server } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import type { ExecutionContext } from 'hono'
import { createBackground, type Background } from '../background.ts'

/** How long a stop may take: longer than a refresh at Polar. */
const STOP_TIMEOUT_MS = 25_000
/** Slow heads and slow bodies hold a connection no longer. */
// S59: slow headers
const TIMEOUTS = { headersMs: 10_000, requestMs: 30_000 }
/** How often Node looks for them: by itself it would let them go on for half a minute more. */
const TIMEOUT_SWEEP_MS = 1000
const IDLE_SWEEP_MS = 20

export type Handler = (
  request: Request,
  bindings: HttpBindings,
  context: ExecutionContext,
) => Response | Promise<Response>

export interface NodeServer {
  readonly port: number
  /** Takes no new call, and resolves when those under way and the work behind them are done. */
  stop(): Promise<void>
}

/** @throws the error of `listen`, such as `EADDRINUSE`. */
export async function serve(
  handler: Handler,
  options: {
    readonly port: number
    readonly host: string | undefined
    readonly timeouts?: { readonly headersMs: number; readonly requestMs: number }
  },
): Promise<NodeServer> {
  const background = createBackground()
  const listener = getRequestListener((request, bindings) =>
    handler(request, bindings as HttpBindings, background.context),
  )
  const server = createServer(
    { connectionsCheckingInterval: TIMEOUT_SWEEP_MS },
    (incoming, outgoing) => void listener(incoming, outgoing),
  )
  const { headersMs, requestMs } = options.timeouts ?? TIMEOUTS
  server.headersTimeout = headersMs
  // S59: slow bodies
  server.requestTimeout = requestMs
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return { port: portOf(server), stop: () => stop(server, background) }
}

async function stop(server: Server, background: Background): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A kept connection becomes idle when its call ends, and would hold the server open.
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS)
  const done = closed.then(() => background.settled())
  const timeout = new Promise<void>((resolve) => {
    setTimeout(resolve, STOP_TIMEOUT_MS).unref()
  })
  await Promise.race([done, timeout])
  clearInterval(sweep)
  server.closeAllConnections()
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
