/**
 * When the page's data was loaded, and a button that loads all of it again. It knows no query: React
 * Query knows which ones the page uses.
 */
import { useConnect } from '@polar-connect/react'
import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { useOffline } from '../data/use-network.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ExplainedButton } from './explained-button.tsx'
import { useTicking } from './use-ticking.ts'

const PAUSE_MS = 10_000
const SECOND_MS = 1000
const MINUTE_MS = 60_000

export function Refresh(): ReactNode {
  const { refresh: words, tryAgainLater } = useMessages()
  const client = useQueryClient()
  const { updatedAt, isFetching } = useOnPage(client)
  const [refreshing, setRefreshing] = useState(false)
  const [justDone, setJustDone] = useState(false)
  const offline = useOffline()
  const { getPause } = useConnect()
  const paused = useTicking(() => getPause() !== undefined, SECOND_MS)
  const minutes = useTicking(
    () => Math.floor((Date.now() - (updatedAt ?? Date.now())) / MINUTE_MS),
    MINUTE_MS,
  )
  useEffect(() => {
    if (!justDone) return
    const timer = setTimeout(() => setJustDone(false), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [justDone])

  async function refresh(): Promise<void> {
    setRefreshing(true)
    await client.refetchQueries({ type: 'active', predicate: isFigure })
    setRefreshing(false)
    setJustDone(true)
  }

  const reason = offline
    ? words.offline
    : paused
      ? tryAgainLater
      : justDone
        ? words.done
        : undefined
  const busy = refreshing && isFetching
  return (
    <div className="pc-refresh">
      <span>
        {updatedAt !== undefined && (minutes < 1 ? words.updatedNow : words.updated(minutes))}
      </span>
      <ExplainedButton reason={reason} aria-disabled={busy} onClick={() => void refresh()}>
        {busy ? words.refreshing : words.refresh}
      </ExplainedButton>
    </div>
  )
}

/** What a page only looks up (products to choose from, limits) does not tell how old it is. */
function isFigure(query: Query): boolean {
  return (
    query.meta?.['reference'] !== true &&
    query.observers.some(({ options: { enabled } }) => enabled !== false)
  )
}

interface OnPage {
  /** Of the oldest answer on the page: milliseconds since the epoch by this computer's clock. */
  readonly updatedAt: number | undefined
  readonly isFetching: boolean
}

function useOnPage(client: QueryClient): OnPage {
  const cache = client.getQueryCache()
  const subscribe = useCallback(
    (onChange: () => void) =>
      // A change during another component's render would be an error.
      cache.subscribe(() => queueMicrotask(onChange)),
    [cache],
  )
  const active = () => cache.findAll({ type: 'active', predicate: isFigure })
  const updatedAt = useSyncExternalStore(subscribe, () =>
    active()
      .map(({ state }) => state.dataUpdatedAt)
      .filter((at) => at > 0)
      .reduce<number | undefined>((oldest, at) => Math.min(oldest ?? at, at), undefined),
  )
  const isFetching = useSyncExternalStore(subscribe, () =>
    active().some(({ state }) => state.fetchStatus === 'fetching'),
  )
  return { updatedAt, isFetching }
}
