/** The errors that an authorization server may return to the redirect URI. */

/**
 * The known errors: RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6, and two that Polar documents.
 */
export const AUTHORIZATION_ERRORS = [
  'access_denied',
  'invalid_request',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_response_type',
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
  'invalid_request_uri',
  'invalid_request_object',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'invalid_sub',
  'organization_required',
] as const

/** One of {@link AUTHORIZATION_ERRORS}. */
export type AuthorizationError = (typeof AUTHORIZATION_ERRORS)[number]

/** Whether `value` is a known error. Anyone can write other text into a callback URL. */
export function isAuthorizationError(value: unknown): value is AuthorizationError {
  return (AUTHORIZATION_ERRORS as readonly unknown[]).includes(value)
}
