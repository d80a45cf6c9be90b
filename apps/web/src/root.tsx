/** The app with all that it stands on: an address, a network and a connection. */
import type { Connect } from '@polar-connect/browser'
import { ConnectionProvider } from '@polar-connect/react'
import { useRouterNavigate } from '@polar-connect/react/react-router'
import type { QueryClient } from '@tanstack/react-query'
import { StrictMode, type ComponentType, type ReactNode } from 'react'
import { BrowserRouter } from 'react-router'
import { App } from './app.tsx'
import type { Network } from './data/network.ts'
import { NetworkContext } from './data/use-network.ts'

export interface RootProps {
  readonly network: Network
  readonly connect: Connect
  /** Its own by default. */
  readonly queryClient?: QueryClient
  /** The browser's addresses by default. */
  readonly router?: ComponentType<{ readonly children: ReactNode }>
}

export function Root(props: RootProps): ReactNode {
  const { network, connect, router: Router = BrowserRouter, ...others } = props
  return (
    <StrictMode>
      <Router>
        <NetworkContext value={network}>
          <Connected connect={connect} {...others} />
        </NetworkContext>
      </Router>
    </StrictMode>
  )
}

/** Without React Query, which comes with the pages that load data. */
function Connected({ connect, ...others }: Pick<RootProps, 'connect' | 'queryClient'>): ReactNode {
  return (
    <ConnectionProvider connect={connect} navigate={useRouterNavigate()}>
      <App {...others} />
    </ConnectionProvider>
  )
}
