/** React Query for the connection above. It never shows one account's data to another. */
import type { Connect } from '@polar-connect/browser'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import { connectionOf, useConnect } from './context.ts'
import { createQueryClient } from './query-client.ts'

export interface PolarQueryProviderProps {
  /** Default: the provider creates one that suits Polar's API. */
  readonly queryClient?: QueryClient
  readonly children: ReactNode
}

/**
 * Adds React Query below a `ConnectionProvider`. `ConnectProvider` is both in one.
 *
 * @throws {TypeError} outside a `ConnectionProvider`.
 * @example
 * <PolarQueryProvider>
 *   <Dashboard />
 * </PolarQueryProvider>
 */
export function PolarQueryProvider(props: PolarQueryProviderProps): ReactNode {
  const connect = useConnect()
  const [queryClient] = useState(() => props.queryClient ?? createQueryClient())
  useEffect(() => clearBetweenAccounts(connect, queryClient), [connect, queryClient])
  return <QueryClientProvider client={queryClient}>{props.children}</QueryClientProvider>
}

/** Removes all data of one connection before another one is shown. */
function clearBetweenAccounts(connect: Connect, queryClient: QueryClient): () => void {
  let held = connectionOf(connect.getState())?.id
  return connect.subscribe(() => {
    const next = connectionOf(connect.getState())?.id
    if (held && next !== held) {
      // Otherwise a component that shows a query would keep the removed data.
      for (const query of queryClient.getQueryCache().getAll()) query.reset()
      queryClient.clear()
    }
    held = next
  })
}
