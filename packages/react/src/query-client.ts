/** The defaults for queries of Polar's data: which errors are retried, and which need a person. */
import { ConnectError, isRetryable } from '@polar-connect/browser'
import { QueryClient } from '@tanstack/react-query'

/** Older data is fetched again when it is shown, or when the tab becomes visible. */
const STALE_MS = 60_000
const RETRIES = 2

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        // A browser may be wrong about being offline. A call without a network fails anyway.
        networkMode: 'always',
        refetchOnReconnect: 'always',
        retry: (count, error) => count < RETRIES && isTransient(error),
        // Half a second, then two, give or take a quarter: many tabs do not retry together.
        retryDelay(count) {
          const [octet = 0] = crypto.getRandomValues(new Uint8Array(1))
          return 500 * 4 ** count * (0.75 + octet / 512)
        },
      },
      // React Query retries no write: it runs once for each press.
      mutations: { networkMode: 'always' },
    },
  })
}

function isTransient(error: Error): boolean {
  if (error instanceof ConnectError) {
    // If the server names a time, the page waits and counts it down.
    return isRetryable(error.code) && error.details.retryAfterSeconds === undefined
  }
  // A sign-in or a logout in another tab aborted the call.
  return error.name === 'AbortError'
}
