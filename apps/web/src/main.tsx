/** Starts the app in the page. */
import { createConnect } from '@polar-connect/browser'
import { RouterConnectProvider } from '@polar-connect/react/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { App } from './app.tsx'
import { ConnectClientContext } from './data/connect-client.ts'
import './styles/app.css'

const connect = createConnect()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <BrowserRouter>
      <ConnectClientContext value={connect}>
        <RouterConnectProvider connect={connect}>
          <App />
        </RouterConnectProvider>
      </ConnectClientContext>
    </BrowserRouter>
  </StrictMode>,
)
