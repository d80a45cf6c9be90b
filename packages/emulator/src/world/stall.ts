/**
 * Simulates a stall of Polar's server process. Two refreshes with one token wait for each other until
 * the database gives up, and every other request to that process waits too.
 */
import type { Clock } from '../runtime/clock.ts'

/** The timeout of Polar's database, which ends the stall. */
const SECONDS = 30

export interface Stall {
  readonly active: boolean
  /** Starts a stall. Does nothing during a stall. */
  begin(): void
  /** Resolves when there is no stall. */
  over(): Promise<void>
  end(): void
}

export function createStall(clock: Clock): Stall {
  let standing: { readonly over: Promise<void>; readonly end: AbortController } | undefined
  return {
    get active() {
      return standing !== undefined
    },
    begin() {
      if (standing !== undefined) return
      const end = new AbortController()
      const over = clock.reached(clock.now() + SECONDS, end.signal).then(() => {
        if (standing?.end === end) standing = undefined
      })
      standing = { over, end }
    },
    over: async () => standing?.over,
    end() {
      standing?.end.abort()
      standing = undefined
    },
  }
}
