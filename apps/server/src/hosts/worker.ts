/**
 * The entry for Cloudflare Workers: the BFF, and the built app from the assets binding. Without that
 * binding it is only the BFF, and another Worker on the same origin serves the page.
 */
import {
  createDurableObjectCoordinator,
  type CoordinatorNamespace,
} from '@polar-connect/bff/drivers/durable-object'
import { clientAddress } from '@polar-connect/bff/env'
import type { ExecutionContext } from 'hono'
import { isServerPath, type Serve } from '../assemble.ts'
import { createServerless } from './serverless.ts'
import { servePage, type PageBindings } from './worker-page.ts'

export { PolarConnectCoordinator } from '@polar-connect/bff/drivers/durable-object'

interface Bindings extends PageBindings {
  /** What all isolates share. Without it each isolate refreshes by itself. */
  readonly COORDINATOR?: CoordinatorNamespace
  /** When this version was uploaded. */
  readonly VERSION?: { readonly timestamp?: string }
}

/** Created once in each isolate, by its first request: a Worker has no start event. */
let serve: Serve | undefined

export default {
  async fetch(request: Request, env: Bindings, context: ExecutionContext): Promise<Response> {
    if (isServerPath(new URL(request.url).pathname)) {
      serve ??= createServerless(env, {
        builtAt: env.VERSION?.timestamp || new Date().toISOString(),
        clientAddress: (c) => clientAddress(c.req.header('CF-Connecting-IP')),
        coordinator: () => env.COORDINATOR && createDurableObjectCoordinator(env.COORDINATOR),
        sharesBy: 'Bind COORDINATOR to the Durable Object, as wrangler.jsonc does.',
      })
      return serve(request, env, context)
    }
    return servePage(request, env)
  },
}
