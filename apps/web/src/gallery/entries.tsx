/** Every part of the app in every state that it can be in. The name is the anchor. */
import { ConnectError, type ErrorCode } from '@polar-connect/browser'
import { AUTHORIZATION_ERRORS, PROBLEM_STATUS } from '@polar-connect/protocol'
import { problemText } from '@polar-connect/react'
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'
import { Route, Routes } from 'react-router'
import { CallbackRoute } from '../pages/callback-route.tsx'
import { ConnectionPage } from '../pages/connection-page.tsx'
import { DisconnectDialog } from '../pages/connection/leaving.tsx'
import { CustomersPage } from '../pages/customers-page.tsx'
import { FailedPage } from '../pages/failed-page.tsx'
import { IndexPage } from '../pages/index-page.tsx'
import { NotFoundPage } from '../pages/not-found-page.tsx'
import { OrderPage } from '../pages/order-page.tsx'
import { OrdersPage } from '../pages/orders-page.tsx'
import { OverviewPage } from '../pages/overview-page.tsx'
import { ProductsPage } from '../pages/products-page.tsx'
import { ProfilePage } from '../pages/profile-page.tsx'
import { SignedOutPage } from '../pages/signed-out-page.tsx'
import { SubscriptionsPage } from '../pages/subscriptions-page.tsx'
import { Avatar } from '../parts/avatar.tsx'
import { Badge } from '../parts/badge.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { ExplainedButton } from '../parts/explained-button.tsx'
import { WriteButton } from '../parts/write-button.tsx'
import { useAnnouncer } from '../shell/announcer.tsx'
import { Banners } from '../shell/banners/banners.tsx'
import { Header } from '../shell/header.tsx'
import { Navigation } from '../shell/navigation.tsx'
import { ErrorState } from '../states/error-state.tsx'
import { PageBoundary } from '../states/page-boundary.tsx'
import { RateLimited } from '../states/rate-limited.tsx'
import * as fixtures from './fixtures.ts'
import { Stage, type StageProps } from './stage.tsx'

export interface Entry {
  readonly name: string
  readonly content: ReactElement
}

type Setting = Omit<StageProps, 'children'>

const stage = (name: string, content: ReactNode, setting: Setting = {}): Entry => ({
  name,
  content: <Stage {...setting}>{content}</Stage>,
})

const { list, refusal, CONNECTED, DISCONNECTED, ENDED } = fixtures

/** Answers to the lists of Polar's API, by the last part of their path. */
const lists =
  (answers: Readonly<Record<string, () => Response>>) =>
  (path: string): Response | Promise<Response> =>
    answers[path.replace('/bff/api/v1/', '').replace(/\/$/, '')]?.() ??
    new Promise<Response>(() => undefined)

const FULL = lists({
  products: () => list(fixtures.PRODUCTS, 134),
  orders: () => list(fixtures.ORDERS, 134),
  customers: () => list(fixtures.CUSTOMERS),
  subscriptions: () => list(fixtures.SUBSCRIPTIONS),
  metrics: fixtures.metrics,
  'orders/0002': () => Response.json(fixtures.ORDERS[1]),
})
const EMPTY = lists({
  products: () => list([]),
  orders: () => list([]),
  customers: () => list([]),
  subscriptions: () => list([]),
})

const onPage = (path: string, page: ReactNode) => (
  <Routes>
    <Route path={path} element={page} />
  </Routes>
)

const products = (name: string, setting: Setting): Entry =>
  stage(`list-${name}`, <ProductsPage />, { path: '/dashboard/products', ...setting })

const STATES: readonly Entry[] = [
  products('loading', {}),
  products('ready', { path: '/dashboard/products?page=2', answer: FULL }),
  products('empty', { answer: EMPTY }),
  products('no-matches', { path: '/dashboard/products?q=moon', answer: EMPTY }),
  products('error', { answer: () => refusal(500) }),
  products('missing-permission', {
    answer: () =>
      refusal(403, {
        'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="products:read"',
      }),
  }),
  products('permission-denied', {
    answer: () =>
      refusal(403, {
        'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="products:read"',
      }),
    entryState: { stepUp: 'authorization_error.access_denied' },
  }),
  products('not-allowed', { answer: () => refusal(403) }),
  products('rate-limited', { answer: () => refusal(429, { 'Retry-After': '600' }) }),
  products('not-found', { answer: () => refusal(404) }),
  products('offline', { answer: FULL, offline: true }),
]

