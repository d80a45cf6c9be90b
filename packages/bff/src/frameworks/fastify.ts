/** The BFF in a Fastify app. */
import type { Bff } from '../create-bff.ts'
import type { PlainRequest } from '../runtime/incoming.ts'
import { createNodeListener, type NodeRequest, type NodeResponse } from './node-listener.ts'

interface FastifyRequest extends PlainRequest {
  readonly raw: NodeRequest
}

interface FastifyReply {
  readonly raw: NodeResponse
  hijack(): unknown
}

/** What the plugin uses of Fastify. */
interface Fastify {
  removeAllContentTypeParsers(): void
  addContentTypeParser(
    type: string,
    parser: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown
  all(
    path: string,
    handler: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
  ): unknown
}

/**
 * A plugin for Fastify 5. It answers the calls of the BFF. Needs the package `@hono/node-server`.
 *
 * @example
 * const app = fastify()
 * await app.register(toFastify(bff))
 */
export function toFastify(bff: Bff): (fastify: Fastify) => Promise<void> {
  const listen = createNodeListener(bff)
  return async (fastify) => {
    // The BFF reads bodies itself, within its own limits. Other routes keep their parsers.
    fastify.removeAllContentTypeParsers()
    fastify.addContentTypeParser('*', (_request, _payload, done) => done(null))
    fastify.all(`${bff.prefix}/*`, async (request, reply) => {
      reply.hijack()
      await listen(request.raw, reply.raw, request)
    })
  }
}

/**
 * Adds the session cookie to the answer if a call refreshed: after `bff.callPolar(request, …)` or
 * `polar(bff, request)`, and before you send.
 *
 * @example
 * app.get('/reports/products', async (request, reply) => {
 *   bff.checkOrigin(request)
 *   const { items } = await polar(bff, request).products.list()
 *   sendCookies(bff, request, reply)
 *   return items.map(({ name }) => name)
 * })
 */
export function sendCookies(
  bff: Bff,
  request: PlainRequest,
  reply: { header(name: string, value: string): unknown },
): void {
  for (const { header } of bff.setCookies(request)) reply.header('set-cookie', header)
}
