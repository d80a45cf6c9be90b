/**
 * The server's time, even if the computer's clock is wrong or jumps. Each answer about the session
 * sets it. In between it follows the page's two clocks and believes the one that went further: the
 * steady one may stop while a laptop sleeps, and people set the wall clock. Running ahead is cheap:
 * it costs one more look at the session.
 */

/** One moment by both clocks of the page, in milliseconds. */
export interface Moment {
  /** Since the epoch. */
  readonly wall: number
  /** Since the page began, by a clock that cannot be set. */
  readonly steady: number
}

export interface ServerClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** @param asked a moment before the server read `serverTime`: the clock is never behind. */
  set(serverTime: number, asked: Moment): void
}

export const readMoment = (): Moment => ({ wall: Date.now(), steady: performance.now() })

export function createServerClock(read: () => Moment = readMoment): ServerClock {
  // How far the server's time is from each clock. Until the server has told its own, it is the page's.
  let fromWall = 0
  let fromSteady = -Infinity
  return {
    now() {
      const { wall, steady } = read()
      return Math.max(wall + fromWall, steady + fromSteady)
    },
    set(serverTime, { wall, steady }) {
      // A server that tells no time leaves the clock as it is.
      if (!serverTime) return
      fromWall = serverTime - wall
      fromSteady = serverTime - steady
    },
  }
}
