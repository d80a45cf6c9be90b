/** The entry for Cloudflare Workers: the BFF, and the built app from the assets binding. */
import { createBff, type Bff } from '@polar-connect/bff'
import { BASE_PATH } from '@polar-connect/protocol'
import type { ExecutionContext } from 'hono'
import { ConfigError, readConfig, type Environment } from './config.ts'
import { documentHeaders } from './document-headers.ts'
import { createJsonLogger } from './json-logger.ts'
import { logEvents } from './log.ts'

interface Bindings {
  readonly ASSETS: { fetch(request: Request): Promise<Response> }
}

/** Once an isolate, at its first request: a Worker has no start of its own. */
let bff: Promise<Bff> | undefined

async function create(env: Environment): Promise<Bff> {
  const config = await readConfig(env)
  return createBff({ ...config.bff, onEvent: logEvents(createJsonLogger()) })
}

export default {
  async fetch(
    request: Request,
    env: Bindings & Environment,
    context: ExecutionContext,
  ): Promise<Response> {
    const { pathname, protocol } = new URL(request.url)
    if (pathname.startsWith(`${BASE_PATH}/`)) {
      bff ??= create(env)
      try {
        return (await bff).fetch(request, env, context)
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error
        // A Worker has no start that could fail, so every call says so, and the log says what.
        createJsonLogger().error({ faults: error.faults }, 'not configured')
        return new Response('The server is not configured.', { status: 500 })
      }
    }
    const asset = await env.ASSETS.fetch(request)
    const answer = new Response(asset.body, asset)
    const headers = documentHeaders(pathname, protocol === 'https:')
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
    return answer
  },
}
