/** How long an answer asks its caller to wait. */

/**
 * Whole seconds of `Retry-After`, which may also be a date (RFC 9110 §10.2.3). Undefined if the
 * header is missing or cannot be read.
 *
 * @param headers of the answer; anything with `get`.
 * @param now epoch seconds, used if the answer has no `Date` of its own to compare with.
 * @example
 * const seconds = retryAfterOf(response.headers, Date.now() / 1000) ?? 30
 */
export function retryAfterOf(
  headers: { get(name: string): string | null },
  now: number,
): number | undefined {
  const value = headers.get('Retry-After') ?? ''
  if (/^\d+$/.test(value)) return Number(value)
  // The date counts by the clock that wrote it, if the answer says what that clock shows.
  const written = Date.parse(headers.get('Date') ?? '') / 1000 || now
  const seconds = Math.ceil(Date.parse(value) / 1000 - written)
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}
