/** The figures that the app shows, and what kind of figure each is: the charts go by this table. */

/**
 * `sum` counts up over a period, `level` is how much there is at a moment, `rate` is a share or an
 * average, whose total is not the sum of its parts.
 */
export type MetricKind = 'sum' | 'level' | 'rate'

/** As Polar names them. Money is in US cents whatever the shop's currency is. */
export type MetricType = 'scalar' | 'currency' | 'currency_sub_cent' | 'percentage'

interface Metric {
  readonly kind: MetricKind
  readonly type: MetricType
}

export const METRICS = {
  revenue: { kind: 'sum', type: 'currency' },
  net_revenue: { kind: 'sum', type: 'currency' },
  orders: { kind: 'sum', type: 'scalar' },
  average_order_value: { kind: 'rate', type: 'currency' },
  monthly_recurring_revenue: { kind: 'level', type: 'currency' },
  active_subscriptions: { kind: 'level', type: 'scalar' },
  new_subscriptions: { kind: 'sum', type: 'scalar' },
  churned_subscriptions: { kind: 'sum', type: 'scalar' },
  checkouts_conversion: { kind: 'rate', type: 'percentage' },
} as const satisfies Record<string, Metric>

export type MetricSlug = keyof typeof METRICS
export const METRIC_SLUGS = Object.keys(METRICS) as readonly MetricSlug[]

/** ISO 4217, as Polar writes it. */
export const METRICS_CURRENCY = 'usd'

export function isMoney(type: MetricType): boolean {
  return type === 'currency' || type === 'currency_sub_cent'
}
