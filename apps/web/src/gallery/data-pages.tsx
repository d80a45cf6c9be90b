/** The screens of the dashboard: full, empty, and without permissions. */
import { Route, Routes } from 'react-router'
import { OrganizationsProvider } from '../data/organizations.tsx'
import { addressOf, RESOURCES } from '../resources/table.ts'
import { ROUTES } from '../routes.tsx'
import { Navigation } from '../shell/navigation.tsx'
import { EMPTY, FULL } from './answers.ts'
import { Pressed, stage, type Entry, type Setting } from './entry.tsx'
import { ACME, CONNECTED, EVERYWHERE, list, ORGANIZATIONS, RECORDS, refusal } from './fixtures.ts'
import type { Answer } from './stage.tsx'

export const screens = (
  <Routes>
    {ROUTES.map(({ path, Component }) => (
      <Route key={path} path={path} element={<Component />} />
    ))}
  </Routes>
)

/** Any screen of the dashboard, by its address, after the buttons `pressed` were pressed. */
export const screen = (
  name: string,
  address: string,
  setting: Setting,
  pressed: readonly string[] = [],
): Entry => stage(name, <Pressed names={pressed}>{screens}</Pressed>, { path: address, ...setting })

const FULLY = { answer: FULL }
const EMPTILY = { answer: EMPTY }
/** Everything but the invoice. */
const invoice =
  (say: () => Response | Promise<Response>): Answer =>
  (path, query, method) =>
    path.endsWith('/invoice') ? say() : FULL(path, query, method)
const ofPerson: Answer = (path, query, method) =>
  path.endsWith('/organizations/') ? list(ORGANIZATIONS) : FULL(path, query, method)
const GONE = { answer: () => refusal(404) }
const LOADING = {}
const METRICS = '/dashboard/metrics'

export const DATA_PAGES: readonly Entry[] = [
  screen('overview', '/dashboard', FULLY),
  screen('overview-empty', '/dashboard', EMPTILY),
  screen('overview-loading', '/dashboard', LOADING),
  ...RESOURCES.flatMap((row) => {
    const { name, path } = row
    return [
      screen(path, addressOf(row), FULLY),
      screen(`${path}-empty`, addressOf(row), EMPTILY),
      ...(row.details
        ? [
            ...RECORDS[name].map(({ id }) => screen(`${path}-${id}`, addressOf(row, id), FULLY)),
            screen(`${path}-gone`, addressOf(row, 'gone'), GONE),
            screen(`${path}-item-loading`, addressOf(row, 'gone'), LOADING),
          ]
        : []),
    ]
  }),
  screen('orders-0002-with-refunds', '/dashboard/orders/0002', {
    answer: FULL,
    state: {
      ...CONNECTED,
      connection: { ...ACME, scopes: [...ACME.scopes, 'refunds:read'] },
    },
  }),
  screen('invoice', '/dashboard/orders/0001', FULLY),
  screen('invoice-none-yet', '/dashboard/orders/0004', FULLY),
  screen(
    'invoice-opening',
    '/dashboard/orders/0001',
    { answer: invoice(() => new Promise(() => undefined)) },
    ['Open invoice'],
  ),
  screen('invoice-failed', '/dashboard/orders/0001', { answer: invoice(() => refusal(500)) }, [
    'Open invoice',
  ]),
  stage(
    'organizations-all',
    <OrganizationsProvider>
      <Navigation />
      {screens}
    </OrganizationsProvider>,
    { path: '/dashboard/orders', state: EVERYWHERE, answer: ofPerson },
  ),
  stage(
    'organizations-one-of-them',
    <OrganizationsProvider>
      <Navigation />
      {screens}
    </OrganizationsProvider>,
    { path: '/dashboard/orders?org=nord-studio', state: EVERYWHERE, answer: ofPerson },
  ),
  screen('customers-c2-without-orders', '/dashboard/customers/c2', EMPTILY),
  screen('metrics', METRICS, FULLY),
  screen(
    'metrics-custom',
    `${METRICS}?period=custom&from=2025-11-26&to=2026-11-25&interval=week`,
    FULLY,
  ),
  screen('metrics-empty', METRICS, EMPTILY),
  screen('metrics-no-matches', `${METRICS}?product=p2`, EMPTILY),
  screen('metrics-loading', METRICS, LOADING),
  screen('metrics-error', METRICS, { answer: () => refusal(500) }),
]
