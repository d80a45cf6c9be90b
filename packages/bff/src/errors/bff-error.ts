/** What goes wrong in this package, as one class under the closed list of problem codes. */
import type { ProblemCode } from '@polar-connect/protocol'
import { toProblem, type ProblemDetails } from './problem.ts'
import { randomReference } from '../runtime/random.ts'

export type BffErrorOptions = ErrorOptions & ProblemDetails

/** The one class this package throws. Callers branch on `code`; `message` is for the log. */
export class BffError extends Error {
  override readonly name = 'BffError'
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, message: string, options: BffErrorOptions = {}) {
    const { cause, ...details } = options
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** What Hono answers where an app of its own lets the error through. */
  getResponse(): Response {
    return toProblem(this.code, this.details, randomReference())
  }
}

/** Whether it is ours, under one of `codes`. */
export function hasCode(cause: unknown, ...codes: readonly ProblemCode[]): cause is BffError {
  return cause instanceof BffError && codes.includes(cause.code)
}
