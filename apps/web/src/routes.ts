/** The pages that load when they are needed, and how to load one before that. */
import { lazy } from 'react'

const PAGES = {
  '/dashboard': () => import('./pages/overview-page.tsx'),
  '/dashboard/products': () => import('./pages/products-page.tsx'),
  '/dashboard/profile': () => import('./pages/profile-page.tsx'),
  '/dashboard/connection': () => import('./pages/connection-page.tsx'),
  '/diagnostics': () => import('./pages/diagnostics-page.tsx'),
} as const

/** Begins to load the page at `path`; what fails here is told when the page is opened. */
export function prefetchPage(path: keyof typeof PAGES): void {
  PAGES[path]().catch(() => undefined)
}

export const OverviewPage = lazy(async () => {
  const { OverviewPage } = await PAGES['/dashboard']()
  return { default: OverviewPage }
})

export const ProductsPage = lazy(async () => {
  const { ProductsPage } = await PAGES['/dashboard/products']()
  return { default: ProductsPage }
})

export const ProfilePage = lazy(async () => {
  const { ProfilePage } = await PAGES['/dashboard/profile']()
  return { default: ProfilePage }
})

export const ConnectionPage = lazy(async () => {
  const { ConnectionPage } = await PAGES['/dashboard/connection']()
  return { default: ConnectionPage }
})

export const DiagnosticsPage = lazy(async () => {
  const { DiagnosticsPage } = await PAGES['/diagnostics']()
  return { default: DiagnosticsPage }
})
