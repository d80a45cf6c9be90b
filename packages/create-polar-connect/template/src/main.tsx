import { createConnect } from '@polar-connect/browser'
import { ConnectProvider } from '@polar-connect/react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'

const connect = createConnect()

createRoot(document.getElementById('root')!).render(
  <ConnectProvider connect={connect}>
    <App connect={connect} />
  </ConnectProvider>,
)
