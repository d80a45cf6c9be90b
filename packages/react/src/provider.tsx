/** Joins the browser package with React Query, and keeps one account's data from showing for another. */
import { createConnect, type Connect } from '@polar-connect/browser'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { ConnectContext, type Navigate } from './context.ts'
import { DEFAULT_MESSAGES, type Messages } from './messages.ts'
import { createQueryClient } from './query-client.ts'

export interface ConnectProviderProps {
  /** One of the app's own making; by default one is made. */
  readonly connect?: Connect
  readonly queryClient?: QueryClient
  /** How the app's router goes to a path. Without it the page is loaded. */
  readonly navigate?: Navigate
  /** Words in place of the English ones, any subset of them. */
  readonly messages?: Partial<Messages>
  readonly children: ReactNode
}

export function ConnectProvider(props: ConnectProviderProps): ReactNode {
  const { navigate = loadPage, messages, children } = props
  const [connect] = useState(() => props.connect ?? createConnect())
  const [queryClient] = useState(() => props.queryClient ?? createQueryClient())
  useEffect(() => clearBetweenAccounts(connect, queryClient), [connect, queryClient])
  useEffect(() => void connect.check(), [connect])
  const value = useMemo(
    () => ({ connect, navigate, messages: { ...DEFAULT_MESSAGES, ...messages } }),
    [connect, navigate, messages],
  )
  return (
    <ConnectContext value={value}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </ConnectContext>
  )
}

/** Whatever was loaded for one connection is gone before another one shows. */
function clearBetweenAccounts(connect: Connect, queryClient: QueryClient): () => void {
  let held = connectionIdOf(connect)
  return connect.subscribe(() => {
    const next = connectionIdOf(connect)
    if (held !== undefined && next !== held) queryClient.clear()
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
