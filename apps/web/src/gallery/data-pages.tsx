/** The screens of the dashboard: full, empty, and without what was asked for. */
import { Route, Routes } from 'react-router'
import { addressOf, pathsOf, RESOURCES, SCREENS } from '../resources/table.ts'
import { pageAt } from '../routes.tsx'
import { EMPTY, FULL } from './answers.ts'
import { stage, type Entry, type Setting } from './entry.tsx'
import { ACME, CONNECTED, RECORDS, refusal } from './fixtures.ts'

/** Any screen of the dashboard, by its address. */
export const screen = (name: string, address: string, setting: Setting): Entry =>
  stage(
    name,
    <Routes>
      {SCREENS.flatMap(pathsOf).map((path) => {
        const Page = pageAt(path)
        return <Route key={path} path={path} element={<Page />} />
      })}
    </Routes>,
    { path: address, ...setting },
  )

const FULLY = { answer: FULL }
const EMPTILY = { answer: EMPTY }
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
