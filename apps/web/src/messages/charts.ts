/** Charts: their names, their descriptions for screen readers, and their figures. */
import type { ChartedSlug } from '../data/metric.ts'
import type { Interval, PeriodName } from '../data/period.ts'
import { count } from './counting.ts'

const UNITS: Readonly<Record<Interval, string>> = {
  day: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
}

/** Counts name their bucket. Levels and rates have a value at each moment. */
const TITLES: Readonly<Record<ChartedSlug, (unit: string) => string>> = {
  revenue: (unit) => `Revenue per ${unit}`,
  net_revenue: (unit) => `Net revenue per ${unit}`,
  orders: (unit) => `Orders per ${unit}`,
  average_order_value: () => 'Average order value',
  monthly_recurring_revenue: () => 'Monthly recurring revenue',
  active_subscriptions: () => 'Active subscriptions',
  new_subscriptions: (unit) => `New subscriptions per ${unit}`,
  canceled_subscriptions: (unit) => `Canceled subscriptions per ${unit}`,
  checkouts_conversion: () => 'Checkout conversion',
}

export const charts = {
  chart: 'chart',
  showTable: 'Show table',
  hideTable: 'Hide table',
  download: 'Download CSV',
  table: (title: string) => `${title} table`,
  soFar: 'So far',
  noData: 'no data',
  /** If there is nothing to take an average or a share of. */
  none: { orders: 'No orders', checkouts: 'No checkouts' },
  before: 'Before',
  previous: 'Previous period',
  striped: 'Striped: not finished yet',
  readout: (point: string, value: string, before: string | undefined, partial: boolean) => {
    const now = partial ? `${point}, ${value} so far` : `${point}, ${value}`
    return before === undefined ? now : `${now}, before ${before}`
  },
  title: (slug: ChartedSlug, interval: Interval) => TITLES[slug](UNITS[interval]),
  columns: { day: 'Day', week: 'Week', month: 'Month', year: 'Year' },
  names: {
    revenue: 'Revenue',
    net_revenue: 'Net revenue',
    orders: 'Orders',
    average_order_value: 'Average order value',
    monthly_recurring_revenue: 'Monthly recurring revenue',
    active_subscriptions: 'Active subscriptions',
    new_subscriptions: 'New subscriptions',
    canceled_subscriptions: 'Canceled subscriptions',
    checkouts_conversion: 'Checkout conversion',
  } satisfies Record<ChartedSlug, string>,
  weekOf: (day: string) => `Week of ${day}`,
  span: (title: string, from: string, to: string) => `${title}, ${from} to ${to}.`,
  whole: {
    sum: (value: string) => `Total ${value}.`,
    level: (value: string) => `Now ${value}.`,
    levelThen: (value: string) => `${value} at the end.`,
    rate: (value: string) => `Overall ${value}.`,
  },
  highest: (value: string, when: string) => `Highest ${value} ${when}.`,
  lowest: (value: string, when: string) => `Lowest ${value} ${when}.`,
  nothing: 'No data in this period.',
  allZero: { sales: 'No sales in this period.', other: 'None in this period.' },
  when: {
    day: (day: string) => `on ${day}`,
    week: (day: string) => `in the week of ${day}`,
    month: (month: string) => `in ${month}`,
    year: (year: string) => `in ${year}`,
  },
  inPeriod: {
    '7d': 'in the last 7 days',
    '30d': 'in the last 30 days',
    '90d': 'in the last 90 days',
    '12m': 'in the last 12 months',
    'this-month': 'this month',
    'last-month': 'last month',
    qtd: 'this quarter',
    ytd: 'this year',
  } satisfies Record<PeriodName, string>,
  inSpan: (from: string, to: string) => `from ${from} to ${to}`,
  now: 'now',
  onDay: (day: string) => `on ${day}`,
}

export const periods = {
  legend: 'Period',
  names: {
    '7d': '7 days',
    '30d': '30 days',
    '90d': '90 days',
    '12m': '12 months',
    'this-month': 'This month',
    'last-month': 'Last month',
    qtd: 'Quarter to date',
    ytd: 'Year to date',
  } satisfies Record<PeriodName, string>,
  custom: 'Custom',
  from: 'From',
  to: 'To',
  problems: {
    not_a_day: 'Enter both dates.',
    turned_round: 'The start date must be before the end date.',
    in_the_future: "The end date can't be in the future.",
    too_early: (earliest: string) => `Polar has figures from ${earliest} on.`,
  },
  interval: 'Interval',
  intervals: { day: 'Day', week: 'Week', month: 'Month', year: 'Year' },
  /** Why another interval is shown than the chosen one. */
  too_many_days: (asked: Interval, shown: Interval) =>
    `Too many days to chart${asked === 'day' ? '' : ` by ${UNITS[asked]}`}. Showing ${UNITS[shown]}s.`,
  too_few_days: (asked: Interval, shown: Interval) =>
    `Too few days to chart by ${UNITS[asked]}. Showing ${UNITS[shown]}s.`,
  comparison: {
    days: (now: string, before: string) => `${now} compared with ${before}.`,
    /** Months of different lengths, with their numbers of days. */
    months: (now: string, nowDays: number, before: string, beforeDays: number) =>
      `${now} (${count(nowDays, 'day', 'days')}) compared with ${before} (${count(beforeDays, 'day', 'days')}).`,
    daysWithoutToday: (now: string, before: string) =>
      `${now} compared with ${before}. Today isn't compared yet.`,
    no_day_yet: 'No full day to compare yet.',
    too_long: 'Longer than a year: not compared.',
  },
  compare: 'Compare with the previous period',
}
