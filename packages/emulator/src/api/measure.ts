/** Figures of a shop by period, computed from its orders, subscriptions and checkouts. */
import type { Order } from '../objects/order.ts'
import type { Subscription } from '../objects/subscription.ts'
import type { ApiObject } from '../objects/dataset.ts'

export interface Sold {
  readonly orders: readonly Order[]
  readonly subscriptions: readonly Subscription[]
  readonly checkouts: readonly ApiObject[]
}

/** What is counted in one period. Money is in the currency's smallest unit. */
interface Tally {
  orders: number
  revenue: number
  net_revenue: number
  one_time_products: number
  renewed_subscriptions: number
  checkouts: number
  succeeded_checkouts: number
  new_subscriptions: number
  canceled_subscriptions: number
  churned_subscriptions: number
  /** At the end of the period. */
  active_subscriptions: number
  monthly_recurring_revenue: number
  committed_monthly_recurring_revenue: number
  /** At the start of the period. */
  active_before: number
  /** Since the first order ever. */
  cumulative_revenue: number
}

type MetricType = 'scalar' | 'currency' | 'percentage'
type Metric = readonly [name: string, type: MetricType, of: (tally: Tally) => number]

/** Costs are always nothing: no usage is emulated, and only usage costs. */
const METRICS = {
  orders: ['Orders', 'scalar', (t) => t.orders],
  revenue: ['Revenue', 'currency', (t) => t.revenue],
  net_revenue: ['Net Revenue', 'currency', (t) => t.net_revenue],
  cumulative_revenue: ['Cumulative Revenue', 'currency', (t) => t.cumulative_revenue],
  average_order_value: ['Average Order Value', 'currency', (t) => ratio(t.revenue, t.orders)],
  checkouts: ['Checkouts', 'scalar', (t) => t.checkouts],
  succeeded_checkouts: ['Succeeded Checkouts', 'scalar', (t) => t.succeeded_checkouts],
  checkouts_conversion: [
    'Checkouts Conversion',
    'percentage',
    (t) => ratio(t.succeeded_checkouts, t.checkouts),
  ],
  active_subscriptions: ['Active Subscriptions', 'scalar', (t) => t.active_subscriptions],
  new_subscriptions: ['New Subscriptions', 'scalar', (t) => t.new_subscriptions],
  renewed_subscriptions: ['Renewed Subscriptions', 'scalar', (t) => t.renewed_subscriptions],
  canceled_subscriptions: ['Canceled Subscriptions', 'scalar', (t) => t.canceled_subscriptions],
  churned_subscriptions: ['Churned Subscriptions', 'scalar', (t) => t.churned_subscriptions],
  churn_rate: ['Churn Rate', 'percentage', churnRate],
  monthly_recurring_revenue: [
    'Monthly Recurring Revenue',
    'currency',
    (t) => Math.round(t.monthly_recurring_revenue),
  ],
  committed_monthly_recurring_revenue: [
    'Committed Monthly Recurring Revenue',
    'currency',
    (t) => Math.round(t.committed_monthly_recurring_revenue),
  ],
  average_revenue_per_user: ['Average Revenue Per User', 'currency', revenuePerUser],
  ltv: ['Lifetime Value', 'currency', (t) => ratio(revenuePerUser(t), churnRate(t))],
  one_time_products: ['One-Time Products', 'scalar', (t) => t.one_time_products],
  cashflow: ['Cashflow', 'currency', (t) => t.revenue],
  costs: ['Costs', 'currency', () => 0],
  gross_margin: ['Gross Margin', 'currency', (t) => t.cumulative_revenue],
} as const satisfies Record<string, Metric>

export type Slug = keyof typeof METRICS
export const SLUGS = Object.keys(METRICS) as Slug[]

const MONTHS: Readonly<Record<string, number>> = {
  day: 12 / 365,
  week: 12 / 52,
  month: 1,
  year: 12,
}

export interface Measured {
  readonly periods: readonly Readonly<Record<string, number | string>>[]
  readonly totals: Readonly<Record<string, number>>
  readonly metrics: Readonly<Record<string, unknown>>
}

/**
 * @param boundaries epoch milliseconds: where each period begins, and last where the last one ends
 * @param options.from what happened before is left out, though its period may begin earlier
 * @param options.slugs the figures wanted; no others are answered
 */
