/** Starts the app in the page. */
import { createConnect } from '@polar-connect/browser'
import { createRoot } from 'react-dom/client'
import { browserNetwork } from './data/network.ts'
import { Root } from './root.tsx'
import { prefetchPage } from './routes.tsx'
import './styles/app.css'

const network = browserNetwork()
const connect = createConnect({ fetch: network.fetch, early: globalThis.earlySession })

// Beside the question who is connected, not after its answer.
prefetchPage(location.pathname)

createRoot(document.getElementById('root')!).render(<Root network={network} connect={connect} />)
