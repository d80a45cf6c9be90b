/**
 * Polar's server process standing still: two refreshes with one token wait for each other until the
 * database gives up, and every other request to that process waits with them.
 */
import type { Clock } from './clock.ts'

/** The database's limit, which ends it. */
const SECONDS = 30

export interface Stall {
  readonly active: boolean
  /** Stands still from now on. While it does already, nothing changes. */
  begin(): void
  /** Resolves once nothing stands still. */
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
