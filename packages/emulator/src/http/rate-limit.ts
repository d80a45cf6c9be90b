/**
 * Polar's rate limit, off unless set: fixed windows, one for each OAuth client. A token that was not
 * accepted for a while has a window of its own, so every rotated token starts there.
 */
import type { MiddlewareHandler } from 'hono'
import { bearerOf } from './api-layers.ts'
import type { EmulatorEnv } from './environment.ts'
import type { Pair } from '../world/records.ts'
import type { World } from '../world/world.ts'

const WINDOW_SECONDS = 60
const UNSEEN_LIMIT = 60
const SEEN_SECONDS = 300

export function rateLimit(world: World): MiddlewareHandler<EmulatorEnv> {
  const windows = new Map<string, { readonly startedAt: number; count: number }>()
  /** Epoch seconds of the last call in which a token was accepted. */
  const seen = new WeakMap<Pair, number>()

  return async (c, next) => {
    const now = world.clock.now()
    const { limit, key } = bucketOf(bearerOf(c.req.header('Authorization')), now)
    if (limit === null) windows.clear()
    else if (!enters(key, limit, now)) {
      c.set('note', 'Rate limit exceeded')
      // Polar tells the length of the window, not what is left of it, and nothing else.
      return c.body(null, 429, { 'Retry-After': String(WINDOW_SECONDS) })
    }
    await next()
    const accepted = c.get('pair')
    if (accepted !== undefined) seen.set(accepted, now)
    return undefined
  }

  /** All tokens of a client together; a token by itself at first; or everybody without one. */
  function bucketOf(token: string | undefined, now: number) {
    const limit = world.settings.rate_limit
    if (token === undefined || limit === null) return { limit, key: 'anonymous' }
    const pair = world.pairByToken(token)?.pair
    const known = pair !== undefined && now - (seen.get(pair) ?? -Infinity) < SEEN_SECONDS
    return known ? { limit, key: pair.clientId } : { limit: UNSEEN_LIMIT, key: token }
  }

  function enters(key: string, limit: number, now: number): boolean {
    const open = windows.get(key)
    const running = open !== undefined && now - open.startedAt < WINDOW_SECONDS
    const window = running ? open : { startedAt: now, count: 0 }
    windows.set(key, window)
    if (window.count >= limit) return false
    // What is refused does not count.
    window.count += 1
    return true
  }
}
