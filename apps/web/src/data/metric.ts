/** The figures that the app shows, and the kind of each. The charts go by this table. */
import type { MetricType } from '../format/metric-value.ts'

/**
 * `sum` counts up over a period, `level` is an amount at a moment, `rate` is a share or an
 * average: its total is not the sum of its parts.
 */
export type MetricKind = 'sum' | 'level' | 'rate'

interface Metric {
  readonly kind: MetricKind
  readonly type: MetricType
  /** What a rate is a share of. If that is 0 there is no rate, and Polar sends 0. */
  readonly per?: 'orders' | 'checkouts'
}

export const METRICS = {
  revenue: { kind: 'sum', type: 'currency' },
  net_revenue: { kind: 'sum', type: 'currency' },
  orders: { kind: 'sum', type: 'scalar' },
  average_order_value: { kind: 'rate', type: 'currency', per: 'orders' },
  monthly_recurring_revenue: { kind: 'level', type: 'currency' },
  active_subscriptions: { kind: 'level', type: 'scalar' },
  new_subscriptions: { kind: 'sum', type: 'scalar' },
  canceled_subscriptions: { kind: 'sum', type: 'scalar' },
  checkouts_conversion: { kind: 'rate', type: 'percentage', per: 'checkouts' },
  checkouts: { kind: 'sum', type: 'scalar' },
} as const satisfies Record<string, Metric>

export type MetricSlug = keyof typeof METRICS

/** Those that have a chart. The others only tell what a rate is a share of. */
export const CHARTED = [
  'revenue',
  'net_revenue',
  'orders',
  'average_order_value',
  'monthly_recurring_revenue',
  'active_subscriptions',
  'new_subscriptions',
  'canceled_subscriptions',
  'checkouts_conversion',
] as const satisfies readonly MetricSlug[]
export type ChartedSlug = (typeof CHARTED)[number]

/** What a rate is a share of, if `slug` is one. */
export function divisorOf(slug: MetricSlug): 'orders' | 'checkouts' | undefined {
  const metric: Metric = METRICS[slug]
  return metric.per
}
