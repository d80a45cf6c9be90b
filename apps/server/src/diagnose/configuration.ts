/** The checks of a configuration before it is deployed: those that the server would make of itself. */
import { createBff } from '@polar-connect/bff'
import { createDiagnostics } from '@polar-connect/bff/diagnostics'
import { joinChecks, type Check } from '@polar-connect/protocol'
import { ConfigError, readConfig, type Config, type Environment } from '../config/config.ts'
import { askServer } from './ask-server.ts'
import { openSharedCoordinator } from '../shared-coordinator.ts'

/** @param source the file that the values came from, if there is one. */
export async function checkConfiguration(
  env: Environment,
  source?: string,
): Promise<readonly Check[]> {
  const config = await readFaults(env, source)
  if (!('bff' in config)) return config
  const shared = openSharedCoordinator(config)
  const bff = createBff({ ...config.bff, ...shared.option, diagnostics: createDiagnostics })
  const answer = await askServer(async (path, init) =>
    bff.fetch(new Request(config.bff.appOrigin + path, init)),
  )
  shared.close()
  const complete = 'Every value is there and has the right form.'
  return joinChecks([{ id: 'configuration', status: 'ok', detail: complete }, ...(answer ?? [])])
}

async function readFaults(
  env: Environment,
  source: string | undefined,
): Promise<Config | readonly Check[]> {
  try {
    return await readConfig(env, source)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.faults.map((fault) => ({ id: 'configuration', status: 'failed', detail: fault }))
  }
}
