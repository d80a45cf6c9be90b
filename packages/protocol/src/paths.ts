/** The paths of the backend-for-frontend. */

/** All calls to the backend-for-frontend are below this path of the app's origin. */
export const BASE_PATH = '/bff'

/** The calls of the backend-for-frontend, by their name in the path. */
export type Call =
  | 'authorize'
  | 'callback'
  | 'session'
  | 'refresh'
  | 'userinfo'
  | 'logout'
  /** Polar's API is below it: `/bff/api/v1/products/` stands for Polar's `/v1/products/`. */
  | 'api'
  | 'diagnostics'
  | 'health'

/**
 * The path of a call.
 *
 * @param basePath begins with a slash and ends without one. Default: `/bff`.
 * @example
 * pathOf('session') // '/bff/session'
 * pathOf('session', '/connect') // '/connect/session'
 */
export function pathOf(call: Call, basePath: string = BASE_PATH): string {
  return `${basePath}/${call}`
}

/** The page that Polar returns to: `<APP_ORIGIN>/auth/callback` is the redirect URI. */
export const CALLBACK_PATH = '/auth/callback'

/**
 * Sent with each call of any method. A page of another origin cannot set it without a preflight, which
 * the BFF refuses (RFC 10017 on the BFF pattern).
 */
export const CSRF_HEADER = { name: 'X-CSRF', value: '1' } as const
