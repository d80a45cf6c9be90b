/** The BFF in a Next app. */
import type { Bff } from '../create-bff.ts'
import type { AnswerCookie } from '../http/exchange.ts'
import type { PlainRequest } from '../runtime/incoming.ts'

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/**
 * The handlers of a route file, as `app/bff/[...path]/route.ts`. Set `skipTrailingSlashRedirect: true`
 * in `next.config.ts`: Polar's lists end in a slash.
 *
 * @param waitUntil keeps work that outlives an answer alive: `after` of `next/server`. Give it where
 *   functions stop with their answer, as on Vercel.
 * @example
 * export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toNextHandlers(bff, after)
 */
export function toNextHandlers(
  bff: Pick<Bff, 'fetch'>,
  waitUntil?: (work: Promise<unknown>) => void,
): Record<Method, (request: Request) => Promise<Response>> {
  const context = waitUntil && { waitUntil, passThroughOnException: () => undefined, props: {} }
  const handle = async (request: Request) => bff.fetch(request, {}, context)
  return {
    GET: handle,
    HEAD: handle,
    POST: handle,
    PUT: handle,
    PATCH: handle,
    DELETE: handle,
    OPTIONS: handle,
  }
}

/**
 * Sets the session cookie if a call refreshed: after `bff.callPolar(request, …)` or
 * `polar(bff, request)`, in a route handler or a server action. Next lets no page set cookies: there the
 * next call claims the refreshed session.
 *
 * @param store `await cookies()` of `next/headers`.
 * @example
 * export async function GET(request: Request) {
 *   bff.checkOrigin(request)
 *   const { items } = await polar(bff, request).products.list()
 *   sendCookies(bff, request, await cookies())
 *   return Response.json(items.map(({ name }) => name))
 * }
 */
export function sendCookies(
  bff: Pick<Bff, 'setCookies'>,
  request: PlainRequest,
  store: { set(name: string, value: string, options: Omit<AnswerCookie, 'header'>): unknown },
): void {
  for (const { header: _, ...cookie } of bff.setCookies(request)) {
    store.set(cookie.name, cookie.value, cookie)
  }
}
