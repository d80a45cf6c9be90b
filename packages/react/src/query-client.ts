/** How queries for Polar's data behave: what is worth another try, and what only a person can fix. */
import { ConnectError, isRetryable } from '@polar-connect/browser'
import { QueryClient } from '@tanstack/react-query'

/** Data as old as this is fetched again when it is shown, or when the tab is seen again. */
const STALE_MS = 60_000
const DELAYS_MS = [500, 2000]

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        refetchOnWindowFocus: true,
        // A browser that thinks it is offline may be wrong. A call that finds no network says so.
        networkMode: 'always',
        refetchOnReconnect: 'always',
        retry: (count, error) => count < DELAYS_MS.length && isTransient(error),
        // Spread out, so that the tabs of many people do not come back together.
        retryDelay: (count) => (DELAYS_MS[count] ?? 0) * (0.75 + jitter() / 2),
      },
      // A person makes a write, once.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

function isTransient(error: unknown): boolean {
  // A sign-in or a logout in another tab gave the call up, not Polar.
  if (error instanceof DOMException && error.name === 'AbortError') return true
  if (!(error instanceof ConnectError)) return false
  // A server that names a time gets that time: the page counts it down.
  return isRetryable(error.code) && error.details.retryAfterSeconds === undefined
}

function jitter(): number {
  const [value = 0] = crypto.getRandomValues(new Uint8Array(1))
  return value / 255
}
