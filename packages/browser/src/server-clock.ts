/**
 * The server's time, however wrong the laptop's is. Each answer about the session sets it. Between
 * two answers it goes by whichever of the page's clocks went further: the steady one may stand still
 * while a laptop sleeps, and the wall clock can be set. Being late costs one look at the session.
 */

/** A moment by both clocks of the page, in milliseconds. */
export interface Moment {
  /** Since the epoch. */
  readonly wall: number
  /** Since the page began, by a clock that nobody sets. */
  readonly steady: number
}

export interface ServerClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** @param asked a moment before the server read `serverTime`, so that the clock is never behind. */
  set(serverTime: number, asked: Moment): void
}

export const readMoment = (): Moment => ({ wall: Date.now(), steady: performance.now() })

export function createServerClock(read: () => Moment = readMoment): ServerClock {
  let asked = read()
  let server = asked.wall
  return {
    now() {
      const { wall, steady } = read()
      return server + Math.max(wall - asked.wall, steady - asked.steady)
    },
    set(serverTime, moment) {
      server = serverTime
      asked = moment
    },
  }
}
