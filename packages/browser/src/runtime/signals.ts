/** Abort signals that combine two others. */
import { ANSWER_MS } from './limits.ts'

/** Aborts with `signal`, or after `limitMs`. Default: the time for a small answer. */
export function inTime(signal?: AbortSignal, limitMs: number = ANSWER_MS): AbortSignal {
  return either(AbortSignal.timeout(limitMs), signal)
}

/** Aborts with either signal. Before Safari 17.4: only with the first. */
export function either(first: AbortSignal, second?: AbortSignal | null): AbortSignal {
  if (!second) return first
  return 'any' in AbortSignal ? AbortSignal.any([first, second]) : first
}
