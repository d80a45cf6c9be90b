/** The pages that load when they are needed, and how to load one before that. */
import { lazy, useState, type ComponentType } from 'react'

const PAGES = {
  '/dashboard': async () => (await import('./pages/overview-page.tsx')).OverviewPage,
  '/dashboard/products': async () => (await import('./pages/products-page.tsx')).ProductsPage,
  '/dashboard/products/:id': async () => (await import('./pages/product-page.tsx')).ProductPage,
  '/dashboard/orders': async () => (await import('./pages/orders-page.tsx')).OrdersPage,
  '/dashboard/orders/:id': async () => (await import('./pages/order-page.tsx')).OrderPage,
  '/dashboard/customers': async () => (await import('./pages/customers-page.tsx')).CustomersPage,
  '/dashboard/customers/:id': async () => (await import('./pages/customer-page.tsx')).CustomerPage,
  '/dashboard/subscriptions': async () =>
    (await import('./pages/subscriptions-page.tsx')).SubscriptionsPage,
  '/dashboard/metrics': async () => (await import('./pages/metrics-page.tsx')).MetricsPage,
  '/dashboard/checkout-links': async () =>
    (await import('./pages/checkout-links-page.tsx')).CheckoutLinksPage,
  '/dashboard/checkout-links/new': async () =>
    (await import('./pages/new-checkout-link-page.tsx')).NewCheckoutLinkPage,
  '/dashboard/profile': async () => (await import('./pages/profile-page.tsx')).ProfilePage,
  '/dashboard/connection': async () => (await import('./pages/connection-page.tsx')).ConnectionPage,
  '/diagnostics': async () => (await import('./pages/diagnostics-page.tsx')).DiagnosticsPage,
} as const satisfies Record<string, () => Promise<ComponentType>>

type PagePath = keyof typeof PAGES

const loaded = new Map<PagePath, ComponentType>()

async function load(path: PagePath): Promise<ComponentType> {
  const page = await PAGES[path]()
  loaded.set(path, page)
  return page
}

/** Begins to load the page at `path`; what fails here is told when the page is opened. */
export function prefetchPage(path: string): void {
  if (Object.hasOwn(PAGES, path)) load(path as PagePath).catch(() => undefined)
}

/**
 * The page at `path`. One that is there already shows at once: React holds back for 300 ms whatever
 * it had to wait for, and it waits for each `lazy` once, however long ago that was loaded.
 */
function pageAt(path: PagePath): ComponentType {
  const Awaited = lazy(async () => ({ default: await load(path) }))
  return function Page() {
    // Kept as long as it is shown: another component in its place would be another page.
    const [Shown] = useState(() => loaded.get(path) ?? Awaited)
    return <Shown />
  }
}

export const OverviewPage = pageAt('/dashboard')
export const ProductsPage = pageAt('/dashboard/products')
export const ProductPage = pageAt('/dashboard/products/:id')
export const OrdersPage = pageAt('/dashboard/orders')
export const OrderPage = pageAt('/dashboard/orders/:id')
export const CustomersPage = pageAt('/dashboard/customers')
export const CustomerPage = pageAt('/dashboard/customers/:id')
export const SubscriptionsPage = pageAt('/dashboard/subscriptions')
export const MetricsPage = pageAt('/dashboard/metrics')
export const CheckoutLinksPage = pageAt('/dashboard/checkout-links')
export const NewCheckoutLinkPage = pageAt('/dashboard/checkout-links/new')
export const ProfilePage = pageAt('/dashboard/profile')
export const ConnectionPage = pageAt('/dashboard/connection')
export const DiagnosticsPage = pageAt('/diagnostics')
