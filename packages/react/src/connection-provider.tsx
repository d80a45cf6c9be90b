/** Gives the connection to the hooks and components below it. */
import { createConnect, type Connect } from '@polar-connect/browser'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { ConnectContext, type Navigate } from './context.ts'
import { DEFAULT_MESSAGES, type Messages } from './messages.ts'

export interface ConnectionProviderProps {
  /** The app's name, for sentences such as "Ledger no longer has access to Acme". */
  readonly app?: string
  /** A client of the app's own. By default the provider makes one. */
  readonly connect?: Connect
  /** How the app's router goes to a path. Without it the page is loaded. */
  readonly navigate?: Navigate
  /** Any of the components' words, in place of the English ones. */
  readonly messages?: Partial<Messages>
  readonly children: ReactNode
}

/**
 * The connection without React Query, for pages that load no data and should load fast. Below it,
 * `PolarQueryProvider` adds React Query where data begins.
 *
 * @example
 * <ConnectionProvider app="Ledger">
 *   <ConnectButton />
 * </ConnectionProvider>
 */
export function ConnectionProvider(props: ConnectionProviderProps): ReactNode {
  const { app, navigate = loadPage, messages, children } = props
  const [connect] = useState(() => props.connect ?? createConnect())
  useEffect(() => {
    // A client of the app's own may have looked already.
    if (connect.getState().status === 'loading') void connect.check()
  }, [connect])
  const value = useMemo(
    () => ({ app, connect, navigate, messages: { ...DEFAULT_MESSAGES, ...messages } }),
    [app, connect, navigate, messages],
  )
  return <ConnectContext value={value}>{children}</ConnectContext>
}

function loadPage(path: string, { replace }: { replace: boolean }): void {
  if (replace) location.replace(path)
  else location.assign(path)
}
