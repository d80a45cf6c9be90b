/** How queries for Polar's data behave: what is worth a repeat, and what only a person can mend. */
import { problemText } from '@polar-connect/browser/texts'
import { QueryClient } from '@tanstack/react-query'

const STALE_MS = 30_000
const DELAYS_MS = [500, 2000]

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        refetchOnWindowFocus: false,
        // A call that finds no network says so; a browser that thinks so may be wrong.
        networkMode: 'always',
        refetchOnReconnect: 'always',
        retry: (count, error) => count < DELAYS_MS.length && isTransient(error),
        // Spread out, so that the tabs of many people do not come back together.
        retryDelay: (count) => (DELAYS_MS[count] ?? 2000) * (0.75 + jitter() / 2),
      },
      // A write is made once, by a person.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

function isTransient(error: unknown): boolean {
  // A sign-in or a logout in another tab gave the call up, not Polar.
  if (error instanceof DOMException && error.name === 'AbortError') return true
  return problemText(error).retryable
}

function jitter(): number {
  const [value = 0] = crypto.getRandomValues(new Uint8Array(1))
  return value / 255
}
