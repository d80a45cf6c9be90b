/** The defaults for queries of Polar's data: which errors are retried, and which need a person. */
import { ConnectError, isRetryable } from '@polar-connect/browser'
import { QueryClient } from '@tanstack/react-query'

/** Older data is fetched again when it is shown, or when the tab becomes visible. */
const STALE_MS = 60_000
const DELAYS_MS = [500, 2000]

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        refetchOnWindowFocus: true,
        // A browser may be wrong about being offline. A call without a network fails anyway.
        networkMode: 'always',
        refetchOnReconnect: 'always',
        retry: (count, error) => count < DELAYS_MS.length && isTransient(error),
        // Spread out, so that the tabs of many people do not retry together.
        retryDelay: (count) => (DELAYS_MS[count] ?? 0) * (0.75 + jitter() / 2),
      },
      // A write is never retried: it runs once for each press.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

function isTransient(error: unknown): boolean {
  // A sign-in or a logout in another tab aborted the call.
  if (error instanceof DOMException && error.name === 'AbortError') return true
  if (!(error instanceof ConnectError)) return false
  // If the server names a time, the page waits and counts it down.
  return isRetryable(error.code) && error.details.retryAfterSeconds === undefined
}

function jitter(): number {
  const [value = 0] = crypto.getRandomValues(new Uint8Array(1))
  return value / 255
}
