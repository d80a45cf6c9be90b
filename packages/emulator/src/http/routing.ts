/** What Polar's router answers if no route matches: 405, a redirect for the slash, or 404. */
import type { Context, MiddlewareHandler } from 'hono'
import type { RouterRoute } from 'hono/types'
import type { EmulatorEnv } from './environment.ts'

interface Route {
  readonly method: string
  readonly fits: RegExp
}

export interface Routing {
  /** Polar does not answer HEAD as GET: no path has HEAD. */
  readonly head: MiddlewareHandler<EmulatorEnv>
  notFound(c: Context<EmulatorEnv>): Response
}

/** @param registered the routes of the app, read at the first request. */
export function createRouting(registered: () => readonly RouterRoute[]): Routing {
  let routes: readonly Route[] | undefined

  /** The method of the first route with this path. Polar's `Allow` names only that one. */
  function methodOf(path: string): string | undefined {
    routes ??= registered()
      .filter(({ method, path: pattern }) => method !== 'ALL' && isOfApi(pattern))
      .map(({ method, path: pattern }) => ({ method, fits: expressionOf(pattern) }))
    return routes.find(({ fits }) => fits.test(path))?.method
  }

  const routing: Routing = {
    async head(c, next) {
      if (c.req.method === 'HEAD' && isOfApi(c.req.path)) return routing.notFound(c)
      await next()
      return undefined
    },

    notFound(c) {
      const { pathname, search, origin } = new URL(c.req.url)
      const allowed = methodOf(pathname)
      if (allowed !== undefined) {
        return c.json({ detail: 'Method Not Allowed' }, 405, { Allow: allowed })
      }
      const other = pathname.endsWith('/') ? pathname.slice(0, -1) : `${pathname}/`
      if (methodOf(other) !== undefined) return c.redirect(origin + other + search, 307)
      return c.json({ detail: 'Not Found' }, 404)
    },
  }
  return routing
}

const WEB_HOST = /^\/($|_|oauth2\/|auth($|\/)|checkout\/|buy\/|invoices\/|dashboard\/)/

/**
 * Whether the path belongs to Polar's API host. Polar's web host is another service, without bearer
 * tokens and versions. The controls belong to the emulator.
 */
export function isOfApi(path: string): boolean {
  return !WEB_HOST.test(path)
}

function expressionOf(pattern: string): RegExp {
  const parts = pattern.split('/').map((part) => {
    const custom = /^:\w+\{(.+)\}$/.exec(part)?.[1]
    return custom ?? (part.startsWith(':') ? '[^/]+' : part.replaceAll('.', '\\.'))
  })
  return new RegExp(`^${parts.join('/')}$`)
}
