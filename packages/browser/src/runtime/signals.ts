/** Abort signals that combine two others. */
import { ANSWER_MS } from './limits.ts'

/** For a small answer: aborts after 25 seconds, or with `signal`. */
export function inTime(signal?: AbortSignal): AbortSignal {
  return either(AbortSignal.timeout(ANSWER_MS), signal)
}

/** Aborts with either signal. Before Safari 17.4: only with the first. */
export function either(first: AbortSignal, second?: AbortSignal | null): AbortSignal {
  if (!second) return first
  return 'any' in AbortSignal ? AbortSignal.any([first, second]) : first
}
