/** What the Node entries share: configuration, log, server, and an orderly end. */
import type { IncomingMessage } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import { createBff, type BffOptions } from '@polar-connect/bff'
import { createDiagnostics } from '@polar-connect/bff/diagnostics'
import { createUndiciUpstream } from '@polar-connect/bff/drivers/undici'
import type { Context } from 'hono'
import { pino } from 'pino'
import { clientAddress } from '../client-address.ts'
import { ConfigError, readConfig, type Config } from '../config/config.ts'
import { logEvents } from '../log.ts'
import { serve, type Handler } from './node-server.ts'
import { openSharedCoordinator } from '../shared-coordinator.ts'

/**
 * Starts the app that `compose` makes around the BFF, and ends it at SIGTERM or SIGINT. A
 * configuration with faults is printed, a line each, and ends the process with 1.
 *
 * @param extra BFF options beside those of the environment.
 */
export async function startNode(
  compose: (bff: Handler, config: Config) => Handler,
  options: { readonly source?: string; readonly extra?: Partial<BffOptions> } = {},
): Promise<void> {
  const config = await readConfigOrExit(options.source)
  const logger = pino({ level: config.logLevel, base: null })
  const shared = openSharedCoordinator(config, logger)
  const bff = createBff({
    ...config.bff,
    ...shared.option,
    upstream: createUndiciUpstream(),
    ...(config.diagnostics && { diagnostics: createDiagnostics }),
    onEvent: logEvents(logger),
    clientAddress: (c) =>
      clientAddress(
        incomingOf(c)?.socket.remoteAddress,
        c.req.header('X-Forwarded-For'),
        config.trustedProxies,
      ),
    ...options.extra,
  })
  const handler = compose(
    (request, bindings, context) => bff.fetch(request, bindings, context),
    config,
  )
  const server = await serve(handler, config)
  logger.info({ port: server.port, polar: config.bff.server.identity }, 'listening')

  const end = (signal: string) => {
    logger.info({ signal }, 'stopping')
    void server.stop().then(() => {
      shared.close()
      logger.info('stopped')
      process.exit(0)
    })
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
}

/** The request as Node received it. */
function incomingOf(c: Context): IncomingMessage | undefined {
  return (c.env as Partial<HttpBindings>).incoming
}

/** Prints every fault, a line each, and ends the process with 1. */
export async function readConfigOrExit(source: string | undefined): Promise<Config> {
  try {
    return await readConfig(process.env, source)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
