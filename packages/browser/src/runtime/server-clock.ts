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
  // The page's own time until the server has told its own.
  let server: number | undefined
  let asked: Moment = { wall: 0, steady: 0 }
  return {
    now() {
      const { wall, steady } = read()
      if (server === undefined) return wall
      return server + Math.max(wall - asked.wall, steady - asked.steady)
    },
    set(serverTime, moment) {
      // A server that tells no time leaves the clock as it is.
      if (Number.isNaN(serverTime)) return
      server = serverTime
      asked = moment
    },
  }
}
