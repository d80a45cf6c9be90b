'use client'
/** The provider with the navigation of React Router 7 and 8. Other routers need as little code. */
import { useCallback, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { Navigate } from './context.ts'
import { ConnectProvider, type ConnectProviderProps } from './provider.tsx'

/**
 * A {@link ConnectProvider} that navigates with the router above it.
 *
 * @example
 * <BrowserRouter>
 *   <RouterConnectProvider app="Ledger">
 *     <App />
 *   </RouterConnectProvider>
 * </BrowserRouter>
 */
export function RouterConnectProvider(props: Omit<ConnectProviderProps, 'navigate'>): ReactNode {
  return <ConnectProvider {...props} navigate={useRouterNavigate()} />
}

/** The router's navigation, for a provider that is not {@link RouterConnectProvider}. */
export function useRouterNavigate(): Navigate {
  const go = useNavigate()
  return useCallback((path, options) => void go(path, options), [go])
}
