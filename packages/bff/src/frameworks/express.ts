/** The BFF in an Express app. */
import type { Bff } from '../create-bff.ts'
import { BffError } from '../errors/bff-error.ts'
import { createNodeListener, type NodeRequest, type NodeResponse } from './node-listener.ts'

type Next = (error?: unknown) => void

/**
 * Middleware for Express 4 and 5. It answers the calls of the BFF and leaves the others alone. Mount it
 * before anything that reads bodies. Needs the package `@hono/node-server`.
 *
 * @example
 * const app = express()
 * app.use(toExpress(bff))
 */
export function toExpress(
  bff: Bff,
): (request: NodeRequest, response: NodeResponse, next: Next) => Promise<void> {
  const listen = createNodeListener(bff)
  return async (request, response, next) => {
    if (!request.url?.startsWith(`${bff.prefix}/`)) next()
    else if (request.readableEnded) {
      next(new Error('The body was read before toExpress(bff): mount it before express.json().'))
    } else await listen(request, response, request)
  }
}

/**
 * Middleware for errors: answers a `BffError` of your routes, and leaves others alone. The log has the
 * reference that the answer shows. Mount it after the routes.
 *
 * @example
 * app.use(toExpressErrors(bff))
 */
export function toExpressErrors(
  bff: Bff,
): (error: unknown, request: NodeRequest, response: NodeResponse, next: Next) => Promise<void> {
  return async (error, request, response, next) => {
    if (!(error instanceof BffError) || response.headersSent) {
      next(error)
      return
    }
    const answer = bff.toResponse(error, request)
    const headers = Object.fromEntries(answer.headers)
    response.writeHead(answer.status, headers).end(await answer.text())
  }
}

/**
 * Adds the session cookie to the answer if a call refreshed: after `bff.callPolar(request, …)` or
 * `polar(bff, request)`, and before you send. Also for Node's own server.
 *
 * @example
 * app.get('/reports/products', async (request, response) => {
 *   bff.checkOrigin(request)
 *   const { items } = await polar(bff, request).products.list()
 *   sendCookies(bff, request, response)
 *   response.json(items.map(({ name }) => name))
 * })
 */
export function sendCookies(bff: Bff, request: NodeRequest, response: NodeResponse): void {
  for (const { header } of bff.setCookies(request)) response.appendHeader('Set-Cookie', header)
}
