/** Starts the app in the page. */
import { createConnect } from '@polar-connect/browser'
import { CALLBACK_PATH } from '@polar-connect/protocol'
import { createRoot } from 'react-dom/client'
import { browserNetwork } from './data/network.ts'
import { prefetch } from './front-door.ts'
import { Root } from './root.tsx'
import './styles/app.css'

const { pathname } = location
const network = browserNetwork()
const connect = createConnect({ fetch: network.fetch, early: globalThis.earlySession })

// Starts what the page waits for before the page is drawn.
if (pathname === CALLBACK_PATH) void connect.completeCallback()
else void connect.check()

const root = createRoot(document.getElementById('root')!)
void prefetch(pathname).then(() => root.render(<Root network={network} connect={connect} />))
