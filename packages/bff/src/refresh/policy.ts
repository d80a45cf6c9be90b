/**
 * The limits of a refresh, in seconds. `policy.test.ts` keeps their order.
 */
import { BROWSER_REFRESH_SECONDS, REFRESH_WAIT_SECONDS } from '@polar-connect/protocol'
import { FRESH_SECONDS } from '../polar/freshly-issued.ts'
import { TIME_LIMITS_MS } from '../polar/time-limits.ts'
import type { Session } from '../sealing/sealed-session.ts'

export const POLICY = {
  /** A browser refreshes if the access token has less left, under its own lock. */
  browserDue: BROWSER_REFRESH_SECONDS,
  /** A call refreshes first if the access token has less left. It lets browsers go first. */
  due: 45,
  /** Polar stands still for this long if two refreshes with one token meet. */
  polarStall: 30,
  /** Until we give up on Polar's answer. */
  request: TIME_LIMITS_MS.token / 1000,
  /** Polar may not know a pair that is younger, so its refresh is sent again. */
  young: FRESH_SECONDS,
  /** A call waits for a refresh. The refresh itself continues. */
  callerWaits: REFRESH_WAIT_SECONDS,
  /** Only its holder sends the refresh token. It outlives the request, so that no second one meets it. */
  lock: 45,
  /** Between two looks at a lock that another instance holds. */
  poll: 0.05,
  /** The answer of an earlier holder may still be on its way. */
  lateAnswer: 2,
  /** Logout waits for a refresh in flight. */
  logoutWaits: 5,
  revokeRequest: TIME_LIMITS_MS.revoke / 1000,
  /** A late caller can claim the successor of an old pair. */
  successorKept: 3600,
  /** While the coordinator is away, what it must learn is offered again: for how long, how often. */
  offeredFor: 600,
  offeredEvery: 0.5,
  /** Of that, how long a runtime should stay alive that stops after its answer. */
  offerKeepsAlive: 5,
} as const

/** Whether a call refreshes first, at `now` (epoch seconds). */
export function isDue({ accessTokenExpiresAt }: Session, now: number): boolean {
  return accessTokenExpiresAt - now < POLICY.due
}
