/** React Query for the connection above, which never shows one account's data to another. */
import type { Connect } from '@polar-connect/browser'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import { useConnectContext } from './context.ts'
import { createQueryClient } from './query-client.ts'

export interface PolarQueryProviderProps {
  /** By default the provider makes one that suits Polar's API. */
  readonly queryClient?: QueryClient
  readonly children: ReactNode
}

/**
 * React Query below a `ConnectionProvider`. `ConnectProvider` is both in one.
 *
 * @throws {TypeError} outside a `ConnectionProvider`.
 * @example
 * <PolarQueryProvider>
 *   <Dashboard />
 * </PolarQueryProvider>
 */
export function PolarQueryProvider(props: PolarQueryProviderProps): ReactNode {
  const { connect } = useConnectContext()
  const [queryClient] = useState(() => props.queryClient ?? createQueryClient())
  useEffect(() => clearBetweenAccounts(connect, queryClient), [connect, queryClient])
  return <QueryClientProvider client={queryClient}>{props.children}</QueryClientProvider>
}

/** Drops all that was loaded for one connection before another one shows. */
function clearBetweenAccounts(connect: Connect, queryClient: QueryClient): () => void {
  let held = connectionIdOf(connect)
  return connect.subscribe(() => {
    const next = connectionIdOf(connect)
    if (held !== undefined && next !== held) {
      // A component that shows a query hears of its end only this way.
      for (const query of queryClient.getQueryCache().getAll()) query.reset()
      queryClient.clear()
    }
    held = next
  })
}

function connectionIdOf(connect: Connect): string | undefined {
  const state = connect.getState()
  return 'connection' in state ? state.connection.id : undefined
}
