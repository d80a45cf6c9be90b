/** Starts the app as a Node process, and shuts it down in order. */
import { pathOf } from '@polar-connect/protocol'
import { pino } from 'pino'
import { assemble } from '../assemble.ts'
import { ConfigError, type Config } from '../config/config.ts'
import type { Logger } from '../log.ts'
import { createNodeHost, type NodeEntry } from './node-host.ts'
import { serve, type Handler, type NodeServer } from './node-server.ts'

/**
 * Starts the app, and stops it at SIGTERM or SIGINT. With a faulty configuration it prints each fault
 * on a line and exits with code 1.
 *
 * @param source the file that the environment came from, if there is one.
 */
export async function startNode(
  entry: Omit<NodeEntry, 'createLogger'>,
  source?: string,
): Promise<void> {
  const host = createNodeHost(process.env, { ...entry, createLogger })
  const app = assemble(process.env, host, source)
  const { config, logger } = await orExit(app.start)
  let stopping = false
  const handler: Handler = (request, bindings, context) =>
    stopping && new URL(request.url).pathname === pathOf('health')
      ? shuttingDown()
      : app.serve(request, bindings, context)
  const server = await orExit(() => listen(handler, config))
  logger.info({ port: server.port, polar: config.polar }, 'listening')

  const end = (signal: string) => {
    // A second signal means: stop now.
    if (stopping) process.exit(1)
    stopping = true
    logger.info({ signal }, 'stopping')
    // Ctrl+C: no load balancer has to notice.
    const graceMs = signal === 'SIGTERM' ? config.stop.graceMs : 0
    void server.stop({ ...config.stop, graceMs }).then(() => {
      host.close()
      logger.info({}, 'stopped')
      process.exit(0)
    })
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

/** Drops lines that cannot be written. By default pino retries, and the server hangs meanwhile. */
function createLogger(level: Config['logLevel']): Logger {
  process.stdout.on('error', () => undefined)
  return pino({ level, base: null }, { write: (line) => void process.stdout.write(line) })
}

/** Not ready for new calls. Calls that still arrive are served. */
function shuttingDown(): Response {
  const headers = { 'Cache-Control': 'no-store' }
  return Response.json({ status: 'shutting_down' }, { status: 503, headers })
}

/** @throws {ConfigError} if the address cannot be used. */
async function listen(handler: Handler, config: Config): Promise<NodeServer> {
  try {
    return await serve(handler, config)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === undefined) throw cause
    throw new ConfigError([`${LISTEN_FAULTS[code] ?? 'PORT or HOST cannot be used:'} (${message})`])
  }
}

/** The errors of `listen`, with the variable that fixes each. */
const LISTEN_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'PORT is in use. Stop what uses it, or set another one.',
  EACCES: 'PORT needs rights that this process does not have. Set one from 1024 on.',
  EADDRNOTAVAIL: 'HOST is no address of this computer. Remove it to listen on all of them.',
  ENOTFOUND: 'HOST is no address that can be found. Remove it to listen on all of them.',
}

/** Prints the faults of a configuration, one on each line, and exits with code 1. */
export async function orExit<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
