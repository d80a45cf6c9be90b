/**
 * Polar answers first and commits to its database afterwards. Until the commit, it does not know the
 * tokens that it just issued, and tokens that it just revoked still work.
 */
import type { Clock } from '../runtime/clock.ts'
import type { Random } from '../runtime/random.ts'

/** Whether a write is committed. Once true, it stays true. */
export type Commit = () => boolean

/** In milliseconds. */
export type DelayRange = readonly [from: number, to: number]

/** A write without a commit counts as committed: it was seeded, or a control made it. */
export function isCommitted(commit: Commit | undefined): boolean {
  return commit?.() ?? true
}

/** Begins a write that becomes visible after `delayMs` of emulator time or of real time. */
export function beginCommit(clock: Clock, delayMs: number): Commit {
  const at = clock.now() + delayMs / 1000
  // Real time counts too: otherwise a stopped clock would delay the write forever.
  const over = performance.now() + delayMs
  let done = false
  return () => (done ||= clock.now() >= at || performance.now() >= over)
}

/** A delay within the range. The same seed gives the same delays in the same order. */
export function drawDelay(random: Random, [from, to]: DelayRange): number {
  return from + random.next() * (to - from)
}
