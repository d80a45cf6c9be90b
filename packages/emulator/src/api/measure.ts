/** Figures of a shop by period, computed from its orders, subscriptions and checkouts. */
import type { Checkout, Order, Subscription } from '../objects/models.ts'

export interface Sold {
  readonly orders: readonly Order[]
  readonly subscriptions: readonly Subscription[]
  readonly checkouts: readonly Checkout[]
}

const REASONS = [
  'customer_service',
  'low_quality',
  'missing_features',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
  'other',
] as const
type Reason = (typeof REASONS)[number]

/** Orders of one kind, and what they brought. Money is in the currency's smallest unit. */
interface Sum {
  count: number
  revenue: number
  net: number
}

/** What is counted in one period. */
interface Tally {
  all: Sum
  one_time: Sum
  new: Sum
  renewed: Sum
  checkouts: number
  succeeded_checkouts: number
  churned: number
  canceled: Record<Reason, number>
  /** At the start of the period. */
  active_before: number
  started: number
  /** At the end of the period. */
  running: Running
  /** Since the first order ever. */
  cumulative: Pick<Sum, 'revenue' | 'net'>
}

/** Subscriptions that run at a moment. Amounts are for a month. */
interface Running {
  active: number
  committed: number
  recurring: number
  committed_recurring: number
  trial: number
  committed_trial: number
}

type MetricType = 'scalar' | 'currency' | 'currency_sub_cent' | 'percentage'
type Metric = readonly [name: string, type: MetricType, of: (tally: Tally) => number]

/** Usage, costs and seats are not emulated, so nobody has any. */
const none = () => 0
const total = ({ canceled }: Tally) => REASONS.reduce((sum, reason) => sum + canceled[reason], 0)

