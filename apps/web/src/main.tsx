/** Draws the app into the page. */
import { createRoot } from 'react-dom/client'
import { prefetch } from './front-door.ts'
import { Root, type RootProps } from './root.tsx'
import './styles/app.css'

export async function draw(props: Pick<RootProps, 'network' | 'connect'>): Promise<void> {
  const root = createRoot(document.getElementById('root')!)
  await prefetch(location.pathname)
  root.render(<Root {...props} />)
}
