/** The pages that load when they are needed, and how to load one before that. */
import { lazy } from 'react'

const PAGES = {
  '/dashboard': () => import('./pages/overview-page.tsx'),
  '/dashboard/products': () => import('./pages/products-page.tsx'),
  '/dashboard/products/:id': () => import('./pages/product-page.tsx'),
  '/dashboard/orders': () => import('./pages/orders-page.tsx'),
  '/dashboard/orders/:id': () => import('./pages/order-page.tsx'),
  '/dashboard/customers': () => import('./pages/customers-page.tsx'),
  '/dashboard/customers/:id': () => import('./pages/customer-page.tsx'),
  '/dashboard/subscriptions': () => import('./pages/subscriptions-page.tsx'),
  '/dashboard/metrics': () => import('./pages/metrics-page.tsx'),
  '/dashboard/checkout-links': () => import('./pages/checkout-links-page.tsx'),
  '/dashboard/checkout-links/new': () => import('./pages/new-checkout-link-page.tsx'),
  '/dashboard/profile': () => import('./pages/profile-page.tsx'),
  '/dashboard/connection': () => import('./pages/connection-page.tsx'),
  '/diagnostics': () => import('./pages/diagnostics-page.tsx'),
} as const

/** Begins to load the page at `path`; what fails here is told when the page is opened. */
export function prefetchPage(path: string): void {
  if (Object.hasOwn(PAGES, path)) {
    PAGES[path as keyof typeof PAGES]().catch(() => undefined)
  }
}

export const OverviewPage = lazy(async () => {
  const { OverviewPage } = await PAGES['/dashboard']()
  return { default: OverviewPage }
})

export const ProductsPage = lazy(async () => {
  const { ProductsPage } = await PAGES['/dashboard/products']()
  return { default: ProductsPage }
})

export const ProductPage = lazy(async () => {
  const { ProductPage } = await PAGES['/dashboard/products/:id']()
  return { default: ProductPage }
})

export const OrdersPage = lazy(async () => {
  const { OrdersPage } = await PAGES['/dashboard/orders']()
  return { default: OrdersPage }
})

export const OrderPage = lazy(async () => {
  const { OrderPage } = await PAGES['/dashboard/orders/:id']()
  return { default: OrderPage }
})

export const CustomersPage = lazy(async () => {
  const { CustomersPage } = await PAGES['/dashboard/customers']()
  return { default: CustomersPage }
})

export const CustomerPage = lazy(async () => {
  const { CustomerPage } = await PAGES['/dashboard/customers/:id']()
  return { default: CustomerPage }
})

export const SubscriptionsPage = lazy(async () => {
  const { SubscriptionsPage } = await PAGES['/dashboard/subscriptions']()
  return { default: SubscriptionsPage }
})

export const MetricsPage = lazy(async () => {
  const { MetricsPage } = await PAGES['/dashboard/metrics']()
  return { default: MetricsPage }
})

export const CheckoutLinksPage = lazy(async () => {
  const { CheckoutLinksPage } = await PAGES['/dashboard/checkout-links']()
  return { default: CheckoutLinksPage }
})

export const NewCheckoutLinkPage = lazy(async () => {
  const { NewCheckoutLinkPage } = await PAGES['/dashboard/checkout-links/new']()
  return { default: NewCheckoutLinkPage }
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
