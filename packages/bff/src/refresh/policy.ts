/**
 * The limits of a refresh, in seconds. `policy.test.ts` keeps their order.
 */
import { REFRESH_WAIT_SECONDS } from '@polar-connect/protocol'
import { TIME_LIMITS_MS } from '../errors/operations.ts'
import type { Session } from '../sealing/sealed-session.ts'

export const POLICY = {
  /**
   * A call refreshes first if the access token has less left. Browsers do at 60 seconds, under their own
   * lock, so they go first.
   */
  due: 45,
  /** Until we give up on Polar's answer. */
  request: TIME_LIMITS_MS.refresh / 1000,
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
