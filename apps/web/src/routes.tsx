/** The pages behind the front door, each with the code that it loads. */
import type { ComponentType } from 'react'
import { matchPath } from 'react-router'
import { late, type Late } from './late.tsx'
import { addressOf, pathsOf, SCREENS, type PageRow, type ResourceRow } from './resources/table.ts'

type Page = Late<object>

/** By their paths, as the router writes them. The first that matches an address counts. */
const PAGES: ReadonlyMap<string, Page> = new Map([
  [
    '/dashboard/checkout-links/new',
    late(async () => (await import('./pages/new-checkout-link-page.tsx')).NewCheckoutLinkPage),
  ],
  [
    '/dashboard/checkout-links/:id',
    late(async () => (await import('./pages/edit-checkout-link-page.tsx')).EditCheckoutLinkPage),
  ],
  ['/dashboard/profile', late(async () => (await import('./pages/profile-page.tsx')).ProfilePage)],
  [
    '/diagnostics',
    late(async () => (await import('./pages/diagnostics-page.tsx')).DiagnosticsPage),
  ],
  [
    '/diagnostics/sign-in',
    late(async () => (await import('./pages/sign-in-steps-page.tsx')).SignInStepsPage),
  ],
  ...SCREENS.flatMap((row) =>
    pathsOf(row).map((path): [string, Page] => [path, late(() => loadScreen(row, path))]),
  ),
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

/** Begins to load the page at the address `pathname`, if there is one. */
export async function prefetchPage(pathname: string): Promise<void> {
  const found = [...PAGES].find(([path]) => matchPath(path, pathname))
  await found?.[1].load()
}

/** The page at `path`, as the router writes it. */
export function pageAt(path: string): ComponentType {
  const page = PAGES.get(path)
  if (page === undefined) throw new TypeError(`no page at ${path}`)
  return page.Component
}