const PAGES: readonly Entry[] = [
  stage('overview', <OverviewPage />, { path: '/dashboard', answer: FULL }),
  stage('orders', <OrdersPage />, { path: '/dashboard/orders', answer: FULL }),
  stage('orders-empty', <OrdersPage />, { path: '/dashboard/orders', answer: EMPTY }),
  stage('order', onPage('/dashboard/orders/:id', <OrderPage />), {
    path: '/dashboard/orders/0002',
    answer: FULL,
  }),
  stage('order-gone', onPage('/dashboard/orders/:id', <OrderPage />), {
    path: '/dashboard/orders/0404',
    answer: () => refusal(404),
  }),
  stage('customers', <CustomersPage />, { path: '/dashboard/customers', answer: FULL }),
  stage('customers-empty', <CustomersPage />, { path: '/dashboard/customers', answer: EMPTY }),
  stage('subscriptions', <SubscriptionsPage />, {
    path: '/dashboard/subscriptions',
    answer: FULL,
  }),
  stage('subscriptions-empty', <SubscriptionsPage />, {
    path: '/dashboard/subscriptions',
    answer: EMPTY,
  }),
  stage('connection', <ConnectionPage />, { path: '/dashboard/connection' }),
  stage('connection-ended', <ConnectionPage />, { path: '/dashboard/connection', state: ENDED }),
  stage('connection-offline', <ConnectionPage />, {
    path: '/dashboard/connection',
    offline: true,
  }),
  stage('profile-person', <ProfilePage />, {
    path: '/dashboard/profile',
    state: fixtures.asPerson(),
    answer: () => Response.json({ sub: 'user-1' }),
  }),
  stage('profile-organization', <ProfilePage />, {
    path: '/dashboard/profile',
    answer: (path) =>
      Response.json(
        path.endsWith('/userinfo')
          ? { sub: 'user-1', name: 'Ada Lovelace', email: 'ada@example.com', email_verified: false }
          : fixtures.ORGANIZATION,
      ),
  }),
  stage('index', <IndexPage />, { state: DISCONNECTED }),
  stage('index-continue', <IndexPage continueTo="Orders" />, { state: DISCONNECTED }),
  stage('index-connected', <IndexPage />),
  stage('index-unreachable', <IndexPage />, {
    state: { status: 'unreachable', error: new ConnectError('server_unreachable') },
  }),
  stage('index-not-set-up', <IndexPage />, {
    state: { status: 'unreachable', error: new ConnectError('invalid_client') },
  }),
  stage('callback', <CallbackRoute onFailed={() => undefined} />, { state: DISCONNECTED }),
  stage('failed', <FailedPage />, {
    path: '/connect/failed?reason=state_mismatch&ref=0abc1def',
    state: DISCONNECTED,
  }),
  stage('signed-out', <SignedOutPage />, { path: '/signed-out', state: DISCONNECTED }),
  stage('page-not-found', <NotFoundPage />, { path: '/nowhere' }),
  stage(
    'page-crash',
    <PageBoundary>
      <Broken />
    </PageBoundary>,
    { path: '/dashboard' },
  ),
]

function Broken(): ReactNode {
  throw new Error('as it should here')
}

const minutes = (count: number) => count * 60_000
const withNews = {
  ...CONNECTED,
  asks: {
    scopes: ['openid', 'webhooks:read'],
    allowed_scopes: ['webhooks:read'],
    subject: 'organization',
  },
} as const

