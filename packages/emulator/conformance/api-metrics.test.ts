/** Metrics agree with the orders, and periods with the local calendar. */
import { createPolar } from '@polar-sh/sdk/2026-10'
import { Polar as ValidatingPolar } from 'polar-sdk-validating'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { periodBoundaries } from '../src/api/metric-periods.ts'
import { ACME, ADA, NORD, startPolar, type Polar } from './polar.ts'

const DAY_MS = 86_400_000

let polar: Polar
let accessToken: string
beforeAll(async () => {
  polar = await startPolar()
  accessToken = await polar.mint(ADA, ['metrics:read', 'orders:read', 'subscriptions:read'], [ACME])
})
afterAll(() => polar.close())

const date = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10)
const get = async (query: string) => {
  const answer = await polar.api(`/v1/metrics/?${query}`, accessToken)
  return { status: answer.status, body: (await answer.json()) as never as Metrics }
}

interface Metrics {
  readonly error?: string
  readonly periods: readonly ({ timestamp: string } & Record<string, number>)[]
  readonly totals: Readonly<Record<string, number>>
  readonly metrics: Readonly<Record<string, unknown>>
}

describe('metrics', () => {
  it('agree with the orders and subscriptions of the API', async () => {
    const sdk = createPolar({ accessToken, baseUrl: polar.url })
    const [start, end] = [date(90), date(0)]
    let [orders, revenue, renewed] = [0, 0, 0]
    for await (const order of sdk.orders.iterList({ limit: 100 })) {
      if (!order.paid || order.created_at < start) continue
      orders += 1
      revenue += order.net_amount
      if (order.billing_reason === 'subscription_cycle') renewed += 1
    }
    let [active, monthly] = [0, 0]
    for await (const entry of sdk.subscriptions.iterList({ limit: 100 })) {
      if (entry.started_at === null || entry.ended_at !== null) continue
      active += 1
      if (entry.trial_end !== null && Date.parse(entry.trial_end) > Date.now()) continue
      monthly += entry.amount / (entry.recurring_interval === 'year' ? 12 : 1)
    }
    const { body } = await get(`start_date=${start}&end_date=${end}&interval=day`)
    expect(orders).toBeGreaterThan(0)
    expect(body.totals).toMatchObject({
      orders,
      revenue,
      renewed_subscriptions: renewed,
      active_subscriptions: active,
      monthly_recurring_revenue: Math.round(monthly),
    })
    expect(body.periods).toHaveLength(91)
    const sum = (slug: string) =>
      body.periods.reduce((total, period) => total + (period[slug] ?? 0), 0)
    expect([sum('orders'), sum('revenue')]).toEqual([orders, revenue])
    expect(body.periods.at(-1)).toMatchObject({ active_subscriptions: active })
  })

  it('have only the metrics of the request', async () => {
    const { body } = await get(
      `start_date=${date(6)}&end_date=${date(0)}&interval=day&metrics=revenue&metrics=orders`,
    )
    expect(Object.keys(body.metrics).sort()).toEqual(['orders', 'revenue'])
    expect(Object.keys(body.totals).sort()).toEqual(['orders', 'revenue'])
    expect(Object.keys(body.periods[0] ?? {}).sort()).toEqual(['orders', 'revenue', 'timestamp'])
  })

  it('of another organization are zero', async () => {
    const { body } = await get(
      `start_date=${date(300)}&end_date=${date(0)}&interval=month&organization_id=${NORD}`,
    )
    expect(new Set(Object.values(body.totals))).toEqual(new Set([0]))
  })

  it.each([
    ['hour', '2026-01-01', '2026-01-08', '2026-01-09'],
    ['day', '2025-01-01', '2026-01-02', '2026-01-03'],
    ['week', '2025-01-01', '2026-01-07', '2026-01-08'],
    ['month', '2023-01-01', '2026-12-31', '2027-01-01'],
  ])('by %s accept a limited number of days', async (interval, start, last, over) => {
    const query = (end: string) => `start_date=${start}&end_date=${end}&interval=${interval}`
    expect((await get(query(last))).status).toBe(200)
    const refused = await get(query(over))
    expect([refused.status, refused.body.error]).toEqual([422, 'PolarRequestValidationError'])
  })

  it.each([
    'end_date=2026-01-02&interval=day',
    'start_date=2026-01-03&end_date=2026-01-02&interval=day',
    'start_date=2026-02-30&end_date=2026-03-02&interval=day',
    'start_date=2026-01-01&end_date=2026-01-02&interval=minute',
    'start_date=2026-01-01&end_date=2026-01-02&interval=day&timezone=Mars/Base',
    'start_date=2026-01-01&end_date=2026-01-02&interval=day&metrics=luck',
  ])('refuse %s', async (query) => {
    expect((await get(query)).status).toBe(422)
  })

  it('are accepted by the validating SDK, limits included', async () => {
    const sdk = new ValidatingPolar({ accessToken, serverURL: polar.url })
    const limits = await sdk.metrics.limits()
    expect(limits.intervals.day.maxDays).toBe(366)
    const { RFCDate } = await import('polar-sdk-validating/types/rfcdate.js')
    const figures = await sdk.metrics.get({
      startDate: new RFCDate(date(30)),
      endDate: new RFCDate(date(0)),
      interval: 'week',
      timezone: 'Europe/Stockholm',
    })
    expect(figures.totals.orders).toBeGreaterThanOrEqual(0)
    expect(figures.periods.length).toBeGreaterThanOrEqual(5)
  })
})

describe('periods', () => {
  const at = (boundaries: readonly number[]) =>
    boundaries.map((boundary) => new Date(boundary).toISOString())

  it('begin at local midnight, even when the clocks change', () => {
    const options = { start: '2026-03-28', end: '2026-03-30', interval: 'day' } as const
    expect(at(periodBoundaries({ ...options, timeZone: 'Europe/Stockholm' }))).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
      '2026-03-30T22:00:00.000Z',
    ])
  })

  it('have 23 hours on the day that loses one', () => {
    const options = { start: '2026-03-29', end: '2026-03-29', interval: 'hour' } as const
    expect(periodBoundaries({ ...options, timeZone: 'Europe/Stockholm' })).toHaveLength(24)
    expect(periodBoundaries({ ...options, timeZone: 'UTC' })).toHaveLength(25)
  })

  it('are whole weeks from Monday, and whole months', () => {
    const range = { start: '2026-11-18', end: '2026-12-02', timeZone: 'Asia/Tokyo' } as const
    expect(at(periodBoundaries({ ...range, interval: 'week' }))).toEqual([
      '2026-11-15T15:00:00.000Z',
      '2026-11-22T15:00:00.000Z',
      '2026-11-29T15:00:00.000Z',
      '2026-12-06T15:00:00.000Z',
    ])
    expect(at(periodBoundaries({ ...range, interval: 'month' }))).toEqual([
      '2026-10-31T15:00:00.000Z',
      '2026-11-30T15:00:00.000Z',
      '2026-12-31T15:00:00.000Z',
    ])
  })
})
