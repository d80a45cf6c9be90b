/**
 * The server's time, even if the computer's clock is wrong or jumps. Each answer about the session
 * sets it. Between answers it uses the page's two clocks and takes the later time: the monotonic clock
 * may stop while a laptop sleeps, and people change the wall clock. A clock that is ahead only costs
 * one extra request for the session.
 */

/** The time on both clocks of the page, in milliseconds. */
export interface Moment {
  /** Since the epoch. */
  readonly wall: number
  /** Since the page began, on the monotonic clock. */
  readonly steady: number
}

export interface ServerClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** @param asked a time before the server read `serverTime`, so that the clock is never behind. */
  set(serverTime: number, asked: Moment): void
}

export const readMoment = (): Moment => ({ wall: Date.now(), steady: performance.now() })

export function createServerClock(read: () => Moment = readMoment): ServerClock {
  // The server's time minus each clock. Until the first answer, the wall clock counts.
  let fromWall = 0
  let fromSteady = -Infinity
  return {
    now() {
      const { wall, steady } = read()
      return Math.max(wall + fromWall, steady + fromSteady)
    },
    set(serverTime, { wall, steady }) {
      // Without a server time, nothing changes.
      if (!serverTime) return
      fromWall = serverTime - wall
      fromSteady = serverTime - steady
    },
  }
}
