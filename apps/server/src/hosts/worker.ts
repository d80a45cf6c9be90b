/**
 * The entry for Cloudflare Workers: the BFF, and the built app from the assets binding. Without that
 * binding it is the BFF alone, and the page comes from elsewhere on the same origin.
 */
import {
  createDurableObjectCoordinator,
  type CoordinatorNamespace,
} from '@polar-connect/bff/drivers/durable-object'
import type { ExecutionContext } from 'hono'
import type { Environment } from '../config/config.ts'
import { documentHeaders } from '../page/document-headers.ts'
import { isPageAddress } from '../page/page-address.ts'
import { isServerPath, type Serve } from '../assemble.ts'
import { createServerless } from './serverless.ts'

export { PolarConnectCoordinator } from '@polar-connect/bff/drivers/durable-object'

interface Bindings {
  readonly ASSETS?: { fetch(request: Request): Promise<Response> }
  /** What all isolates share; without it each refreshes for itself. */
  readonly COORDINATOR?: CoordinatorNamespace
  /** When this version was uploaded. */
  readonly VERSION?: { readonly timestamp?: string }
}

/** Once an isolate, at its first request: a Worker has no start of its own. */
let serve: Serve | undefined

export default {
  async fetch(
    request: Request,
    env: Bindings & Environment,
    context: ExecutionContext,
  ): Promise<Response> {
    const { pathname, protocol } = new URL(request.url)
    if (isServerPath(pathname)) {
      serve ??= createServerless(env, {
        builtAt: env.VERSION?.timestamp || new Date().toISOString(),
        clientAddress: (c) => c.req.header('CF-Connecting-IP'),
        coordinator: () => env.COORDINATOR && createDurableObjectCoordinator(env.COORDINATOR),
        sharesBy: 'Bind COORDINATOR to the Durable Object, as wrangler.jsonc does.',
      })
      return serve(request, env, context)
    }
    const asset =
      env.ASSETS && isPageAddress(pathname)
        ? await env.ASSETS.fetch(request)
        : new Response('404 Not Found', { status: 404 })
    const answer = new Response(asset.body, asset)
    const headers = documentHeaders(pathname, protocol === 'https:')
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
    return answer
  },
}
