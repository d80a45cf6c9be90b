/** The pages that show the shop: full, empty, and without what was asked for. */
import type { ReactElement } from 'react'
import { Route, Routes } from 'react-router'
import { CustomerPage } from '../pages/customer-page.tsx'
import { CustomersPage } from '../pages/customers-page.tsx'
import { MetricsPage } from '../pages/metrics-page.tsx'
import { OrderPage } from '../pages/order-page.tsx'
import { OrdersPage } from '../pages/orders-page.tsx'
import { OverviewPage } from '../pages/overview-page.tsx'
import { ProductPage } from '../pages/product-page.tsx'
import { SubscriptionsPage } from '../pages/subscriptions-page.tsx'
import { EMPTY, FULL } from './answers.ts'
import { stage, type Entry, type Setting } from './entry.tsx'
import { refusal } from './fixtures.ts'

const dashboard = (name: string, page: ReactElement, path: string, setting: Setting): Entry =>
  stage(name, page, { path: `/dashboard${path}`, ...setting })

/** The page of one thing, which it knows by its address. */
const item = (name: string, page: ReactElement, path: string, setting: Setting): Entry => {
  const route = `/dashboard${path.replace(/[^/]+$/, ':id')}`
  return dashboard(
    name,
    <Routes>
      <Route path={route} element={page} />
    </Routes>,
    path,
    setting,
  )
}

const FULLY = { answer: FULL }
const EMPTILY = { answer: EMPTY }
const GONE = { answer: () => refusal(404) }
const LOADING = {}

export const DATA_PAGES: readonly Entry[] = [
  dashboard('overview', <OverviewPage />, '', FULLY),
  dashboard('overview-empty', <OverviewPage />, '', EMPTILY),
  dashboard('overview-loading', <OverviewPage />, '', LOADING),
  item('product', <ProductPage />, '/products/p1', FULLY),
  item('product-archived', <ProductPage />, '/products/p3', FULLY),
  item('product-loading', <ProductPage />, '/products/p1', LOADING),
  item('product-gone', <ProductPage />, '/products/p404', GONE),
  dashboard('orders', <OrdersPage />, '/orders', FULLY),
  dashboard('orders-empty', <OrdersPage />, '/orders', EMPTILY),
  item('order', <OrderPage />, '/orders/0002', FULLY),
  item('order-gone', <OrderPage />, '/orders/0404', GONE),
  dashboard('customers', <CustomersPage />, '/customers', FULLY),
  dashboard('customers-empty', <CustomersPage />, '/customers', EMPTILY),
  item('customer', <CustomerPage />, '/customers/c1', FULLY),
  item('customer-without-orders', <CustomerPage />, '/customers/c2', EMPTILY),
  item('customer-gone', <CustomerPage />, '/customers/c404', GONE),
  dashboard('subscriptions', <SubscriptionsPage />, '/subscriptions', FULLY),
  dashboard('subscriptions-empty', <SubscriptionsPage />, '/subscriptions', EMPTILY),
  dashboard('metrics', <MetricsPage />, '/metrics', FULLY),
  dashboard(
    'metrics-custom',
    <MetricsPage />,
    '/metrics?period=custom&from=2025-11-26&to=2026-11-25&interval=week',
    FULLY,
  ),
  dashboard('metrics-empty', <MetricsPage />, '/metrics', EMPTILY),
  dashboard('metrics-no-matches', <MetricsPage />, '/metrics?product=p2', EMPTILY),
  dashboard('metrics-loading', <MetricsPage />, '/metrics', LOADING),
  dashboard('metrics-error', <MetricsPage />, '/metrics', { answer: () => refusal(500) }),
]
