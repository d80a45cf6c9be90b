/** Polar's metrics: name, type and formula of each. */

export const REASONS = [
  'customer_service',
  'low_quality',
  'missing_features',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
  'other',
] as const
export type Reason = (typeof REASONS)[number]

/** The orders of one kind and their revenue. Amounts are in the currency's smallest unit. */
interface Sum {
  count: number
  revenue: number
  net: number
}

/** The counts of one period. */
export interface Tally {
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
  /** Since the first order. */
  cumulative: Pick<Sum, 'revenue' | 'net'>
}

/** The subscriptions that run at one time. Amounts are per month. */
export interface Running {
  active: number
  committed: number
  recurring: number
  committed_recurring: number
  trial: number
  committed_trial: number
}

type MetricType = 'scalar' | 'currency' | 'currency_sub_cent' | 'percentage'
type Metric = readonly [name: string, type: MetricType, of: (tally: Tally) => number]

/** Usage, costs and seats are not emulated. */
const none = () => 0
const total = ({ canceled }: Tally) => REASONS.reduce((sum, reason) => sum + canceled[reason], 0)

/** In Polar's order. */
export const METRICS = {
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

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

/** Churned subscriptions, as a share of those at the start plus those that started since. */
function churnRate(tally: Tally): number {
  return ratio(tally.churned, tally.active_before + tally.started)
}

function revenuePerUser(tally: Tally): number {
  return ratio(tally.running.recurring, tally.running.active)
}
