/** The only place where an error becomes an answer (RFC 9457). What was not foreseen says nothing. */
import {
  PROBLEMS,
  PROBLEM_TITLES,
  type AuthorizationError,
  type Problem,
  type ProblemCode,
  type ProblemRow,
} from '@polar-connect/protocol'
import { spread } from '../runtime/random.ts'

/** What a problem says beside its code. */
export interface ProblemDetails {
  /** Whole seconds after which a repeat makes sense; leaves as `Retry-After` as well. */
  readonly retryAfterSeconds?: number
  /** With `reauthorization_required`: the generation whose refresh token Polar refused. */
  readonly generation?: number
  /** With `authorization_error`: what Polar put into the redirect, if it is on the known list. */
  readonly authorizationError?: AuthorizationError | 'unknown'
  /** With `method_not_allowed`: the methods that would do. */
  readonly allow?: readonly string[]
}

/** How long a caller should wait where the cause named no time of its own. */
const DEFAULT_RETRY_AFTER_SECONDS = 5

/** The problem that `code` leaves as; `reference` joins it to the log line. */
export function toProblem(code: ProblemCode, details: ProblemDetails, reference: string): Response {
  const { status, retryable }: ProblemRow = PROBLEMS[code]
  const retryAfter = retryable
    ? spread(details.retryAfterSeconds ?? DEFAULT_RETRY_AFTER_SECONDS)
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
  const headers = new Headers({ 'Content-Type': 'application/problem+json' })
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter))
  if (details.allow !== undefined) headers.set('Allow', details.allow.join(', '))
  return new Response(JSON.stringify(problem), { status, headers })
}
