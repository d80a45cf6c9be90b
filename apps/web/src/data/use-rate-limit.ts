/** The pause that Polar asked for, while older answers stay on the screen. */
import { ConnectError } from '@polar-connect/browser'
import { useQueryClient, type Query, type QueryCache } from '@tanstack/react-query'
import { useCallback, useMemo, useSyncExternalStore } from 'react'

const DEFAULT_SECONDS = 30

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
      .flatMap((query) => (query.state.error instanceof ConnectError ? [query.state.error] : []))
      .toSorted((one, other) => secondsOf(other) - secondsOf(one))
    if (error === undefined) return undefined
    // The queries on the screen, each once.
    const retry = () => void client.refetchQueries({ predicate: isLimited })
    return { at, error, retry }
  }, [at, cache, client])
}

function isLimited(query: Query): boolean {
  const { error, data } = query.state
  if (data === undefined || !query.isActive() || !(error instanceof ConnectError)) return false
  return error.code === 'polar_rate_limited' || error.code === 'rate_limited'
}

const limitedOf = (cache: QueryCache) => cache.getAll().filter(isLimited)

const lastRefusal = (cache: QueryCache) =>
  Math.max(0, ...limitedOf(cache).map((query) => query.state.errorUpdatedAt))

const secondsOf = ({ details }: ConnectError) => details.retryAfterSeconds ?? DEFAULT_SECONDS