const BANNERS: readonly Entry[] = [
  stage('banner-offline', <Banners />, { offline: true }),
  stage('banner-session-ended', <Banners />, { state: ENDED }),
  stage('banner-logged-out-elsewhere', <Banners />, {
    state: { ...DISCONNECTED, elsewhere: true },
  }),
  stage('banner-account-changed', <Banners />, { state: { ...CONNECTED, replaced: true } }),
  stage(
    'banner-rate-limited',
    <RateLimited
      error={new ConnectError('polar_rate_limited', { retryAfterSeconds: 600 })}
      onRetry={() => undefined}
    />,
  ),
  stage('banner-new-permission', <Banners />, { state: withNews }),
  stage('banner-clock', <Banners />, { skewMs: minutes(4) }),
  stage('banner-two-of-three', <Banners />, { state: ENDED, offline: true, skewMs: minutes(4) }),
]

const PARTS: readonly Entry[] = [
  stage('header', <Header />),
  stage('navigation', <Navigation />, { path: '/dashboard', state: fixtures.asPerson() }),
  stage(
    'buttons',
    <div className="pc-actions">
      <button type="button" className="pc-button pc-button--primary">
        Primary
      </button>
      <button type="button" className="pc-button">
        Plain
      </button>
      <button type="button" className="pc-button pc-button--danger">
        Danger
      </button>
      <button type="button" className="pc-button pc-button--quiet">
        Quiet
      </button>
      <ExplainedButton reason="Choose at least one permission." reasonShown onClick={ignore}>
        Explained
      </ExplainedButton>
    </div>,
  ),
  stage('button-that-writes-offline', <WriteButton onClick={ignore}>Create</WriteButton>, {
    offline: true,
  }),
  stage('copy-button', <CopyButton thing="reference" value="0abc1def" />),
  stage(
    'badges',
    <p className="pc-actions">
      <Badge tone="neutral">Draft</Badge>
      <Badge tone="success">Paid</Badge>
      <Badge tone="warning">Pending</Badge>
      <Badge tone="danger">Refunded</Badge>
    </p>,
  ),
  stage(
    'avatars',
    <p className="pc-actions">
      <Avatar name="Acme Books" />
      <Avatar name="مكتبة الحكمة" small />
    </p>,
  ),
  stage('dialog', <OpenDialog />, { path: '/dashboard/connection' }),
  stage('toast', <ShownToast />),
]

function ignore(): void {
  // There is nothing to do in a gallery.
}

/** Not as a modal one, so that it can be looked at beside the rest. */
function OpenDialog(): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.setAttribute('open', '')
  }, [])
  return <DisconnectDialog dialog={dialog} name="Acme Books" />
}

function ShownToast(): ReactNode {
  const { toast } = useAnnouncer()
  useEffect(() => toast('Access refreshed.'), [toast])
  return null
}

const CODES: readonly ErrorCode[] = [
  ...AUTHORIZATION_ERRORS.map((error) => `authorization_error.${error}` as const),
  'authorization_error.unknown',
  ...(Object.keys(PROBLEM_STATUS) as (keyof typeof PROBLEM_STATUS)[]).filter(
    (code) => code !== 'authorization_error',
  ),
  'missing_code',
  'callback_replayed',
  'exchange_timeout',
  'cookies_blocked',
  'insecure_context',
  'authorization_url_refused',
  'offline',
  'server_unreachable',
  'revoke_unconfirmed',
  'gone',
  'conflict',
  'validation',
  'upstream_error',
  'upstream_timeout',
  'bad_response',
  'unknown',
]

/** One for each thing that can be done about it. */
const ACTIONS = stage(
  'error-actions',
  <div className="pc-gallery__errors">
    {[...new Map(CODES.map((code) => [problemText(code).action, code])).values()].map((code) => (
      <ErrorState
        key={code}
        error={new ConnectError(code, { status: 400, reference: '0abc1def' })}
        thing="order"
        onRetry={ignore}
      />
    ))}
  </div>,
)

/** The whole catalogue. */
const ERRORS = stage(
  'errors',
  <dl className="pc-gallery__errors">
    {CODES.map((code) => {
      const { title, text } = problemText(code, { app: 'Polar Connect', thing: 'order' })
      return (
        <div key={code}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      )
    })}
  </dl>,
)

export const ENTRIES: readonly Entry[] = [
  ...PARTS,
  ...BANNERS,
  ...STATES,
  ...PAGES,
  ACTIONS,
  ERRORS,
]
