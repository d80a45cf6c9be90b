/**
 * The entry for Vercel: the BFF as one function of the Node runtime, which shows the request target
 * as it came. The page is served by Vercel itself from the files beside it.
 */
import { getRequestListener } from '@hono/node-server'
import type { ExecutionContext } from 'hono'
import { builtAt } from '../built-at.ts'
import { clientAddress } from '../client-address.ts'
import { createServerless } from './serverless.ts'
import { openRedis } from '../redis.ts'

/** Where Vercel's runtime puts what it knows of a request, for every library that asks. */
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
  // Vercel overwrites what the caller sent.
  clientAddress: (c) => clientAddress(c.req.header('X-Real-IP'), undefined, 0),
})

export default getRequestListener((request, bindings) => serve(request, bindings, context), {
  overrideGlobalObjects: false,
})
