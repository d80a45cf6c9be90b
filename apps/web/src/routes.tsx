/** The pages behind the front door by their addresses, each with the code that it loads. */
import type { ComponentType } from 'react'
import { matchPath } from 'react-router'
import { late, type Late } from './late.tsx'
import type { Messages } from './messages/en.ts'
import {
  addressOf,
  SCREENS,
  type PageName,
  type PageRow,
  type ResourceRow,
  type ScreenProps,
} from './resources/table.ts'

export interface PageRoute extends Late<object> {
  /** As the router writes it. */
  readonly path: string
  /** The name of a page for people who are connected. Pages for developers have none. */
  readonly title?: (messages: Messages) => string
}

/** The first whose path matches an address counts. */
export const ROUTES: readonly PageRoute[] = [
  {
    path: '/dashboard/checkout-links/new',
    title: ({ pages }) => pages.newCheckoutLink,
    ...late(async () => (await import('./pages/new-checkout-link-page.tsx')).NewCheckoutLinkPage),
  },
  {
    path: '/dashboard/checkout-links/:id',
    title: ({ pages }) => pages.editCheckoutLink,
    ...late(async () => (await import('./pages/edit-checkout-link-page.tsx')).EditCheckoutLinkPage),
  },
  {
    path: '/dashboard/profile',
    title: ({ pages }) => pages.profile,
    ...late(async () => (await import('./pages/profile-page.tsx')).ProfilePage),
  },
  {
    path: '/diagnostics',
    ...late(async () => (await import('./pages/diagnostics-page.tsx')).DiagnosticsPage),
  },
  {
    path: '/diagnostics/sign-in',
    ...late(async () => (await import('./pages/sign-in-steps-page.tsx')).SignInStepsPage),
  },
  ...SCREENS.flatMap(routesOf),
]

/** The one of a screen, and the one of a record in it. */
function routesOf(row: PageRow | ResourceRow): readonly PageRoute[] {
  const title = (messages: Messages) => messages[row.name].title
  if (!('resource' in row)) {
    return [{ path: addressOf(row), title, ...late(() => loadPage(row.name)) }]
  }
  const list = async () => (await import('./resources/list-screen.tsx')).ListScreen
  const details = async () => (await import('./resources/details-screen.tsx')).DetailsScreen
  const routes = [{ path: addressOf(row), title, ...late(() => loadScreen(row, list)) }]
  if (!row.details) return routes
  return [
    ...routes,
    { path: addressOf(row, ':id'), title, ...late(() => loadScreen(row, details)) },
  ]
}

async function loadPage(name: PageName): Promise<ComponentType> {
  switch (name) {
    case 'overview':
      return (await import('./pages/overview-page.tsx')).OverviewPage
    case 'metrics':
      return (await import('./pages/metrics-page.tsx')).MetricsPage
    case 'connection':
      return (await import('./pages/connection-page.tsx')).ConnectionPage
  }
}

async function loadScreen(
  row: ResourceRow,
  load: () => Promise<ComponentType<ScreenProps>>,
): Promise<ComponentType> {
  const [Screen, resource] = await Promise.all([load(), row.resource()])
  return () => <Screen row={row} resource={resource} />
}

/** Begins to load the page at the address `pathname`, if there is one. */
export async function prefetchPage(pathname: string): Promise<void> {
  await ROUTES.find(({ path }) => matchPath(path, pathname))?.load()
}