export function measure(
  sold: Sold,
  boundaries: readonly number[],
  options: { readonly from: number; readonly until: number; readonly slugs: readonly Slug[] },
): Measured {
  const { from, until, slugs } = options
  const tallies = boundaries.slice(0, -1).map(emptyTally)
  const total = emptyTally()
  const add = (at: number, count: (tally: Tally) => void) => {
    if (at < from || at >= until) return
    const tally = tallies[periodOf(boundaries, at)]
    if (tally === undefined) return
    count(tally)
    count(total)
  }

  let before = 0
  for (const order of sold.orders) {
    if (!order.paid) continue
    const at = Date.parse(order.created_at)
    if (at < from) before += order.net_amount
    add(at, (tally) => {
      tally.orders += 1
      tally.revenue += order.net_amount
      tally.net_revenue += order.net_amount - order.refunded_amount - order.platform_fee_amount
      if (order.billing_reason === 'purchase') tally.one_time_products += 1
      if (order.billing_reason === 'subscription_cycle') tally.renewed_subscriptions += 1
    })
  }
  for (const checkout of sold.checkouts) {
    add(Date.parse(checkout.created_at), (tally) => {
      tally.checkouts += 1
      if (checkout['status'] === 'succeeded') tally.succeeded_checkouts += 1
    })
  }
  // What begins and ends is noted as a change at its period, and summed up along the way.
  const changes = boundaries.map(() => ({ active: 0, amount: 0, committed: 0 }))
  for (const subscription of sold.subscriptions) {
    if (subscription.started_at === null) continue
    const started = Date.parse(subscription.started_at)
    const ended = moment(subscription.ended_at)
    const canceled = moment(subscription.canceled_at)
    add(started, (tally) => (tally.new_subscriptions += 1))
    add(ended, (tally) => (tally.churned_subscriptions += 1))
    add(canceled, (tally) => (tally.canceled_subscriptions += 1))
    const amount = subscription.amount / (MONTHS[subscription.recurring_interval] ?? 1)
    change(started, 1, amount, amount)
    change(Math.min(ended, canceled), 0, 0, -amount)
    change(ended, -1, -amount, 0)
  }
  total.active_before = changes[0]?.active ?? 0
  const running = { active: 0, amount: 0, committed: 0, revenue: before }
  for (const [index, tally] of tallies.entries()) {
    if (index === 0) run(changes[0])
    tally.active_before = running.active
    run(changes[index + 1])
    running.revenue += tally.revenue
    for (const target of [tally, total]) {
      target.active_subscriptions = running.active
      target.monthly_recurring_revenue = running.amount
      target.committed_monthly_recurring_revenue = running.committed
      target.cumulative_revenue = running.revenue
    }
  }

  const figures = (tally: Tally) =>
    Object.fromEntries(slugs.map((slug) => [slug, METRICS[slug][2](tally)]))
  return {
    periods: tallies.map((tally, index) => ({
      timestamp: new Date(boundaries[index] ?? 0).toISOString().replace('.000Z', 'Z'),
      ...figures(tally),
    })),
    totals: figures(total),
    metrics: Object.fromEntries(
      slugs.map((slug) => {
        const [display_name, type] = METRICS[slug]
        return [slug, { slug, display_name, type }]
      }),
    ),
  }

  /** Position 0 is all that came before the first period, 1 the first period. */
  function change(at: number, active: number, amount: number, committed: number): void {
    const first = boundaries[0] ?? 0
    const target = changes[at < first ? 0 : periodOf(boundaries, at) + 1]
    if (target === undefined) return
    target.active += active
    target.amount += amount
    target.committed += committed
  }

  function run(step: (typeof changes)[number] | undefined): void {
    if (step === undefined) return
    running.active += step.active
    running.amount += step.amount
    running.committed += step.committed
  }
}

function emptyTally(): Tally {
  return {
    orders: 0,
    revenue: 0,
    net_revenue: 0,
    one_time_products: 0,
    renewed_subscriptions: 0,
    checkouts: 0,
    succeeded_checkouts: 0,
    new_subscriptions: 0,
    canceled_subscriptions: 0,
    churned_subscriptions: 0,
    active_subscriptions: 0,
    monthly_recurring_revenue: 0,
    committed_monthly_recurring_revenue: 0,
    active_before: 0,
    cumulative_revenue: 0,
  }
}

/** @returns the index of the period that `at` lies in; past the last one, the last boundary's. */
function periodOf(boundaries: readonly number[], at: number): number {
  let [low, high] = [0, boundaries.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((boundaries[middle] ?? Infinity) <= at) low = middle
    else high = middle
  }
  return low
}

/** What has not happened lies after everything. */
function moment(timestamp: string | null): number {
  return timestamp === null ? Infinity : Date.parse(timestamp)
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

/** Of all that could have left: those there at the start, and those who came since. */
function churnRate(tally: Tally): number {
  return ratio(tally.churned_subscriptions, tally.active_before + tally.new_subscriptions)
}

function revenuePerUser(tally: Tally): number {
  return ratio(tally.monthly_recurring_revenue, tally.active_subscriptions)
}
