/**
 * The pause after a 429: whoever was refused asks again when its time is over, and not before.
 * Polar's limit is one bucket for everybody, so all tabs keep to it, and come back one by one.
 */
import { PATHS } from '@polar-connect/protocol'
import { randomPart } from './delay.ts'
import { ConnectError, retryAfterOf } from './errors.ts'

export interface Pause {
  /** Who asked for it: the server, or Polar through it. */
  readonly code: 'rate_limited' | 'polar_rate_limited'
  /** Milliseconds since the epoch by the server's clock. */
  readonly until: number
  /** So long after the end the calls come back spread out. */
  readonly spreadMs: number
}

/** Where no time was named, and the most that is believed. */
const DEFAULT_SECONDS = 30
const MAX_SECONDS = 900
const MAX_SPREAD_MS = 4000

/** What a 429 asks for at `now`, by the server's clock. */
export function toPause({ headers }: Response, code: Pause['code'], now: number): Pause {
  const seconds = Math.min(retryAfterOf(headers) ?? DEFAULT_SECONDS, MAX_SECONDS)
  return { code, until: now + seconds * 1000, spreadMs: Math.min(seconds * 250, MAX_SPREAD_MS) }
}

/**
 * How many milliseconds a call to `path` waits at `now`: none, or just after a pause a time of its own.
 *
 * @throws {ConnectError} the refusal of before while it holds, with the seconds that are left.
 */
export function decideWait(pause: Pause | undefined, path: string, now: number): number {
  if (!pause || !reachesPolar(path)) return 0
  const leftMs = pause.until - now
  if (leftMs <= 0) return randomPart(Math.max(0, leftMs + pause.spreadMs))
  const retryAfterSeconds = Math.ceil(leftMs / 1000)
  throw new ConnectError(pause.code, { status: 429, retryAfterSeconds })
}

/** Whether a call to `path` goes on to Polar. */
export function reachesPolar(path: string): boolean {
  return path.startsWith(PATHS.api) || path === PATHS.userinfo
}
