/** Charts: their names, what is read out of them, and the figures that they show. */
import type { MetricSlug } from '../data/metric.ts'
import type { Interval, PeriodName } from '../data/period.ts'
import { list } from './counting.ts'

const UNITS: Readonly<Record<Interval, string>> = {
  day: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
}

/** Counts of a bucket say which bucket; levels and rates are what they are at each. */
const TITLES: Readonly<Record<MetricSlug, (unit: string) => string>> = {
  revenue: (unit) => `Revenue per ${unit}`,
  net_revenue: (unit) => `Net revenue per ${unit}`,
  orders: (unit) => `Orders per ${unit}`,
  average_order_value: () => 'Average order value',
  monthly_recurring_revenue: () => 'Monthly recurring revenue',
  active_subscriptions: () => 'Active subscriptions',
  new_subscriptions: (unit) => `New subscriptions per ${unit}`,
  churned_subscriptions: (unit) => `Churned subscriptions per ${unit}`,
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
  readout: (point: string, value: string, partial: boolean) =>
    partial ? `${point}, ${value} so far` : `${point}, ${value}`,
  title: (slug: MetricSlug, interval: Interval) => TITLES[slug](UNITS[interval]),
  columns: { day: 'Day', week: 'Week', month: 'Month', year: 'Year' },
  names: {
    revenue: 'Revenue',
    net_revenue: 'Net revenue',
    orders: 'Orders',
    average_order_value: 'Average order value',
    monthly_recurring_revenue: 'Monthly recurring revenue',
    active_subscriptions: 'Active subscriptions',
    new_subscriptions: 'New subscriptions',
    churned_subscriptions: 'Churned subscriptions',
    checkouts_conversion: 'Checkout conversion',
  } satisfies Record<MetricSlug, string>,
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
  nothing: 'There is no data for these days.',
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
  } satisfies Record<PeriodName, string>,
  inSpan: (from: string, to: string) => `from ${from} to ${to}`,
  now: 'now',
  onDay: (day: string) => `on ${day}`,
}

export const periods = {
  legend: 'Period',
  names: { '7d': '7 days', '30d': '30 days', '90d': '90 days', '12m': '12 months' },
  custom: 'Custom',
  from: 'From',
  to: 'To',
  wrong: (earliest: string | undefined) =>
    earliest === undefined
      ? 'Choose two days up to today, in their order.'
      : `Choose two days from ${earliest} to today, in their order.`,
  interval: 'Interval',
  intervals: { day: 'Day', week: 'Week', month: 'Month', year: 'Year' },
  /** Why some buckets cannot be chosen, and what can. */
  refused: (refused: readonly Interval[], allowed: readonly Interval[]) => {
    const words = (intervals: readonly Interval[]) => intervals.map((each) => `${UNITS[each]}s`)
    const ways = new Intl.ListFormat('en', { type: 'disjunction' })
    const [choice] = [ways.format(words(allowed.slice(0, 2)))]
    return `Too long for ${list(words(refused))}. Choose ${choice}.`
  },
}
