/** Metrics. Reading takes `metrics:read`: the permission to write does not open them. */
import type { Hono } from 'hono'
import type { Order } from '../objects/order.ts'
import type { Subscription } from '../objects/subscription.ts'
import type { ApiObject, Dataset } from '../objects/dataset.ts'
import type { EmulatorEnv } from '../http/environment.ts'
import { requireScope, visible } from './access.ts'
import { filterIssues } from './list.ts'
import { measure, SLUGS, type Slug } from './measure.ts'
import { INTERVALS, isTimeZone, periodBoundaries, type Interval } from './metric-periods.ts'
import { uuidForm, wordForm } from './query-form.ts'
import type { ApiOptions } from './resource.ts'
import { invalid, refused, type ValidationIssue } from './respond.ts'

const MIN_DATE = '2023-01-01'
const MAX_DAYS: Record<Interval, number> = { hour: 7, day: 366, week: 371, month: 1460, year: 3650 }
const READS = ['metrics:read']
const DAY_MS = 86_400_000
const FILTERS = {
  organization_id: { form: uuidForm },
  product_id: { form: uuidForm },
  customer_id: { form: uuidForm },
  billing_type: { form: wordForm(['one_time', 'recurring']) },
}

export function mountMetrics(app: Hono<EmulatorEnv>, polar: ApiOptions): void {
  app.get('/v1/metrics/limits', (c) => {
    requireScope(c, READS)
    const intervals = INTERVALS.map((name) => [name, { min_days: 0, max_days: MAX_DAYS[name] }])
    return c.json({ min_date: MIN_DATE, intervals: Object.fromEntries(intervals) })
  })

  app.get('/v1/metrics/', (c) => {
    const caller = requireScope(c, READS)
    const query = new URL(c.req.url).searchParams
    const wanted = parseQuery(query)
    const dataset = polar.dataset()
    const own = <Item extends ApiObject>(items: readonly ApiObject[]) =>
      visible(dataset, caller, items).filter(selected(query, dataset)) as Item[]
    const day = (date: string) =>
      periodBoundaries({ ...wanted, start: date, end: date, interval: 'day' })
    return c.json(
      measure(
        {
          orders: own<Order>(dataset.orders),
          subscriptions: own<Subscription>(dataset.subscriptions),
          checkouts: own(dataset.checkouts),
        },
        periodBoundaries(wanted),
        {
          from: day(wanted.start)[0] ?? 0,
          until: day(wanted.end)[1] ?? 0,
          slugs: wanted.slugs,
        },
      ),
    )
  })
}

interface Wanted {
  readonly start: string
  readonly end: string
  readonly interval: Interval
  readonly timeZone: string
  readonly slugs: readonly Slug[]
}

function parseQuery(query: URLSearchParams): Wanted {
  const issues: ValidationIssue[] = []
  const refuse = (name: string, type: string, msg: string) => {
    issues.push({ type, loc: ['query', name], msg, input: query.get(name) })
  }
  for (const name of ['start_date', 'end_date']) {
    const date = query.get(name)
    if (date === null) refuse(name, 'missing', 'Field required')
    else if (!isDate(date))
      refuse(name, 'date_from_datetime_parsing', 'Input should be a valid date')
  }
  const interval = query.get('interval') as Interval | null
  if (interval === null) refuse('interval', 'missing', 'Field required')
  else if (!INTERVALS.includes(interval)) {
    const expected = INTERVALS.map((name) => `'${name}'`).join(', ')
    refuse('interval', 'enum', `Input should be ${expected}`)
  }
  const timeZone = query.get('timezone') ?? 'UTC'
  if (!isTimeZone(timeZone)) refuse('timezone', 'value_error', 'Invalid timezone')
  const named = query.getAll('metrics')
  for (const slug of named) {
    if (!SLUGS.includes(slug as Slug)) refuse('metrics', 'value_error', `Unknown metric: ${slug}`)
  }
  issues.push(...filterIssues(query, FILTERS))
  if (issues.length > 0) throw invalid(issues)

  const [start, end] = [query.get('start_date') ?? '', query.get('end_date') ?? '']
  const chosen = interval ?? 'day'
  const days = (Date.parse(end) - Date.parse(start)) / DAY_MS
  if (start < MIN_DATE) {
    throw refused(['query', 'start_date'], `Start date must be after ${MIN_DATE}.`)
  }
  if (days < 0) throw refused(['query', 'start_date'], 'Start date must be before end date.')
  if (days > MAX_DAYS[chosen]) {
    const msg = `The interval ${chosen} allows at most ${MAX_DAYS[chosen]} days.`
    throw refused(['query', 'end_date'], msg)
  }
  return {
    start,
    end,
    interval: chosen,
    timeZone,
    slugs: named.length > 0 ? SLUGS.filter((slug) => named.includes(slug)) : SLUGS,
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Whether what happened is of the organizations, products, customers and kinds asked for. */
function selected(query: URLSearchParams, dataset: Dataset): (item: ApiObject) => boolean {
  const recurring = new Set(
    dataset.products.filter((item) => item['is_recurring'] === true).map(({ id }) => id),
  )
  const filters = ['organization_id', 'product_id', 'customer_id']
    .map((name) => ({ name, values: query.getAll(name) }))
    .filter(({ values }) => values.length > 0)
  const kinds = query.getAll('billing_type')
  return (item) =>
    filters.every(({ name, values }) => values.includes(String(item[name]))) &&
    (kinds.length === 0 ||
      kinds.includes(recurring.has(String(item['product_id'])) ? 'recurring' : 'one_time'))
}
