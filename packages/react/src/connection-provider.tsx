/** Passes the connection to the hooks and components below it. */
import { createConnect, type Connect } from '@polar-connect/browser'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { ConnectContext, type Navigate } from './context.ts'
import { DEFAULT_MESSAGES, type Messages } from './messages.ts'

export interface ConnectionProviderProps {
  /** The app's name, for sentences such as "Ledger no longer has access to Acme". */
  readonly app?: string
  /** The app's own client. Default: the provider creates one. */
  readonly connect?: Connect
  /** Opens a path with the app's router. Without it, the browser loads the page. */
  readonly navigate?: Navigate
  /** Replaces any of the components' English texts. */
  readonly messages?: Partial<Messages>
  readonly children: ReactNode
}

/**
 * The connection without React Query, for pages that load no data and should load fast. Where data
 * begins, add a `PolarQueryProvider` below it.
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
    // The app's own client may have checked already.
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
