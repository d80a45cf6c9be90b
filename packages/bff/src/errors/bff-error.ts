/** What goes wrong in this package: one class under the closed list of problem codes. */
import type { ProblemCode } from '@polar-connect/protocol'
import { randomReference } from '../runtime/random.ts'
import { toProblem, type ProblemDetails } from './problem.ts'

/** What a {@link BffError} carries beside its code and message. */
export type BffErrorOptions = ErrorOptions & ProblemDetails

/**
 * The one class that this package throws. Branch on `code`; `message` is for the log.
 *
 * @example
 * try {
 *   await bff.callPolar(c, '/v1/products/')
 * } catch (error) {
 *   if (error instanceof BffError && error.code === 'not_connected') return c.redirect('/connect')
 *   throw error
 * }
 */
export class BffError extends Error {
  override readonly name = 'BffError'
  readonly code: ProblemCode
  readonly details: ProblemDetails
  /** Eight characters that the answer and the log line share. */
  readonly reference = randomReference()

  constructor(code: ProblemCode, message: string, options: BffErrorOptions = {}) {
    const { cause, ...details } = options
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** What Hono answers if an app's own route lets the error through. */
  getResponse(): Response {
    const { status, headers, body } = toProblem(this.code, this.details, this.reference)
    return new Response(body, { status, headers })
  }
}

/** Whether it is a {@link BffError} with one of `codes`. */
export function hasCode(cause: unknown, ...codes: readonly ProblemCode[]): cause is BffError {
  return cause instanceof BffError && codes.includes(cause.code)
}