/** In Polar's order. */
const METRICS = {
  active_subscriptions: ['Active Subscriptions', 'scalar', (t) => t.running.active],
  committed_subscriptions: ['Committed Subscriptions', 'scalar', (t) => t.running.committed],
  monthly_recurring_revenue: ['Monthly Recurring Revenue', 'currency', (t) => t.running.recurring],
  trial_monthly_recurring_revenue: [
    'Trialing MRR Including Cancelations',
    'currency',
    (t) => t.running.trial,
  ],
  committed_monthly_recurring_revenue: [
    'Committed Monthly Recurring Revenue',
    'currency',
    (t) => t.running.committed_recurring,
  ],
  trial_committed_monthly_recurring_revenue: [
    'Trialing Monthly Recurring Revenue',
    'currency',
    (t) => t.running.committed_trial,
  ],
  average_revenue_per_user: ['Average Revenue Per User', 'currency', revenuePerUser],
  checkouts: ['Checkouts', 'scalar', (t) => t.checkouts],
  succeeded_checkouts: ['Succeeded Checkouts', 'scalar', (t) => t.succeeded_checkouts],
  churned_subscriptions: ['Churned Subscriptions', 'scalar', (t) => t.churned],
  churn_rate: ['Churn Rate', 'percentage', churnRate],
  seats_total: ['Seat Count', 'scalar', none],
  seats_claimed: ['Claimed Seats', 'scalar', none],
  seats_pending: ['Pending Seats', 'scalar', none],
  seat_customers: ['Active Customers', 'scalar', none],
  new_seat_customers: ['New Customers', 'scalar', none],
  churned_seat_customers: ['Churned Customers', 'scalar', none],
  orders: ['Orders', 'scalar', (t) => t.all.count],
  revenue: ['Revenue', 'currency', (t) => t.all.revenue],
  net_revenue: ['Net Revenue', 'currency', (t) => t.all.net],
  cumulative_revenue: ['Cumulative Revenue', 'currency', (t) => t.cumulative.revenue],
  net_cumulative_revenue: ['Net Cumulative Revenue', 'currency', (t) => t.cumulative.net],
  costs: ['Costs', 'currency_sub_cent', none],
  cumulative_costs: ['Cumulative Costs', 'currency_sub_cent', none],
  average_order_value: [
    'Average Order Value',
    'currency',
    (t) => ratio(t.all.revenue, t.all.count),
  ],
  net_average_order_value: [
    'Net Average Order Value',
    'currency',
    (t) => ratio(t.all.net, t.all.count),
  ],
  cost_per_user: ['Cost Per User', 'currency_sub_cent', none],
  active_user_by_event: ['Active User (By event)', 'scalar', none],
  one_time_products: ['One-Time Products', 'scalar', (t) => t.one_time.count],
  one_time_products_revenue: ['One-Time Products Revenue', 'currency', (t) => t.one_time.revenue],
  one_time_products_net_revenue: [
    'One-Time Products Net Revenue',
    'currency',
    (t) => t.one_time.net,
  ],
  new_subscriptions: ['New Subscriptions', 'scalar', (t) => t.started],
  new_subscriptions_revenue: ['New Subscriptions Revenue', 'currency', (t) => t.new.revenue],
  new_subscriptions_net_revenue: ['New Subscriptions Net Revenue', 'currency', (t) => t.new.net],
  renewed_subscriptions: ['Renewed Subscriptions', 'scalar', (t) => t.renewed.count],
  renewed_subscriptions_revenue: [
    'Renewed Subscriptions Revenue',
    'currency',
    (t) => t.renewed.revenue,
  ],
  renewed_subscriptions_net_revenue: [
    'Renewed Subscriptions Net Revenue',
    'currency',
    (t) => t.renewed.net,
  ],
  canceled_subscriptions: ['Canceled Subscriptions', 'scalar', total],
  canceled_subscriptions_customer_service: canceled('customer_service', 'Customer Service'),
  canceled_subscriptions_low_quality: canceled('low_quality', 'Low Quality'),
  canceled_subscriptions_missing_features: canceled('missing_features', 'Missing Features'),
  canceled_subscriptions_switched_service: canceled('switched_service', 'Switched Service'),
  canceled_subscriptions_too_complex: canceled('too_complex', 'Too Complex'),
  canceled_subscriptions_too_expensive: canceled('too_expensive', 'Too Expensive'),
  canceled_subscriptions_unused: canceled('unused', 'Unused'),
  canceled_subscriptions_other: canceled('other', 'Other'),
  annual_recurring_revenue: [
    'Annual Recurring Revenue',
    'currency',
    (t) => 12 * t.running.recurring,
  ],
  committed_annual_recurring_revenue: [
    'Committed Annual Recurring Revenue',
    'currency',
    (t) => 12 * t.running.committed_recurring,
  ],
  checkouts_conversion: [
    'Checkouts Conversion Rate',
    'percentage',
    (t) => ratio(t.succeeded_checkouts, t.checkouts),
  ],
  ltv: ['Lifetime Value', 'currency', (t) => ratio(revenuePerUser(t), churnRate(t))],
  gross_margin: ['Gross Margin', 'currency', (t) => t.cumulative.revenue],
  gross_margin_percentage: [
    'Gross Margin %',
    'percentage',
    (t) => (t.cumulative.revenue === 0 ? 0 : 1),
  ],
  cashflow: ['Cashflow', 'currency', (t) => t.all.revenue],
  average_seats_per_customer: ['Average Seats per Customer', 'scalar', none],
  seat_utilization_rate: ['Seat Utilization Rate', 'percentage', none],
} as const satisfies Record<string, Metric>

