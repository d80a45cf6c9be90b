/** The only place where an error becomes an answer (RFC 9457). What was not foreseen says nothing. */
import {
  PROBLEM_STATUS,
  type AuthorizationError,
  type Problem,
  type ProblemCode,
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

const TITLES = {
  invalid_request: 'The request is not of the agreed form',
  transaction_missing: 'No sign-in in progress in this browser',
  transaction_expired: 'The sign-in took too long',
  state_mismatch: 'The answer belongs to no sign-in of this browser',
  verifier_mismatch: 'The code verifier does not match the sign-in',
  issuer_mismatch: 'The answer came from another issuer',
  organization_mismatch: 'Another organization was connected than the one asked for',
  authorization_error: 'Polar refused the authorization',
  invalid_grant: 'The authorization code is used, too old or not ours',
  not_connected: 'Not connected',
  reauthorization_required: 'The connection ended at Polar',
  csrf_rejected: 'The request did not come from this app',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  payload_too_large: 'The body is too large',
  unsupported_media_type: 'The body is not of an accepted type',
  headers_too_large: 'The headers are too large',
  rate_limited: 'Too many requests',
  internal: 'Internal error',
  invalid_client: 'Polar does not accept this client',
  unauthorized_client: 'Polar does not let this client connect this way',
  session_too_large: 'The session does not fit into a cookie',
  id_token_invalid: 'The ID token does not hold',
  polar_invalid_response: 'Polar answered in an unexpected form',
  polar_unavailable: 'Polar cannot be reached',
  coordinator_unavailable: 'The coordinator cannot be reached',
} as const satisfies Record<ProblemCode, string>

/** How long a caller should wait where the cause named no time of its own. */
const DEFAULT_RETRY_AFTER_SECONDS = 5

const RETRYABLE: ReadonlySet<ProblemCode> = new Set([
  'rate_limited',
  'polar_unavailable',
  'coordinator_unavailable',
])

/** The problem that `code` leaves as; `reference` joins it to the log line. */
export function toProblem(code: ProblemCode, details: ProblemDetails, reference: string): Response {
  const retryAfter = RETRYABLE.has(code)
    ? spread(details.retryAfterSeconds ?? DEFAULT_RETRY_AFTER_SECONDS)
    : undefined
  const problem: Problem = {
    type: `/problems/${code}`,
    // S51: fixed words, nothing from the request
    title: TITLES[code],
    status: PROBLEM_STATUS[code],
    code,
    reference,
    ...(details.authorizationError !== undefined && { error: details.authorizationError }),
    ...(details.generation !== undefined && { generation: details.generation }),
    ...(retryAfter !== undefined && { retry_after: retryAfter }),
  }
  const headers = new Headers({ 'Content-Type': 'application/problem+json' })
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter))
  if (details.allow !== undefined) headers.set('Allow', details.allow.join(', '))
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}
