/** The BFF in a Next app. */
import type { Bff } from '../create-bff.ts'
import type { AnswerCookie } from '../http/exchange.ts'
import type { PlainRequest } from '../runtime/incoming.ts'

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/**
 * The handlers of a route file, as `app/bff/[...path]/route.ts`. Set `skipTrailingSlashRedirect: true`
 * in `next.config.ts`: Polar's lists end in a slash.
 *
 * @example
 * export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toNextHandlers(bff)
 */
export function toNextHandlers(
  bff: Pick<Bff, 'fetch'>,
): Record<Method, (request: Request) => Promise<Response>> {
  const handle = async (request: Request) => bff.fetch(request)
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
 * A route of your own that acts for the person. It refuses calls that your own page did not make. Its
 * answer gets the session cookie if `bff.callPolar(request, …)` or `polar(bff, request)` refreshed.
 * What `handle` throws is answered as JSON that `connect.fetch` of the page understands, and the log
 * has its reference. Next's own signals, such as `notFound()`, pass on.
 *
 * @example
 * export const GET = ownRoute(bff, async (request) => {
 *   const { items } = await polar(bff, request).products.list()
 *   return Response.json(items.map(({ name }) => name))
 * })
 */
export function ownRoute<NextRequest extends Request, Rest extends readonly unknown[]>(
  bff: Pick<Bff, 'checkOrigin' | 'answerCookies' | 'toResponse'>,
  handle: (request: NextRequest, ...rest: Rest) => Response | Promise<Response>,
): (request: NextRequest, ...rest: Rest) => Promise<Response> {
  return async (request, ...rest) => {
    let answer: Response
    try {
      bff.checkOrigin(request)
      answer = await handle(request, ...rest)
    } catch (error) {
      if (isSignal(error)) throw error
      answer = bff.toResponse(error, request)
    }
    const cookies = bff.answerCookies(request)
    if (cookies.length === 0) return answer
    // A copy: the headers of some answers cannot change, as those of `Response.redirect`.
    const copy = new Response(answer.body, answer)
    const present = new Set(copy.headers.getSetCookie())
    for (const { header } of cookies) {
      if (!present.has(header)) copy.headers.append('Set-Cookie', header)
    }
    return copy
  }
}

/** What Next throws to say something to itself has a `digest`: a redirect, or the end of prerendering. */
function isSignal(error: unknown): boolean {
  return error instanceof Error && 'digest' in error
}

/**
 * Sets the session cookie if a call refreshed: after `bff.callPolar(request, …)` or
 * `polar(bff, request)` in a server action. {@link ownRoute} does it in a route. Next lets no page set
 * cookies: there the next call claims the refreshed session.
 *
 * @param request what you called Polar with, as in `{ headers: await headers() }`.
 * @param store `await cookies()` of `next/headers`.
 * @example
 * const request = { headers: await headers() }
 * const { items } = await polar(bff, request).products.list()
 * sendCookies(bff, request, await cookies())
 */
export function sendCookies(
  bff: Pick<Bff, 'answerCookies'>,
  request: PlainRequest,
  store: { set(name: string, value: string, options: Omit<AnswerCookie, 'header'>): unknown },
): void {
  for (const { header: _, ...cookie } of bff.answerCookies(request)) {
    store.set(cookie.name, cookie.value, cookie)
  }
}
