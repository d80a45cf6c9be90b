/** What goes wrong in this package, as one class under the closed list of problem codes. */
import type { AuthorizationError, ProblemCode } from '@polar-connect/protocol'

export interface BffErrorOptions extends ErrorOptions {
  /** Whole seconds after which a repeat makes sense; leaves as `Retry-After` as well. */
  readonly retryAfterSeconds?: number
  /** With `reauthorization_required`: the generation whose refresh token Polar refused. */
  readonly generation?: number
  /** With `authorization_error`: what Polar put into the redirect, if it is on the known list. */
  readonly authorizationError?: AuthorizationError | 'unknown'
  /** With `method_not_allowed`: the methods that would do. */
  readonly allow?: readonly string[]
}

/** The one class this package throws. Callers branch on `code`; `message` is for the log. */
export class BffError extends Error {
  override readonly name = 'BffError'
  readonly code: ProblemCode
  readonly details: Omit<BffErrorOptions, 'cause'>

  constructor(code: ProblemCode, message: string, options: BffErrorOptions = {}) {
    const { cause, ...details } = options
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }
}
