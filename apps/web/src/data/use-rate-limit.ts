/** The pause that Polar asked for, while older answers stay on the screen. */
import {
  DEFAULT_PAUSE_SECONDS,
  MAX_PAUSE_SECONDS,
  hasCode,
  type ConnectError,
} from '@polar-connect/browser'
import { useQueryClient, type Query, type QueryCache } from '@tanstack/react-query'
import { useCallback, useMemo, useSyncExternalStore } from 'react'

export interface RateLimit {
  /** When the last of them was refused: a new refusal starts a new countdown. */
  readonly at: number
  readonly error: ConnectError
  readonly retry: () => void
}

export function useRateLimit(): RateLimit | undefined {
  const client = useQueryClient()
  const cache = client.getQueryCache()
  const subscribe = useCallback((listener: () => void) => cache.subscribe(listener), [cache])
  const read = () => lastRefusal(cache)
  const at = useSyncExternalStore(subscribe, read, read)
  return useMemo(() => {
    if (at === 0) return undefined
    const [error] = limitedOf(cache)
      .map(({ state }) => state.error)
      .filter(isRateLimit)
      .toSorted((one, other) => waitOf(other) - waitOf(one))
    if (error === undefined) return undefined
    // The queries on the screen, each once.
    const retry = () => void client.refetchQueries({ predicate: isLimited })
    return { at, error, retry }
  }, [at, cache, client])
}

function isLimited(query: Query): boolean {
  const { error, data } = query.state
  return data !== undefined && query.isActive() && isRateLimit(error)
}

export const isRateLimit = (error: unknown) => hasCode(error, 'polar_rate_limited', 'rate_limited')

const limitedOf = (cache: QueryCache) => cache.getAll().filter(isLimited)

const lastRefusal = (cache: QueryCache) =>
  Math.max(0, ...limitedOf(cache).map((query) => query.state.errorUpdatedAt))

/** How many seconds to wait after a refusal: as many as it names, within reason. */
export function waitOf({ details }: ConnectError): number {
  const { retryAfterSeconds: named = DEFAULT_PAUSE_SECONDS } = details
  return Math.min(Math.max(named, 1), MAX_PAUSE_SECONDS)
}
