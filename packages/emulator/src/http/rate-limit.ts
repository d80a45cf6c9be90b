/**
 * Polar's rate limit, off by default: fixed windows, one for each OAuth client. A token that was not
 * accepted recently has its own window. So each rotated token starts with its own window.
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
  /** When each token was last accepted, in epoch seconds. */
  const seen = new WeakMap<Pair, number>()

  return async (c, next) => {
    const now = world.clock.now()
    const { limit, key } = bucketOf(bearerOf(c.req.header('Authorization')), now)
    if (limit === null) windows.clear()
    else if (!enters(key, limit, now)) {
      c.set('note', 'Rate limit exceeded')
      // Polar sends the length of the window, not the time that is left. It sends no other header.
      return c.body(null, 429, { 'Retry-After': String(WINDOW_SECONDS) })
    }
    await next()
    const accepted = c.get('pair')
    if (accepted !== undefined) seen.set(accepted, now)
    return undefined
  }

  /** Known tokens count for their client, new tokens for themselves, all other calls together. */
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
    // Refused calls do not count.
    window.count += 1
    return true
  }
}
