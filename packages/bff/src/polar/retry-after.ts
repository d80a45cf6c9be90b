/** How long a refusal asks to wait. */

/**
 * Whole seconds, also where `Retry-After` is a date (RFC 9110 §10.2.3): by the clock that wrote it,
 * or by ours (`now`, epoch seconds) where that is not told. Undefined where it says nothing.
 */
export function retryAfterOf(
  { headers }: { readonly headers: Headers },
  now: number,
): number | undefined {
  const value = headers.get('Retry-After') ?? ''
  if (/^\d+$/.test(value)) return Number(value)
  const written = Date.parse(headers.get('Date') ?? '') / 1000 || now
  const seconds = Math.ceil(Date.parse(value) / 1000 - written)
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}
