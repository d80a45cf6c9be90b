/** Starts the app in the page. */
import { createConnect } from '@polar-connect/browser'
import { RouterConnectProvider } from '@polar-connect/react/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { App } from './app.tsx'
import { ConnectClientContext } from './data/connect-client.ts'
import { browserNetwork } from './data/network.ts'
import { NetworkContext } from './data/use-network.ts'
import { prefetchPage } from './routes.tsx'
import './styles/app.css'

const network = browserNetwork()
const connect = createConnect({ fetch: network.fetch })

// Beside the question who is connected, not after its answer.
prefetchPage(location.pathname)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <BrowserRouter>
      <NetworkContext value={network}>
        <ConnectClientContext value={connect}>
          <RouterConnectProvider connect={connect}>
            <App />
          </RouterConnectProvider>
        </ConnectClientContext>
      </NetworkContext>
    </BrowserRouter>
  </StrictMode>,
)
