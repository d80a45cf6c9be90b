/** The BFF in a Fastify app. */
import type { Bff } from '../create-bff.ts'
import type { PlainRequest } from '../runtime/incoming.ts'
import { createNodeListener, type NodeRequest, type NodeResponse } from './node-listener.ts'
import { isForCaller, isOfUnfinished } from './own-errors.ts'

interface FastifyRequest extends PlainRequest {
  readonly raw: NodeRequest
}

interface FastifyReply {
  readonly raw: NodeResponse
  header(name: string, value: string): unknown
  getHeaders(): object
  removeHeader(name: string): unknown
  hijack(): unknown
  send(payload: unknown): unknown
}

/** What the plugin uses of Fastify. */
interface Fastify {
  removeAllContentTypeParsers(): void
  addContentTypeParser(
    type: string,
    parser: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown
  addHook(
    name: 'onSend',
    hook: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
  ): unknown
  all(
    path: string,
    handler: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
  ): unknown
  /** Its own type names all of Fastify's. */
  register(plugin: never): PromiseLike<unknown>
}

/**
 * A plugin for Fastify 5. It answers the calls of the BFF. The answers of your own routes get the
 * session cookie if `bff.callPolar(request, …)` or `polar(bff, request)` refreshed. Needs the package
 * `@hono/node-server`.
 *
 * @example
 * const app = fastify()
 * await app.register(toFastify(bff))
 */
export function toFastify(bff: Bff): (fastify: Fastify) => Promise<void> {
  const listen = createNodeListener(bff)

  async function calls(fastify: Fastify): Promise<void> {
    // The BFF reads bodies itself, within its own limits. Other routes keep their parsers.
    fastify.removeAllContentTypeParsers()
    fastify.addContentTypeParser('*', (_request, _payload, done) => done(null))
    fastify.all(`${bff.prefix}/*`, async (request, reply) => {
      reply.hijack()
      await listen(request.raw, reply.raw, request)
    })
  }

  async function plugin(fastify: Fastify): Promise<void> {
    fastify.addHook('onSend', async (request, reply) => {
      for (const { header } of bff.answerCookies(request)) reply.header('set-cookie', header)
    })
    await fastify.register(calls as never)
  }
  // Fastify's mark for a plugin whose hooks hold for the routes around it too.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}

/**
 * A handler for errors: answers what your routes threw, as JSON that `connect.fetch` of the page
 * understands. The log has the reference that the answer shows. Fastify itself answers errors that the
 * caller made: a malformed body, or any error with a status from 400 to 499.
 *
 * @example
 * app.setErrorHandler(toFastifyErrors(bff))
 */
export function toFastifyErrors(
  bff: Bff,
): (error: unknown, request: FastifyRequest, reply: FastifyReply) => unknown {
  return (error, request, reply) => {
    if (isForCaller(error)) return reply.send(error)
    for (const name of Object.keys(reply.getHeaders()).filter(isOfUnfinished))
      reply.removeHeader(name)
    return reply.send(bff.toResponse(error, request))
  }
}
