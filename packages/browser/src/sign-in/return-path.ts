/**
 * Where a person continues after signing in. The path can come from a link, so it is checked when it
 * is stored and again when it is used: it never leaves the app.
 */
import { attempt } from '../runtime/attempt.ts'

const MAX_LENGTH = 2048
/** Control characters, spaces, line separators, and the backslash, which browsers read as a slash. */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const FORBIDDEN = /[\u0000-\u0020\u007f-\u009f\u2028\u2029\\]/

/**
 * `value` if it is a path of the app at `origin`, otherwise `/`.
 *
 * @param closed paths that are not pages. The paths below them are closed too.
 */
export function safeReturnPath(value: unknown, origin: string, closed: readonly string[]): string {
  // S18: never leaves the app
  return typeof value === 'string' && isSafe(value, origin, closed) ? value : '/'
}

function isSafe(value: string, origin: string, closed: readonly string[]): boolean {
  if (value.length > MAX_LENGTH || FORBIDDEN.test(value) || !/^\/(?!\/)/.test(value)) return false
  const decoded = attempt(() => decodeURIComponent(/^[^?#]*/.exec(value)?.[0] ?? ''))
  return (
    decoded !== undefined &&
    // S18: dot segments can hide two slashes
    !decoded.includes('//') &&
    !decoded.includes('%') &&
    !FORBIDDEN.test(decoded.replaceAll(' ', '')) &&
    [value, encodeURI(decoded)].every((path) => staysInside(path, origin, closed))
  )
}

/** Call it after the check of the characters: `new URL` alone accepts `/..//evil.example`. */
function staysInside(value: string, origin: string, closed: readonly string[]): boolean {
  const url = parseUrl(value, origin)
  if (url?.origin !== origin || url.pathname.startsWith('//')) return false
  return !closed.some((path) => `${url.pathname}/`.startsWith(`${path}/`))
}

/** Undefined if `value` is not a URL. */
export const parseUrl = (value: string, base?: string): URL | undefined =>
  attempt(() => new URL(value, base))
