/** The BFF in an Express app. */
import type { Bff } from '../create-bff.ts'
import { createNodeListener, type NodeRequest, type NodeResponse } from './node-listener.ts'
import { isForCaller, isOfUnfinished } from './own-errors.ts'

type Next = (error?: unknown) => void

/**
 * Middleware for Express 4 and 5, and for Node's own server. It answers the calls of the BFF. The
 * answers of your own routes get the session cookie if `bff.callPolar(request, …)` or
 * `polar(bff, request)` refreshed. Mount it before your routes, and before anything that reads bodies.
 * Needs the package `@hono/node-server`.
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
    if (!request.url?.startsWith(`${bff.prefix}/`)) {
      addCookies(bff, request, response)
      next()
    } else if (request.readableEnded) {
      next(new Error('The body was read before toExpress(bff): mount it before express.json().'))
    } else await listen(request, response, request)
  }
}

/** At the last moment: only then is it known whether a call refreshed. */
function addCookies(bff: Bff, request: NodeRequest, response: NodeResponse): void {
  const { writeHead } = response
  response.writeHead = function (this: NodeResponse, ...head: never[]): never {
    response.writeHead = writeHead
    for (const { header } of bff.answerCookies(request)) response.appendHeader('Set-Cookie', header)
    return Reflect.apply(writeHead, this, head) as never
  }
}

/**
 * Middleware for errors: answers what your routes threw, as JSON that `connect.fetch` of the page
 * understands. The log has the reference that the answer shows. Express itself answers errors that the
 * caller made: a malformed body, or any error with a status from 400 to 499. Mount it after the routes.
 *
 * @example
 * app.use('/api', toExpressErrors(bff))
 */
export function toExpressErrors(
  bff: Bff,
): (error: unknown, request: NodeRequest, response: NodeResponse, next: Next) => Promise<void> {
  return async (error, request, response, next) => {
    if (response.headersSent || isForCaller(error)) {
      next(error)
      return
    }
    const answer = bff.toResponse(error, request)
    for (const name of response.getHeaderNames().filter(isOfUnfinished)) response.removeHeader(name)
    const headers = Object.fromEntries(answer.headers)
    response.writeHead(answer.status, headers).end(await answer.text())
  }
}
