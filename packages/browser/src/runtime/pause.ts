/**
 * The pause after a 429: no call goes to Polar before it ends. All users of the app share Polar's
 * limit, so all tabs respect the pause and retry one by one.
 */
import { retryAfterOf } from '@polar-connect/protocol'
import { ConnectError } from '../errors.ts'
import { randomPart } from './delay.ts'
import { DEFAULT_PAUSE_SECONDS, MAX_PAUSE_SECONDS, MAX_SPREAD_MS } from './limits.ts'
import type { Pause } from './tabs.ts'

/** The pause that a 429 asks for. @param now milliseconds, on the server's clock. */
export function toPause({ headers }: Response, code: Pause['code'], now: number): Pause {
  const seconds = retryAfterOf(headers, now / 1000) ?? DEFAULT_PAUSE_SECONDS
  const ms = Math.min(seconds, MAX_PAUSE_SECONDS) * 1000
  return { code, until: now + ms, spreadMs: Math.min(ms / 4, MAX_SPREAD_MS) }
}

/**
 * How many milliseconds a call waits: 0, or a random time just after a pause.
 *
 * @throws {ConnectError} during a pause: its code, with the seconds that are left.
 */
export function decideWait(pause: Pause | undefined, now: number): number {
  if (!pause) return 0
  const leftMs = pause.until - now
  if (leftMs <= 0) return randomPart(Math.max(0, leftMs + pause.spreadMs))
  const retryAfterSeconds = Math.ceil(leftMs / 1000)
  throw new ConnectError(pause.code, { status: 429, retryAfterSeconds })
}
