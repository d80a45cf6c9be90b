/**
 * The component gallery: every part and page in each of its states. Each state has its own address.
 * The gallery exists during development, and in no build.
 */
import {
  StrictMode,
  useEffect,
  useId,
  useLayoutEffect,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { createRoot } from 'react-dom/client'
import { forgetDrafts } from '../data/forget-drafts.ts'
import { THEMES, useTheme } from '../shell/theme.ts'
import '../styles/app.css'
import { ENTRIES } from './entries.tsx'
import type { Entry } from './entry.tsx'
import { forceColors } from './forced-colors.ts'
import './gallery.css'

const TITLE = 'Component gallery'
const HOME = '/__gallery'
const WIDTHS = ['360', '768', '1440'] as const

// A state in the gallery opens no tab.
globalThis.open = () => null
// A modal dialog would block the link to the next state.
HTMLDialogElement.prototype.showModal = HTMLDialogElement.prototype.show

function go(address: string, how: 'pushState' | 'replaceState' = 'pushState'): void {
  history[how](null, '', address)
  // A draft belongs to one state, not to the next.
  forgetDrafts()
  dispatchEvent(new PopStateEvent('popstate'))
  if (how === 'pushState') scrollTo(0, 0)
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener)
  return () => removeEventListener('popstate', listener)
}

function Gallery(): ReactNode {
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.search)
  const { pathname, searchParams } = new URL(address, location.origin)
  const name = decodeURIComponent(pathname.slice(HOME.length + 1))
  const entry = ENTRIES.find((each) => each.name === name)
  useEffect(() => {
    const title = `${name || TITLE} · Polar Connect`
    const restore = () => {
      if (document.title !== title) document.title = title
    }
    restore()
    // A page names the document too, and may load late.
    const observer = new MutationObserver(restore)
    observer.observe(document.head, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [name])
  if (name === '') return <States search={searchParams.get('q') ?? ''} />
  if (entry === undefined) return <Unknown name={name} />
  if (searchParams.has('alone')) return <Alone entry={entry} settings={searchParams} />
  return <Shown entry={entry} settings={searchParams} />
}

function States({ search }: { readonly search: string }): ReactNode {
  const id = useId()
  const words = search.toLowerCase().split(/\s+/)
  const found = ENTRIES.filter(({ name }) => words.every((word) => name.includes(word)))
  return (
    <main className="pc-gallery">
      <h1>{TITLE}</h1>
      <div className="pc-field">
        <label htmlFor={id}>Search states</label>
        <input
          id={id}
          className="pc-input"
          type="search"
          autoComplete="off"
          value={search}
          onChange={({ target }) => {
            const query = target.value === '' ? '' : `?q=${encodeURIComponent(target.value)}`
            go(HOME + query, 'replaceState')
          }}
        />
      </div>
      <p role="status">{`${found.length} of ${ENTRIES.length} states`}</p>
      <ul className="pc-gallery__states">
        {found.map(({ name }) => (
          <li key={name}>
            <Way to={`${HOME}/${name}`}>{name}</Way>
          </li>
        ))}
      </ul>
    </main>
  )
}

function Unknown({ name }: { readonly name: string }): ReactNode {
  return (
    <main className="pc-gallery">
      <h1>{TITLE}</h1>
      <p>{`No state has the name ${name}.`}</p>
      <p>
        <Way to={HOME}>All states</Way>
      </p>
    </main>
  )
}

interface ShownProps {
  readonly entry: Entry
  /** Parameters of the address: how to show the state. */
  readonly settings: URLSearchParams
}

/** A state, below the bar that leads to the others. */
function Shown({ entry, settings }: ShownProps): ReactNode {
  const { name, content } = entry
  const width = settings.get('width')
  return (
    <main className="pc-gallery">
      <Bar entry={entry} settings={settings} />
      <h1>{name}</h1>
      {width === null ? (
        <Colours forced={settings.has('forced')}>
          <div key={name} className="pc-gallery__stage">
            {content}
          </div>
        </Colours>
      ) : (
        <Framed name={name} width={width} settings={settings} />
      )}
    </main>
  )
}

/** A state in a window of its own, so that its layout uses that width. */
function Framed({
  name,
  width,
  settings,
}: {
  readonly name: string
  readonly width: string
  readonly settings: URLSearchParams
}): ReactNode {
  const [theme] = useTheme()
  const address = `${HOME}/${name}?alone${settings.has('forced') ? '&forced' : ''}`
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, by keys too
    <div className="pc-gallery__frame" tabIndex={0} role="region" aria-label={`${width} px`}>
      {/* oxlint-disable-next-line react/iframe-missing-sandbox -- it is this very page */}
      <iframe key={`${address} ${theme}`} title={name} src={address} width={width} />
    </div>
  )
}

function Alone({ entry, settings }: ShownProps): ReactNode {
  return (
    <Colours forced={settings.has('forced')}>
      <main className="pc-gallery">
        <div className="pc-gallery__stage">{entry.content}</div>
      </main>
    </Colours>
  )
}

function Colours({
  forced,
  children,
}: {
  readonly forced: boolean
  readonly children: ReactNode
}): ReactNode {
  useLayoutEffect(() => (forced ? forceColors() : undefined), [forced])
  return children
}

function Bar({ entry, settings }: ShownProps): ReactNode {
  const [theme, choose] = useTheme()
  const at = ENTRIES.indexOf(entry)
  const address = (step: number, next: URLSearchParams = settings) => {
    const { name } = ENTRIES.at((at + step) % ENTRIES.length) ?? entry
    const query = next.toString()
    return `${HOME}/${name}${query && `?${query}`}`
  }
  const change = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(settings)
    next.delete(name)
    if (value !== undefined) next.set(name, value)
    go(address(0, next), 'replaceState')
  }
  return (
    <nav className="pc-gallery__bar" aria-label={TITLE}>
      <Way to={HOME}>All states</Way>
      <Way to={address(-1)}>Previous state</Way>
      <Way to={address(1)}>Next state</Way>
      <label>
        <span>Theme</span>
        <select
          className="pc-input"
          value={theme}
          onChange={({ target }) => {
            const chosen = THEMES.find((each) => each === target.value)
            if (chosen !== undefined) choose(chosen)
          }}
        >
          <option value="system">System</option>
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </select>
      </label>
      <label>
        <span>Width</span>
        <select
          className="pc-input"
          value={settings.get('width') ?? ''}
          onChange={({ target }) => change('width', target.value || undefined)}
        >
          <option value="">Window</option>
          {WIDTHS.map((width) => (
            <option key={width} value={width}>
              {`${width} px`}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={settings.has('forced')}
          onChange={({ target }) => change('forced', target.checked ? '' : undefined)}
        />
        <span>Forced colors</span>
      </label>
    </nav>
  )
}

/** A link within the gallery. It need not load the app again. */
function Way({ to, children }: { readonly to: string; readonly children: string }): ReactNode {
  return (
    <a
      href={to}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        go(to)
      }}
    >
      {children}
    </a>
  )
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
)
