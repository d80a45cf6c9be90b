/** The security headers of every page and file of the app. */

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
  // The callback's address holds a code, so it must not leave as a referrer (RFC 9700 §4.2.4).
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const

/** How long a browser keeps a file whose name changes with its content. */
export const KEPT_FOR_GOOD = 'public, max-age=31536000, immutable'

/** A pattern for paths of files whose name holds a digest of their content. */
export const HASHED_PATH = '/assets/.*-[\\w-]{8}\\.\\w+'

const HASHED = new RegExp(`^${HASHED_PATH}$`)

/**
 * The `Strict-Transport-Security` of the app (RFC 6797), if it has one. The default covers only this
 * host: a company may have subdomains without https.
 *
 * @param setting `STRICT_TRANSPORT_SECURITY`: the header's value, or `off`. Empty counts as missing.
 * @param secure whether people open the app over https.
 */
export function transportSecurity(
  setting: string | undefined,
  secure: boolean,
): string | undefined {
  const value = setting?.trim() || 'max-age=63072000'
  return secure && value.toLowerCase() !== 'off' ? value : undefined
}

/** @param strict the `Strict-Transport-Security`, if there is one. */
export function documentHeaders(strict: string | undefined): Readonly<Record<string, string>> {
  return {
    ...COMMON,
    'Cache-Control': 'no-store',
    ...(strict !== undefined && { 'Strict-Transport-Security': strict }),
  }
}

/**
 * The headers of one answer. Only an existing file with a digest in its name may be cached: a cached
 * 404 would outlive the deploy that adds the file.
 */
export function answerHeaders(
  path: string,
  status: number,
  strict: string | undefined,
): Readonly<Record<string, string>> {
  const headers = documentHeaders(strict)
  return status === 200 && HASHED.test(path)
    ? { ...headers, 'Cache-Control': KEPT_FOR_GOOD }
    : headers
}
