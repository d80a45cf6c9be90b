/** Joins the browser package with React Query. */
import type { ReactNode } from 'react'
import { ConnectionProvider, type ConnectionProviderProps } from './connection-provider.tsx'
import { PolarQueryProvider, type PolarQueryProviderProps } from './query-provider.tsx'

export interface ConnectProviderProps
  extends ConnectionProviderProps, Omit<PolarQueryProviderProps, 'children'> {}

/**
 * The connection for everything below, with React Query.
 *
 * @example
 * <ConnectProvider app="Ledger">
 *   <App />
 * </ConnectProvider>
 */
export function ConnectProvider(props: ConnectProviderProps): ReactNode {
  return (
    <ConnectionProvider {...props}>
      <PolarQueryProvider {...props} />
    </ConnectionProvider>
  )
}
