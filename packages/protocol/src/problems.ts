/** What the backend-for-frontend itself refuses, as RFC 9457 problems under a closed list of codes. */

/** Every code with its HTTP status. A code that is not here does not exist on the wire. */
export const PROBLEM_STATUS = {
  invalid_request: 400,
  transaction_missing: 400,
  transaction_expired: 400,
  state_mismatch: 400,
  verifier_mismatch: 400,
  issuer_mismatch: 400,
  organization_mismatch: 400,
  authorization_error: 400,
  invalid_grant: 400,
  not_connected: 401,
  reauthorization_required: 401,
  csrf_rejected: 403,
  not_found: 404,
  method_not_allowed: 405,
  payload_too_large: 413,
  unsupported_media_type: 415,
  headers_too_large: 431,
  rate_limited: 429,
  internal: 500,
  invalid_client: 500,
  unauthorized_client: 500,
  session_too_large: 500,
  id_token_invalid: 502,
  polar_invalid_response: 502,
  polar_unavailable: 503,
  coordinator_unavailable: 503,
} as const

export type ProblemCode = keyof typeof PROBLEM_STATUS

/** The body of a refusal: `application/problem+json`. */
export interface Problem {
  /** A stable reference for the kind of problem, relative to the app's origin. */
  readonly type: string
  /** A short English line for developers. People are shown a text of the app's own, by `code`. */
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  /** Eight characters that also stand in the server's log line. */
  readonly reference: string
  /** With `authorization_error`: what Polar said, one of the known list or `unknown`. */
  readonly error?: string
  /** With `rate_limited`, `polar_unavailable` and `coordinator_unavailable`: whole seconds. */
  readonly retry_after?: number
  /** With `reauthorization_required`: the generation of the session that Polar refused. */
  readonly generation?: number
}

/** Whether `value` is a code of the closed list, as a reader of an untrusted answer asks. */
export function isProblemCode(value: unknown): value is ProblemCode {
  return typeof value === 'string' && Object.hasOwn(PROBLEM_STATUS, value)
}
