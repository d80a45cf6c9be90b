/** Checks a configuration before you deploy it, with the checks that the server makes itself. */
import { joinChecks, type Check } from '@polar-connect/protocol'
import { assemble } from '../assemble.ts'
import { createBackground } from '../background.ts'
import { builtAt } from '../built-at.ts'
import { ConfigError, readConfig } from '../config/config.ts'
import { createJsonLogger } from '../log.ts'
import { createNodeHost } from '../node/node-host.ts'
import { askServer } from './ask-server.ts'
import { checkPolarApi } from './polar-api.ts'

/** It has what it needs, and does not start. */
const SILENT: Check = {
  id: 'server',
  status: 'failed',
  detail: 'The server does not answer with these values.',
  fix: 'Start it with them, and look for the error in its log.',
}

/**
 * @param source the file that the values came from, if there is one.
 * @param api the version of Polar's API to compare, if any.
 */
export async function checkConfiguration(
  env: object,
  source?: string,
  api?: string,
): Promise<readonly Check[]> {
  const createLogger = () => createJsonLogger('silent')
  const host = createNodeHost(env, { builtAt, createLogger, diagnostics: true })
  try {
    const { appOrigin, server } = readConfig(env, source)
    const { serve } = assemble(env, host, source)
    const { context } = createBackground()
    const told = await askServer(async (path, init) =>
      serve(new Request(appOrigin + path, init), {}, context),
    )
    const detail = 'Every value is there and has the right form.'
    return joinChecks([
      { id: 'configuration', status: 'ok', detail },
      ...(told ?? [SILENT]),
      ...(api === undefined ? [] : [await checkPolarApi(server, host.upstream, api)]),
    ])
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.faults.map((fault) => ({ id: 'configuration', status: 'failed', detail: fault }))
  } finally {
    host.close()
  }
}
