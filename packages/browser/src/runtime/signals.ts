/** Abort signals, also for browsers without `AbortSignal.any` (Safari before 17.4). */

/** Longer than the server waits for Polar. What a lock is held for must end. */
const ANSWER_LIMIT_MS = 25_000

/** For a small answer: aborts after 25 seconds, or with `signal`. */
export function inTime(signal?: AbortSignal): AbortSignal {
  return either(AbortSignal.timeout(ANSWER_LIMIT_MS), signal)
}

/** Aborts with the first of the two that aborts. */
export function either(first: AbortSignal, second?: AbortSignal | null): AbortSignal {
  if (!second) return first
  if ('any' in AbortSignal) return AbortSignal.any([first, second])
  const joined = new AbortController()
  for (const signal of [first, second]) {
    const abort = () => joined.abort(signal.reason)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  }
  return joined.signal
}
