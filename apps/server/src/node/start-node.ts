/** Starts the app as a Node process, and ends it in order. */
import { pino } from 'pino'
import { assemble } from '../assemble.ts'
import { ConfigError } from '../config/config.ts'
import { createNodeHost, type NodeEntry } from './node-host.ts'
import { serve } from './node-server.ts'

/**
 * Starts the app, and ends it at SIGTERM or SIGINT. Faults of the configuration are printed, one line
 * each, and end the process with exit code 1.
 *
 * @param source the file that the environment came from, if there is one.
 */
export async function startNode(
  entry: Omit<NodeEntry, 'createLogger'>,
  source?: string,
): Promise<void> {
  const host = createNodeHost({ ...entry, createLogger: (level) => pino({ level, base: null }) })
  const app = assemble(process.env, host, source)
  const { config, logger } = await orExit(app.start)
  const server = await serve(app.serve, config)
  logger.info({ port: server.port, polar: config.polar }, 'listening')

  const end = (signal: string) => {
    logger.info({ signal }, 'stopping')
    void server.stop().then(() => {
      host.close()
      logger.info({}, 'stopped')
      process.exit(0)
    })
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
}

/** Prints the faults of a configuration, one line each, and ends the process with exit code 1. */
export async function orExit<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
