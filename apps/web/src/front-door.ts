/** Which pages stand before the front door, and how what is behind it loads. */
import { CALLBACK_PATH } from '@polar-connect/protocol'
import { late } from './late.tsx'

/**
 * The addresses that a visitor without a session comes to. All others load the dashboard. The return
 * from Polar is one of the others: the dashboard gets ready while the exchange runs.
 */
const FRONT_PATHS: ReadonlySet<string> = new Set(['/', '/connect/failed', '/signed-out'])

export function isFront(pathname: string): boolean {
  return FRONT_PATHS.has(pathname)
}

const dashboard = late(async () => (await import('./dashboard.tsx')).Dashboard)

export const Dashboard = dashboard.Component

/** They load after the page. If that fails, the page works without them. */
export const { Component: FrontBanners } = late(async () => {
  try {
    return (await import('./shell/banners/front-banners.tsx')).FrontBanners
  } catch {
    return () => null
  }
})

/** Loads what the address `pathname` needs. If that fails, the page says so when it is opened. */
export async function prefetch(pathname: string): Promise<void> {
  if (isFront(pathname)) return
  const next = pathname === CALLBACK_PATH ? '/dashboard' : pathname
  const page = async () => (await import('./routes.tsx')).prefetchPage(next)
  await Promise.all([dashboard.load(), page().catch(() => undefined)])
}
