/** Joins the browser package with React Query, and never shows one account's data to another. */
import { createConnect, type Connect } from '@polar-connect/browser'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { ConnectContext, type Navigate } from './context.ts'
import { DEFAULT_MESSAGES, type Messages } from './messages.ts'
import { createQueryClient } from './query-client.ts'

export interface ConnectProviderProps {
  /** The app's name, for sentences such as "Ledger no longer has access to Acme". */
  readonly app?: string
  /** A client of the app's own. By default the provider makes one. */
  readonly connect?: Connect
  /** By default the provider makes one that suits Polar's API. */
  readonly queryClient?: QueryClient
  /** How the app's router goes to a path. Without it the page is loaded. */
  readonly navigate?: Navigate
  /** Any of the components' words, in place of the English ones. */
  readonly messages?: Partial<Messages>
  readonly children: ReactNode
}

/**
 * The connection for everything below.
 *
 * @example
 * <ConnectProvider app="Ledger">
 *   <App />
 * </ConnectProvider>
 */
export function ConnectProvider(props: ConnectProviderProps): ReactNode {
  const { app, navigate = loadPage, messages, children } = props
  const [connect] = useState(() => props.connect ?? createConnect())
  const [queryClient] = useState(() => props.queryClient ?? createQueryClient())
  useEffect(() => {
    // A client of the app's own may have looked already.
    if (connect.getState().status === 'loading') void connect.check()
    return clearBetweenAccounts(connect, queryClient)
  }, [connect, queryClient])
  const value = useMemo(
    () => ({ app, connect, navigate, messages: { ...DEFAULT_MESSAGES, ...messages } }),
    [app, connect, navigate, messages],
  )
  return (
    <ConnectContext value={value}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </ConnectContext>
  )
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

function loadPage(path: string, { replace }: { replace: boolean }): void {
  if (replace) location.replace(path)
  else location.assign(path)
}
