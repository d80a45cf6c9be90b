/** Runs a function that the app gave, within a time limit. */
import type { ProblemCode } from '@polar-connect/protocol'
import { BffError } from '../errors/bff-error.ts'
import { within, type Time } from '../runtime/time.ts'

/**
 * What `work` returns.
 *
 * @param name of the option, for the log.
 * @throws {BffError} `code` if it fails or takes too long. A `BffError` of the app passes through.
 */
export async function askApp<Result>(
  work: () => Promise<Result> | Result,
  { name, code, seconds, time }: { name: string; code: ProblemCode; seconds: number; time: Time },
): Promise<Result> {
  try {
    const run = async () => ({ result: await work() })
    const done = await within(time, seconds * 1000, run())
    if (done !== undefined) return done.result
  } catch (cause) {
    if (cause instanceof BffError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new BffError(code, `${name} failed: ${reason}`, { cause })
  }
  throw new BffError(code, `${name} took more than ${seconds} seconds`)
}
