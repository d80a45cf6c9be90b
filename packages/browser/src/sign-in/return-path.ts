/**
 * Where a person continues after signing in. A link could have brought the path, so it is checked
 * when it is kept and again when it is used: it never leaves the app.
 */
import { BASE_PATH, CALLBACK_PATH } from '@polar-connect/protocol'

const MAX_LENGTH = 2048
/** Controls, spaces, line and paragraph separators, and the backslash that browsers read as a slash. */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const FORBIDDEN = /[\u0000-\u0020\u007f-\u009f\u2028\u2029\\]/

/** `value` if it is a path of the app at `origin`, otherwise `/`. */
export function safeReturnPath(value: unknown, origin: string): string {
  // S18: never leaves the app
  return typeof value === 'string' && isSafe(value, origin) ? value : '/'
}

function isSafe(value: string, origin: string): boolean {
  if (value.length > MAX_LENGTH || FORBIDDEN.test(value) || !/^\/(?!\/)/.test(value)) return false
  const end = value.search(/[?#]/)
  const path = end < 0 ? value : value.slice(0, end)
  const decoded = decodeOnce(path)
  if (
    decoded === undefined ||
    // S18: dot segments can hide two slashes
    decoded.includes('//') ||
    decoded.includes('%') ||
    FORBIDDEN.test(decoded.replaceAll(' ', ''))
  ) {
    return false
  }
  return staysInside(value, origin) && staysInside(encodeURI(decoded), origin)
}

/** The characters are checked before: `new URL` alone accepts `/..//evil.example`. */
function staysInside(value: string, origin: string): boolean {
  const url = parseUrl(value, origin)
  if (url === undefined) return false
  const path = url.pathname
  const isOurs = (prefix: string) => path === prefix || path.startsWith(`${prefix}/`)
  if (isOurs(BASE_PATH) || isOurs(CALLBACK_PATH)) return false
  return url.origin === origin && !path.startsWith('//')
}

/** Undefined if `value` is no URL. */
export function parseUrl(value: string, base?: string): URL | undefined {
  try {
    return new URL(value, base)
  } catch {
    return undefined
  }
}

function decodeOnce(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
