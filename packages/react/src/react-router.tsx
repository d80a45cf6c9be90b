/** The adapter for React Router: its navigation for the provider. Any other router needs as little. */
import { useCallback, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { Navigate } from './context.ts'
import { ConnectProvider, type ConnectProviderProps } from './provider.tsx'

/** A {@link ConnectProvider} that goes from page to page by the router around it. */
export function RouterConnectProvider(props: Omit<ConnectProviderProps, 'navigate'>): ReactNode {
  const go = useNavigate()
  const navigate = useCallback<Navigate>((path, options) => void go(path, options), [go])
  return <ConnectProvider {...props} navigate={navigate} />
}
