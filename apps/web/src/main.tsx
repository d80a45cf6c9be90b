/** Starts the app in the page. */
import { connect, network } from './start.ts'
import { createRoot } from 'react-dom/client'
import { prefetch } from './front-door.ts'
import { Root } from './root.tsx'
import './styles/app.css'

const root = createRoot(document.getElementById('root')!)
void prefetch(location.pathname).then(() =>
  root.render(<Root network={network} connect={connect} />),
)
