/**
 * The entry for Vercel: the BFF as one function of the Node runtime. Vercel serves the page from the
 * files beside it.
 */
import { getRequestListener } from '@hono/node-server'
import { clientAddress } from '@polar-connect/bff/env'
import type { ExecutionContext } from 'hono'
import { builtAt } from '../built-at.ts'
import { createServerless } from './serverless.ts'
import { openRedis } from '../redis.ts'

/** Vercel's runtime keeps the context of the current request here. */
const REQUEST_CONTEXT = Symbol.for('@vercel/request-context')

interface RequestContext {
  readonly waitUntil?: (work: Promise<unknown>) => void
}

const context: ExecutionContext = {
  waitUntil(work) {
    const held = Reflect.get(globalThis, REQUEST_CONTEXT) as { get(): RequestContext } | undefined
    held?.get().waitUntil?.(work)
  },
  passThroughOnException() {},
  props: {},
}

const serve = createServerless(process.env, {
  builtAt,
  coordinator: openRedis,
  sharesBy: 'Set REDIS_URL.',
  // Vercel overwrites this header, so a caller cannot set it.
  clientAddress: (c) => clientAddress(c.req.header('X-Real-IP')),
})

export default getRequestListener((request, bindings) => serve(request, bindings, context), {
  overrideGlobalObjects: false,
})
