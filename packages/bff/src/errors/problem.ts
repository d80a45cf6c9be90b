/** The one place where an error becomes an answer (RFC 9457). */
import {
  PROBLEMS,
  PROBLEM_TITLES,
  type AuthorizationError,
  type Problem,
  type ProblemCode,
  type ProblemRow,
} from '@polar-connect/protocol'
import { jittered } from '../runtime/random.ts'

/** What a problem says beside its code. */
export interface ProblemDetails {
  /** Whole seconds to wait. Leaves as `Retry-After` too, up to a quarter longer. */
  readonly retryAfterSeconds?: number
  /** With `reauthorization_required`: the generation that Polar refused. */
  readonly generation?: number
  /** With `authorization_error`: the error that Polar named, if it is on the known list. */
  readonly authorizationError?: AuthorizationError | 'unknown'
  /** With `method_not_allowed`: the allowed methods. */
  readonly allow?: readonly string[]
  /** With `polar_unavailable`: Polar may still work on the request. No caller is told. */
  readonly mayStillRun?: boolean
}

/** If the error names no time to wait. */
const DEFAULT_RETRY_AFTER_SECONDS = 5

/** The answer for `code`. The log line has the same `reference`. */
export function toProblem(code: ProblemCode, details: ProblemDetails, reference: string) {
  const { status, retryable }: ProblemRow = PROBLEMS[code]
  const retryAfter = retryable
    ? Math.round(jittered(details.retryAfterSeconds ?? DEFAULT_RETRY_AFTER_SECONDS))
    : undefined
  const problem: Problem = {
    type: `/problems/${code}`,
    // S51: fixed words, nothing from the request
    title: PROBLEM_TITLES[code],
    status,
    code,
    reference,
    ...(details.authorizationError !== undefined && { error: details.authorizationError }),
    ...(details.generation !== undefined && { generation: details.generation }),
    ...(retryAfter !== undefined && { retry_after: retryAfter }),
  }
  const headers = {
    'content-type': 'application/problem+json',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...(details.allow !== undefined && { allow: details.allow.join(', ') }),
  }
  return { status, headers, body: JSON.stringify(problem) }
}
