/**
 * The component gallery: every part in every state on one page, to look at and to check. It is there
 * while the app is developed and in no build.
 */
import { StrictMode, useEffect, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import '../styles/app.css'
import { ENTRIES } from './entries.tsx'
import './gallery.css'

const TITLE = 'Component gallery'

function Gallery(): ReactNode {
  useEffect(() => {
    // After the pages in it, each of which names the document.
    document.title = `${TITLE} · Polar Connect`
    document.querySelector(location.hash || 'h1')?.scrollIntoView()
  }, [])
  return (
    <main className="pc-gallery">
      <h1>{TITLE}</h1>
      <nav aria-label={TITLE}>
        <ul>
          {ENTRIES.map(({ name }) => (
            <li key={name}>
              <a href={`#${name}`}>{name}</a>
            </li>
          ))}
        </ul>
      </nav>
      {ENTRIES.map(({ name, content }) => (
        <section key={name} id={name} aria-labelledby={`${name}-title`}>
          <h2 id={`${name}-title`}>{name}</h2>
          <div className="pc-gallery__stage">{content}</div>
        </section>
      ))}
    </main>
  )
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
)
