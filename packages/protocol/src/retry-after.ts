/** Reads `Retry-After`. */

/**
 * Whole seconds of `Retry-After`, which may also be a date (RFC 9110 §10.2.3). Undefined if the
 * header is missing or cannot be read.
 *
 * @param headers of the answer: any object with `get`.
 * @param now epoch seconds, if the answer has no `Date` to compare with.
 * @example
 * const seconds = retryAfterOf(response.headers, Date.now() / 1000) ?? 30
 */
export function retryAfterOf(
  headers: { get(name: string): string | null },
  now: number,
): number | undefined {
  const value = headers.get('Retry-After') ?? ''
  if (/^\d+$/.test(value)) return Number(value)
  // Compares with the clock of the server, if the answer has its time.
  const written = Date.parse(headers.get('Date') ?? '') / 1000 || now
  const seconds = Math.ceil(Date.parse(value) / 1000 - written)
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}
