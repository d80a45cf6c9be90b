/**
 * What a page shows until its scripts are loaded: the app itself, drawn at build time, as it looks
 * before the session is known.
 */
import { createConnect } from '@polar-connect/browser'
import { CALLBACK_PATH } from '@polar-connect/protocol'
import type { ComponentType, ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { MemoryRouter } from 'react-router'
import { noteSignIn } from './data/last-sign-in.ts'
import { browserNetwork } from './data/network.ts'
import { prefetch } from './front-door.ts'
import { en } from './messages/en.ts'
import { addressOf, SCREENS } from './resources/table.ts'
import { Root } from './root.tsx'

pretendToBeABrowser()
const front = draw('/')
// A browser that was connected sees the navigation at once.
noteSignIn('2026-01-01')
await prefetch('/dashboard')

/** By the names that `boot.js` knows, as HTML. */
export const FRAMES: ReadonlyMap<string, string> = new Map([
  ['front', front],
  ['callback', draw(CALLBACK_PATH)],
  ['dashboard', withAllHeadings(draw('/dashboard'))],
])

/** One frame for all pages: `boot.js` keeps the heading of the page that it is at. */
function withAllHeadings(overview: string): string {
  const [before, after] = overview.split(headingOf(en.overview.title))
  if (before === undefined || after === undefined) throw new Error('the overview has no heading')
  const pages = [
    ...SCREENS.map((row) => [addressOf(row), en[row.name].title] as const),
    ['/dashboard/profile', en.pages.profile] as const,
  ]
  const headings = pages.map(([path, title]) => headingOf(title, ` data-at="${path}"`))
  return [before, ...headings, after].join('')
}

function headingOf(title: string, attributes = ''): string {
  return `<div class="pc-heading"${attributes}><h1>${title}</h1></div>`
}

function draw(path: string): string {
  const Router: ComponentType<{ readonly children: ReactNode }> = ({ children }) => (
    <MemoryRouter initialEntries={[path]}>{children}</MemoryRouter>
  )
  const html = renderToStaticMarkup(
    <Root router={Router} network={browserNetwork()} connect={createConnect()} />,
  )
  // React draws the fallback if a page throws.
  if (!html.includes('<h1')) throw new Error(`the app draws no page at ${path}`)
  return html
}

/** What the app asks of a browser while it is drawn. */
function pretendToBeABrowser(): void {
  const stored = new Map<string, string>()
  const localStorage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, item: string) => void stored.set(key, item),
  }
  const navigator = { cookieEnabled: true, languages: ['en-US'], onLine: true }
  for (const [name, value] of Object.entries({ localStorage, navigator })) {
    Object.defineProperty(globalThis, name, { configurable: true, value })
  }
}
