/** Where the browser and the backend-for-frontend meet. */

/** Everything the backend-for-frontend answers lies below this path of the app's own origin. */
export const BASE_PATH = '/bff'

export const PATHS = {
  authorize: '/bff/authorize',
  callback: '/bff/callback',
  session: '/bff/session',
  refresh: '/bff/refresh',
  userinfo: '/bff/userinfo',
  logout: '/bff/logout',
  /** Polar's API below it: `/bff/api/v1/products/` stands for Polar's `/v1/products/`. */
  api: '/bff/api',
  diagnostics: '/bff/diagnostics',
  health: '/bff/health',
} as const

/** The page that Polar returns to: `<APP_ORIGIN>/auth/callback` is the redirect URI. */
export const CALLBACK_PATH = '/auth/callback'

/**
 * Sent with every call, whatever its method. A page of another origin cannot set it without a
 * preflight, which is refused (RFC 10017 on the BFF pattern).
 */
export const CSRF_HEADER = { name: 'X-CSRF', value: '1' } as const
