/** The entry for Cloudflare Workers: the BFF, and the built app from the assets binding. */
import { createBff } from '@polar-connect/bff'
import { BASE_PATH } from '@polar-connect/protocol'
import type { ExecutionContext } from 'hono'
import { ConfigError, readConfig, type Environment } from './config.ts'
import { documentHeaders } from './document-headers.ts'
import { createJsonLogger } from './json-logger.ts'
import { logEvents } from './log.ts'
import { isPageAddress } from './page-address.ts'
import { SECURITY_TEXT_PATH, securityText } from './security-text.ts'

interface Bindings {
  readonly ASSETS: { fetch(request: Request): Promise<Response> }
  /** When this version was uploaded. */
  readonly VERSION?: { readonly timestamp?: string }
}

type Handler = (
  request: Request,
  env: object,
  context: ExecutionContext,
) => Response | Promise<Response>

/** Once an isolate, at its first request: a Worker has no start of its own. */
let app: Promise<Handler> | undefined

async function create(env: Environment, builtAt: string): Promise<Handler> {
  const config = await readConfig(env)
  const bff = createBff({
    ...config.bff,
    onEvent: logEvents(createJsonLogger()),
    clientAddress: (c) => c.req.header('CF-Connecting-IP'),
  })
  const { appOrigin } = config.bff
  const contact = config.securityContact
  return (request, bindings, context) =>
    new URL(request.url).pathname !== SECURITY_TEXT_PATH
      ? bff.fetch(request, bindings, context)
      : new Response(contact && securityText({ contact, appOrigin, builtAt }), {
          status: contact === undefined ? 404 : 200,
          headers: {
            ...documentHeaders(SECURITY_TEXT_PATH, appOrigin.startsWith('https:')),
            'Content-Type': 'text/plain; charset=utf-8',
          },
        })
}

export default {
  async fetch(
    request: Request,
    env: Bindings & Environment,
    context: ExecutionContext,
  ): Promise<Response> {
    const { pathname, protocol } = new URL(request.url)
    if (pathname.startsWith(`${BASE_PATH}/`) || pathname === SECURITY_TEXT_PATH) {
      app ??= create(env, env.VERSION?.timestamp || new Date().toISOString())
      try {
        return await (
          await app
        )(request, env, context)
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error
        // A Worker has no start that could fail, so every call says so, and the log says what.
        createJsonLogger().error({ faults: error.faults }, 'not configured')
        return new Response('The server is not configured.', { status: 500 })
      }
    }
    const asset = isPageAddress(pathname)
      ? await env.ASSETS.fetch(request)
      : new Response('404 Not Found', { status: 404 })
    const answer = new Response(asset.body, asset)
    const headers = documentHeaders(pathname, protocol === 'https:')
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
    return answer
  },
}
