/** The pages that load when they are needed, and how to load one before that. */
import { lazy, useState, type ComponentType } from 'react'
import { addressOf, pathsOf, SCREENS, type PageRow, type ResourceRow } from './resources/table.ts'

type Load = () => Promise<ComponentType>

/** By their paths, as the router writes them. */
const PAGES: ReadonlyMap<string, Load> = new Map([
  ...SCREENS.flatMap((row) =>
    pathsOf(row).map((path): readonly [string, Load] => [path, () => loadScreen(row, path)]),
  ),
  [
    '/dashboard/checkout-links/new',
    async () => (await import('./pages/new-checkout-link-page.tsx')).NewCheckoutLinkPage,
  ],
  [
    '/dashboard/checkout-links/:id',
    async () => (await import('./pages/edit-checkout-link-page.tsx')).EditCheckoutLinkPage,
  ],
  ['/dashboard/profile', async () => (await import('./pages/profile-page.tsx')).ProfilePage],
  ['/diagnostics', async () => (await import('./pages/diagnostics-page.tsx')).DiagnosticsPage],
])

async function loadScreen(row: PageRow | ResourceRow, path: string): Promise<ComponentType> {
  if ('page' in row) return row.page()
  const screen =
    path === addressOf(row)
      ? async () => (await import('./resources/list-screen.tsx')).ListScreen
      : async () => (await import('./resources/details-screen.tsx')).DetailsScreen
  const [Screen, resource] = await Promise.all([screen(), row.resource()])
  return () => <Screen row={row} resource={resource} />
}

const loaded = new Map<string, ComponentType>()

async function load(path: string): Promise<ComponentType> {
  const page = loaded.get(path) ?? (await PAGES.get(path)?.())
  if (page === undefined) throw new TypeError(`no page at ${path}`)
  loaded.set(path, page)
  return page
}

/** Begins to load the page at `path`. If that fails, the page says so when it is opened. */
export function prefetchPage(path: string): void {
  if (PAGES.has(path)) load(path).catch(() => undefined)
}

/**
 * The page at `path`. A loaded one shows at once: React shows a `lazy` component 300 ms late, each
 * time that it waits for one, however long ago that was loaded.
 */
export function pageAt(path: string): ComponentType {
  const Awaited = lazy(async () => ({ default: await load(path) }))
  return function Page() {
    // The same component as long as it is shown: another one would mount the page again.
    const [Shown] = useState(() => loaded.get(path) ?? Awaited)
    return <Shown />
  }
}
