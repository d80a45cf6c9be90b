/** Metrics. Reading needs `metrics:read`; `metrics:write` is not enough. */
import type { Dataset } from '../objects/dataset.ts'
import type { Owned } from '../objects/models.ts'
import { requireScope, visible } from './access.ts'
import { withoutMembers } from './contract.ts'
import { exampleShop } from './examples.ts'
import { SLUGS, type Slug } from './figures.ts'
import { measure } from './measure.ts'
import { INTERVALS, periodBoundaries, type Interval } from './metric-periods.ts'
import {
  checkQuery,
  requiredDate,
  requiredWord,
  texts,
  timeZone,
  uuids,
  words,
} from '../http/parameters.ts'
import type { ApiOptions } from './resource.ts'
import type { Operations } from './operations.ts'
import { refused } from '../http/respond.ts'

const MIN_DATE = '2023-01-01'
/** Polar refuses ranges above `max_days`. `min_days` is only a hint. */
const DAYS: Record<Interval, { readonly min_days: number; readonly max_days: number }> = {
  hour: { min_days: 0, max_days: 7 },
  day: { min_days: 0, max_days: 366 },
  week: { min_days: 14, max_days: 371 },
  month: { min_days: 60, max_days: 1460 },
  year: { min_days: 366, max_days: 3650 },
}
const READS = ['metrics:read']
const DAY_MS = 86_400_000
const QUERY = {
  start_date: requiredDate,
  end_date: requiredDate,
  // Polar lists the longest interval first.
  interval: requiredWord(INTERVALS.toReversed()),
  timezone: timeZone,
  organization_id: uuids,
  product_id: uuids,
  billing_type: words('ProductBillingType', ['one_time', 'recurring']),
  customer_id: uuids,
  metrics: texts,
}
const TOO_LONG =
  'The interval is too small for the given date range. Use a larger interval or reduce the date range.'

export function mountMetrics(api: Operations, polar: ApiOptions): void {
  const scopes = READS
  const limits = { method: 'GET', path: '/v1/metrics/limits', answer: 'MetricsLimits' } as const
  api.on({ ...limits, scopes }, (c) => {
    requireScope(c, READS)
    return c.json({ min_date: MIN_DATE, intervals: DAYS })
  })

  api.describe(limits.answer, () => [{ min_date: MIN_DATE, intervals: DAYS }])
  // Each metric is optional: the answer has only those in the request.
  api.describe('MetricsResponse', () => [SLUGS, []].map((slugs) => exampleFigures(slugs)))
  const metrics = { method: 'GET', path: '/v1/metrics/', answer: 'MetricsResponse' } as const
  api.on({ ...metrics, scopes, query: QUERY }, (c) => {
    const caller = requireScope(c, READS)
    const query = new URL(c.req.url).searchParams
    checkQuery(query, QUERY)
    const wanted = readQuery(query)
    const dataset = polar.dataset()
    const own = <Item extends Sale>(items: readonly Item[]) =>
      visible(dataset, caller, items).filter(selected(query, dataset))
    const day = (date: string) =>
      periodBoundaries({ ...wanted, start: date, end: date, interval: 'day' })
    const measured = measure(
      {
        orders: own(dataset.orders),
        subscriptions: own(dataset.subscriptions),
        checkouts: own(dataset.checkouts),
      },
      periodBoundaries(wanted),
      {
        from: day(wanted.start)[0] ?? 0,
        until: day(wanted.end)[1] ?? 0,
        slugs: wanted.slugs,
      },
    )
    return c.json(withoutMembers(measured, metrics.answer, polar.settings().removed_members))
  })
}

function exampleFigures(slugs: readonly Slug[]) {
  const { orders, subscriptions, checkouts } = exampleShop()
  const [from, until] = [Date.parse('2026-11-01'), Date.parse('2026-12-01')]
  return measure({ orders, subscriptions, checkouts }, [from, until], { from, until, slugs })
}

interface Wanted {
  readonly start: string
  readonly end: string
  readonly interval: Interval
  readonly timeZone: string
  readonly slugs: readonly Slug[]
}

/** @throws ApiRefusal for an unknown metric, and for a range that is too long or ends too early. */
function readQuery(query: URLSearchParams): Wanted {
  const named = query.getAll('metrics')
  const unknown = named.filter((slug) => !SLUGS.includes(slug as Slug))
  if (unknown.length > 0) {
    throw refused(['query', 'metrics'], `Invalid metric slugs: ${unknown.join(', ')}`, named)
  }
  const [start, end] = [query.get('start_date') ?? '', query.get('end_date') ?? '']
  const interval = INTERVALS.find((name) => name === query.get('interval')) ?? 'day'
  const days = (Date.parse(end) - Date.parse(start)) / DAY_MS
  if (days < 0 || days > DAYS[interval].max_days) {
    throw refused(['query'], TOO_LONG, [start, end, interval])
  }
  return {
    start,
    end,
    interval,
    timeZone: query.get('timezone') ?? 'UTC',
    slugs: named.length > 0 ? SLUGS.filter((slug) => named.includes(slug)) : SLUGS,
  }
}

/** What metrics are computed from. */
type Sale = Owned & { readonly product_id: string | null; readonly customer_id: string | null }

/** Filters by the organizations, products, customers and billing types of the query. */
function selected(query: URLSearchParams, dataset: Dataset): (item: Sale) => boolean {
  const recurring = new Set(
    dataset.products.filter((product) => product.is_recurring).map(({ id }) => id),
  )
  const filters = (['organization_id', 'product_id', 'customer_id'] as const)
    .map((name) => ({ name, values: query.getAll(name) }))
    .filter(({ values }) => values.length > 0)
  const kinds = query.getAll('billing_type')
  return (item) =>
    filters.every(({ name, values }) => values.includes(item[name] ?? '')) &&
    (kinds.length === 0 ||
      kinds.includes(recurring.has(item.product_id ?? '') ? 'recurring' : 'one_time'))
}
