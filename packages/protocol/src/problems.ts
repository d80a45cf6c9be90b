/** The refusals of the backend-for-frontend: RFC 9457 problems, with a closed list of codes. */

/**
 * Every code with its HTTP status, and whether the same request may succeed later. Retryable codes have
 * a `Retry-After`. There are no other codes.
 */
export const PROBLEMS = {
  invalid_request: { status: 400 },
  transaction_missing: { status: 400 },
  transaction_expired: { status: 400 },
  state_mismatch: { status: 400 },
  verifier_mismatch: { status: 400 },
  issuer_mismatch: { status: 400 },
  organization_mismatch: { status: 400 },
  owner_mismatch: { status: 400 },
  authorization_error: { status: 400 },
  invalid_grant: { status: 400 },
  not_connected: { status: 401 },
  owner_required: { status: 401 },
  reauthorization_required: { status: 401 },
  csrf_rejected: { status: 403 },
  not_found: { status: 404 },
  method_not_allowed: { status: 405 },
  payload_too_large: { status: 413 },
  unsupported_media_type: { status: 415 },
  headers_too_large: { status: 431 },
  rate_limited: { status: 429, retryable: true },
  polar_rate_limited: { status: 429, retryable: true },
  // Not retryable: the same request meets the same fault again, and each try is a line in the log.
  internal: { status: 500 },
  misconfigured: { status: 500 },
  invalid_client: { status: 500 },
  unauthorized_client: { status: 500 },
  session_too_large: { status: 500 },
  app_refused: { status: 500 },
  id_token_invalid: { status: 502 },
  polar_invalid_response: { status: 502 },
  polar_version_gone: { status: 502 },
  polar_unavailable: { status: 503, retryable: true },
  refresh_timeout: { status: 503, retryable: true },
  coordinator_unavailable: { status: 503, retryable: true },
  owner_unavailable: { status: 503, retryable: true },
} as const satisfies Record<string, ProblemRow>

/** A code of the closed list. */
export type ProblemCode = keyof typeof PROBLEMS

/** The fixed properties of a code. */
export interface ProblemRow {
  /** The HTTP status. */
  readonly status: number
  /** Whether the same request may succeed later. The answer then carries `Retry-After`. */
  readonly retryable?: true
}

/** The retryable codes of {@link PROBLEMS}, for pages that do not need the whole table. */
export const RETRYABLE_PROBLEMS = [
  'rate_limited',
  'polar_rate_limited',
  'polar_unavailable',
  'refresh_timeout',
  'coordinator_unavailable',
  'owner_unavailable',
] as const satisfies readonly ProblemCode[]

/** A short English line for developers. In its own table, because pages have their own texts. */
export const PROBLEM_TITLES = {
  invalid_request: 'The request has an unexpected form',
  transaction_missing: 'No sign-in in progress in this browser',
  transaction_expired: 'The sign-in took too long',
  state_mismatch: 'The answer belongs to no sign-in of this browser',
  verifier_mismatch: 'The code verifier does not match the sign-in',
  issuer_mismatch: 'The answer came from another issuer',
  organization_mismatch: 'Another organization was connected',
  owner_mismatch: 'Another user of the app began this sign-in',
  authorization_error: 'Polar refused the authorization',
  invalid_grant: 'Polar refused the authorization code',
  not_connected: 'Not connected',
  owner_required: 'No one is signed in to the app',
  reauthorization_required: 'The connection ended at Polar',
  csrf_rejected: 'The request did not come from this app',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  payload_too_large: 'The body is too large',
  unsupported_media_type: 'The body has an unsupported type',
  headers_too_large: 'The headers are too large',
  rate_limited: 'Too many requests',
  polar_rate_limited: 'Polar asked for a pause',
  internal: 'Internal error',
  misconfigured: 'The app is not set up correctly',
  invalid_client: 'Polar does not accept this client',
  unauthorized_client: 'Polar does not let this client connect this way',
  session_too_large: 'The session does not fit into a cookie',
  app_refused: 'The app did not accept the connection',
  id_token_invalid: 'The ID token is not valid',
  polar_invalid_response: 'Polar answered in an unexpected form',
  polar_version_gone: 'Polar no longer supports this API version',
  polar_unavailable: 'Polar cannot be reached',
  refresh_timeout: 'Another request is still refreshing the session',
  coordinator_unavailable: 'The coordinator cannot be reached',
  owner_unavailable: 'The app could not tell who is signed in',
} as const satisfies Record<ProblemCode, string>

/** The body of a refusal: `application/problem+json` (RFC 9457). */
export interface Problem {
  /** A stable reference for the kind of problem, relative to the app's origin. */
  readonly type: string
  /** A short English line for developers. Apps show people their own text, by `code`. */
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  /** Eight characters that are in the server's log too. */
  readonly reference: string
  /** With `authorization_error`: the error that Polar named, or `unknown`. */
  readonly error?: string
  /** With a retryable code: whole seconds to wait. */
  readonly retry_after?: number
  /** With `reauthorization_required`: the generation that Polar refused. */
  readonly generation?: number
}

/**
 * Whether `value` is a code of the list. For answers that you do not trust.
 *
 * @example
 * const problem = await response.json()
 * if (isProblemCode(problem.code)) show(texts[problem.code])
 */
export function isProblemCode(value: unknown): value is ProblemCode {
  return typeof value === 'string' && Object.hasOwn(PROBLEMS, value)
}
