/** The upstream of any runtime that has `fetch`. */
import type { Upstream } from '../upstream.ts'

/** The default upstream. It follows no redirect. */
export function createFetchUpstream(fetch: typeof globalThis.fetch = globalThis.fetch): Upstream {
  return (url, { method, headers, body, signal }) =>
    fetch(url, {
      method,
      headers,
      signal,
      // S35: a redirect must not take the token along
      redirect: 'manual',
      ...(body !== undefined && { body }),
    })
}
