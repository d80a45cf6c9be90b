/**
 * Polar sends an answer first and commits to its database afterwards. Until then it does not know
 * what it has just handed out, and what it has just ended lives on.
 */
import type { Clock } from './clock.ts'
import type { Random } from './random.ts'

/** Whether a write is committed by now. It never becomes undone. */
export type Commit = () => boolean

/** Milliseconds: the shortest and the longest. */
export type DelayRange = readonly [from: number, to: number]

/** A write that names no commit was there before, or was made by a control. */
export function isCommitted(commit: Commit | undefined): boolean {
  return commit?.() ?? true
}

/** Begins a write that is visible after `delayMs`, in emulator time or in real time. */
export function beginCommit(clock: Clock, delayMs: number): Commit {
  const at = clock.now() + delayMs / 1000
  // A clock that stands still, or is set back, holds nothing up.
  const over = performance.now() + delayMs
  let done = false
  return () => (done ||= clock.now() >= at || performance.now() >= over)
}

/** A delay within the range, the same ones in the same order for the same seed. */
export function drawDelay(random: Random, [from, to]: DelayRange): number {
  return from + random.next() * (to - from)
}
