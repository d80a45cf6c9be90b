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

/** @param path of the request; @param secure whether the app is opened over https. */
export function documentHeaders(path: string, secure: boolean): Readonly<Record<string, string>> {
  return {
    ...COMMON,
    // A hashed name never changes what it names; the page and boot.js always may.
    'Cache-Control': path.startsWith('/assets/')
      ? 'public, max-age=31536000, immutable'
      : 'no-store',
    ...(secure && { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }),
  }
}
