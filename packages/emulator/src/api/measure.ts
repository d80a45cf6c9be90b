/** Computes the metrics of each period from orders, subscriptions and checkouts. */
import type { Checkout, Order, Subscription } from '../objects/models.ts'
import { METRICS, REASONS, type Reason, type Running, type Slug, type Tally } from './figures.ts'

export interface Sold {
  readonly orders: readonly Order[]
  readonly subscriptions: readonly Subscription[]
  readonly checkouts: readonly Checkout[]
}

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
 * @param boundaries epoch milliseconds: the start of each period, and then the end of the last one.
 * @param options.from skips everything before, even if the first period begins earlier.
 * @param options.slugs the metrics to compute.
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
  // Each start and end is a change in its period. The sum of the changes gives what runs.
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

  /** Index 0 is the time before the first period, 1 is the first period. */
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

/** The kind of an order, by its billing reason. */
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

/** Polar counts a cancellation without a reason as `other`. */
function reasonOf({ customer_cancellation_reason: reason }: Subscription): Reason {
  return REASONS.find((known) => known === reason) ?? 'other'
}

/** @returns the index of the period that contains `at`. After the last period: the last boundary. */
function periodOf(boundaries: readonly number[], at: number): number {
  let [low, high] = [0, boundaries.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((boundaries[middle] ?? Infinity) <= at) low = middle
    else high = middle
  }
  return low
}

/** Epoch milliseconds. Without a timestamp: `otherwise`, by default after everything. */
function moment(timestamp: unknown, otherwise = Infinity): number {
  return typeof timestamp === 'string' ? Date.parse(timestamp) : otherwise
}
