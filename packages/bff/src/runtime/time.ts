/** Time as one value: what has to do with time gets it passed in. */

/** A clock for dates, a clock for durations, and a timer. */
export interface Time {
  /** Epoch seconds. */
  now(): number
  /** Milliseconds that never go back, from any start. */
  elapsed(): number
  /** Runs `work` once after `milliseconds`. The result cancels it. */
  after(milliseconds: number, work: () => void): () => void
}

/**
 * The time of the machine.
 *
 * @example
 * // A test that moves the clock.
 * createBff({ ...options, time: { ...systemTime, now: () => emulator.clock.now() } })
 */
export const systemTime: Time = {
  now: () => Date.now() / 1000,
  elapsed: () => performance.now(),
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** Resolves after `milliseconds`. */
export function pause(time: Time, milliseconds: number): Promise<void> {
  return new Promise((resolve) => time.after(milliseconds, resolve))
}

/** The result of `work`, or undefined if it takes longer than `milliseconds`. */
export async function within<Result>(
  time: Time,
  milliseconds: number,
  work: Promise<Result>,
): Promise<Result | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const cancel = time.after(milliseconds, () => resolve(undefined))
  try {
    return await Promise.race([work, late])
  } finally {
    cancel()
  }
}
