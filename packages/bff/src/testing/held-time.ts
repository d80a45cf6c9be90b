/** Timers that run only when a test lets time pass. */
import { vi } from 'vitest'

/** From here on, time passes only in {@link passing}. `vi.useRealTimers()` ends it. */
export function holdTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
}

/** Lets time pass until `work` is done. */
export async function passing<Result>(work: Promise<Result>): Promise<Result> {
  const state = { done: false }
  void work.finally(() => (state.done = true)).catch(() => undefined)
  while (!state.done) {
    await vi.advanceTimersByTimeAsync(10)
    // Encryption needs no timer but takes its own time, so one of it is waited for.
    await crypto.subtle.digest('SHA-256', new Uint8Array(1))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return work
}