function canceled(reason: Reason, name: string): Metric {
  return [`Canceled Subscriptions - ${name}`, 'scalar', (t) => t.canceled[reason]]
}

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
  const whole = emptyTally()
  const add = (at: number, count: (tally: Tally) => void) => {
    if (at < from || at >= until) return
    const tally = tallies[periodOf(boundaries, at)]
    if (tally === undefined) return
    count(tally)
    count(whole)
  }

  const cumulative = { revenue: 0, net: 0 }
  for (const order of sold.orders) {
    if (!order.paid) continue
    const at = Date.parse(order.created_at)
    const revenue = order.net_amount
    const net = revenue - order.refunded_amount - order.platform_fee_amount
    if (at < from) {
      cumulative.revenue += revenue
      cumulative.net += net
    }
    add(at, (tally) => {
      const kind = KINDS[order.billing_reason]
      for (const sum of kind === undefined ? [tally.all] : [tally.all, tally[kind]]) {
        sum.count += 1
        sum.revenue += revenue
        sum.net += net
      }
    })
  }
  for (const checkout of sold.checkouts) {
    add(Date.parse(checkout.created_at), (tally) => {
      tally.checkouts += 1
      if (checkout.status === 'succeeded') tally.succeeded_checkouts += 1
    })
  }
  // What begins and ends is noted as a change at its period, and summed up along the way.
  const changes = boundaries.map(nothingRuns)
  for (const subscription of sold.subscriptions) {
    if (subscription.started_at === null) continue
    const started = Date.parse(subscription.started_at)
    const ended = moment(subscription.ended_at)
    const canceled = Math.min(moment(subscription.canceled_at), ended)
    const paying = Math.min(Math.max(moment(subscription.trial_end, started), started), ended)
    const amount = subscription.amount / (MONTHS[subscription.recurring_interval] ?? 1)
    add(started, (tally) => (tally.started += 1))
    add(ended, (tally) => (tally.churned += 1))
    add(moment(subscription.canceled_at), (tally) => {
      tally.canceled[reasonOf(subscription)] += 1
    })
    between(started, ended, { active: 1 })
    between(started, canceled, { committed: 1 })
    between(started, paying, { trial: amount })
    between(started, Math.min(paying, canceled), { committed_trial: amount })
    between(paying, ended, { recurring: amount })
    between(paying, canceled, { committed_recurring: amount })
  }
  whole.active_before = changes[0]?.active ?? 0
  const running = nothingRuns()
  for (const [index, tally] of tallies.entries()) {
    if (index === 0) run(changes[0])
    tally.active_before = running.active
    run(changes[index + 1])
    cumulative.revenue += tally.all.revenue
    cumulative.net += tally.all.net
    for (const target of [tally, whole]) {
      target.running = { ...running }
      target.cumulative = { ...cumulative }
    }
  }

  const figures = (tally: Tally) =>
    Object.fromEntries(
      slugs.map((slug) => {
        const [, type, of] = METRICS[slug]
        return [slug, type === 'currency' ? Math.round(of(tally)) : of(tally)]
      }),
    )
  return {
    periods: tallies.map((tally, index) => ({
      timestamp: new Date(boundaries[index] ?? 0).toISOString().replace('.000Z', 'Z'),
      ...figures(tally),
    })),
    totals: figures(whole),
    metrics: Object.fromEntries(
      slugs.map((slug) => {
        const [display_name, type] = METRICS[slug]
        return [slug, { slug, display_name, type }]
      }),
    ),
  }

  function between(start: number, end: number, what: Partial<Running>): void {
    if (start >= end) return
    change(start, 1, what)
    change(end, -1, what)
  }

  /** Position 0 is all that came before the first period, 1 the first period. */
  function change(at: number, sign: 1 | -1, what: Partial<Running>): void {
    const first = boundaries[0] ?? 0
    const target = changes[at < first ? 0 : periodOf(boundaries, at) + 1]
    if (target === undefined) return
    for (const [name, value] of Object.entries(what)) target[name as keyof Running] += sign * value
  }

  function run(step: Running | undefined): void {
    for (const [name, value] of Object.entries(step ?? {})) running[name as keyof Running] += value
  }
}

/** Which orders are of which kind, by why they were billed. */
const KINDS: Readonly<Record<string, 'one_time' | 'new' | 'renewed'>> = {
  purchase: 'one_time',
  subscription_create: 'new',
  subscription_cycle: 'renewed',
}

function nothingRuns(): Running {
  return {
    active: 0,
    committed: 0,
    recurring: 0,
    committed_recurring: 0,
    trial: 0,
    committed_trial: 0,
  }
}

function emptyTally(): Tally {
  const nothing = () => ({ count: 0, revenue: 0, net: 0 })
  return {
    all: nothing(),
    one_time: nothing(),
    new: nothing(),
    renewed: nothing(),
    checkouts: 0,
    succeeded_checkouts: 0,
    churned: 0,
    canceled: Object.fromEntries(REASONS.map((reason) => [reason, 0])) as Record<Reason, number>,
    active_before: 0,
    started: 0,
    running: nothingRuns(),
    cumulative: { revenue: 0, net: 0 },
  }
}

/** Of a cancellation that gives none, Polar says `other`. */
function reasonOf({ customer_cancellation_reason: reason }: Subscription): Reason {
  return REASONS.find((known) => known === reason) ?? 'other'
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

/** What has not happened lies after everything, unless said otherwise. */
function moment(timestamp: unknown, otherwise = Infinity): number {
  return typeof timestamp === 'string' ? Date.parse(timestamp) : otherwise
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

/** Of all that could have left: those there at the start, and those who came since. */
function churnRate(tally: Tally): number {
  return ratio(tally.churned, tally.active_before + tally.started)
}

function revenuePerUser(tally: Tally): number {
  return ratio(tally.running.recurring, tally.running.active)
}
