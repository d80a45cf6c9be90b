/** Polar's rate limit, off unless set: fixed windows, one for each OAuth client. */
import type { MiddlewareHandler } from 'hono'
import { bearerOf } from './api-layers.ts'
import type { EmulatorEnv } from '../environment.ts'
import type { World } from '../world.ts'

const WINDOW_SECONDS = 60

export function rateLimit(world: World): MiddlewareHandler<EmulatorEnv> {
  const windows = new Map<string, { readonly startedAt: number; count: number }>()
  return async (c, next) => {
    const limit = world.settings.rate_limit
    if (limit === null) {
      windows.clear()
      return next()
    }
    const now = world.clock.now()
    const key = bucketOf(world, c.req.header('Authorization'))
    const open = windows.get(key)
    const running = open !== undefined && now - open.startedAt < WINDOW_SECONDS
    const window = running ? open : { startedAt: now, count: 0 }
    windows.set(key, window)
    if (window.count >= limit) {
      c.set('note', 'Rate limit exceeded')
      // Polar tells the length of the window, not what is left of it, and says nothing else.
      return c.body(null, 429, { 'Retry-After': String(WINDOW_SECONDS) })
    }
    // What is refused does not count.
    window.count += 1
    return next()
  }
}

/** All tokens of a client together; a token nobody knows; or everybody without one. */
function bucketOf(world: World, authorization: string | undefined): string {
  const token = bearerOf(authorization)
  if (token === undefined) return 'anonymous'
  return world.pairByToken(token)?.pair.clientId ?? token
}
