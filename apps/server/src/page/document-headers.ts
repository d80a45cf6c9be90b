/** The headers of every page and file of the app: what a browser must not do with them. */

const POLICY = [
  "default-src 'none'",
  // S46: only scripts of the app
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  // S55: no page is framed
  "frame-ancestors 'none'",
  "object-src 'none'",
  // S46: no script from strings
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const COMMON = {
  'Content-Security-Policy': POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  // The callback's address holds a code: it must reach nobody as a referrer (RFC 9700 §4.2.4).
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const

/** How long a browser keeps a file whose name changes with its content. */
export const KEPT_FOR_GOOD = 'public, max-age=31536000, immutable'

/** The path of a file with a digest of its content in its name, as a pattern. */
export const HASHED_PATH = '/assets/.*-[\\w-]{8}\\.\\w+'

const HASHED = new RegExp(`^${HASHED_PATH}$`)

/** @param secure whether the app is opened over https. */
export function documentHeaders(secure: boolean): Readonly<Record<string, string>> {
  return {
    ...COMMON,
    'Cache-Control': 'no-store',
    ...(secure && { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }),
  }
}

/**
 * The headers of one answer. Only a file that is there and has a digest in its name is kept: a 404
 * that is kept for a year would outlive the deploy that brings the file.
 */
export function answerHeaders(
  path: string,
  status: number,
  secure: boolean,
): Readonly<Record<string, string>> {
  const headers = documentHeaders(secure)
  return status === 200 && HASHED.test(path)
    ? { ...headers, 'Cache-Control': KEPT_FOR_GOOD }
    : headers
}
