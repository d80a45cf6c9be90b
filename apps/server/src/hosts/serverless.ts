/**
 * What the hosts share that start an app by its first request. There is no start that could fail: with
 * a faulty configuration every call answers 500, and the page says that the app is not set up.
 */
import { BffError } from '@polar-connect/bff'
import type { Problem } from '@polar-connect/protocol'
import { assemble, isServerPath, pageOf, type Host, type Serve } from '../assemble.ts'
import { ConfigError, type Environment } from '../config/config.ts'
import { createJsonLogger } from '../log.ts'

/** A host whose log is the console. */
export type ServerlessHost = Omit<Host, 'createLogger'>

export function createServerless(env: Environment, options: ServerlessHost): Serve {
  const host = { ...options, createLogger: createJsonLogger }
  let app: Promise<Serve> | undefined
  return async (request, bindings, context) => {
    app ??= start(env, host)
    return (await app)(request, bindings, context)
  }
}

async function start(env: Environment, host: Host): Promise<Serve> {
  try {
    return (await assemble(env, host)).serve
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const page = pageOf(host, false)
    return (request, bindings, context) =>
      isServerPath(new URL(request.url).pathname)
        ? refuse(error.faults)
        : page(request, bindings, context)
  }
}

/** Only the log tells the faults. The reference in the answer leads there. */
async function refuse(faults: ConfigError['faults']): Promise<Response> {
  const answer = new BffError('misconfigured', 'not configured').getResponse()
  answer.headers.set('Cache-Control', 'no-store')
  answer.headers.set('X-Content-Type-Options', 'nosniff')
  const { reference } = (await answer.clone().json()) as Problem
  createJsonLogger().error({ faults, reference }, 'not configured')
  return answer
}
