/**
 * The span of days that figures are of, and how it is cut into buckets. The address holds its name,
 * not its days, so that a bookmark of the last 30 days goes on meaning that.
 */
import type { models } from '@polar-sh/sdk/2026-10'
import {
  addDays,
  addMonths,
  daysBetween,
  isCalendarDay,
  startOfMonth,
  type CalendarDay,
} from '../format/calendar-day.ts'

/** Both ends included, by the calendar of the browser's zone. */
export interface Span {
  readonly from: CalendarDay
  readonly to: CalendarDay
}

export const INTERVALS = ['day', 'week', 'month', 'year'] as const
export type Interval = (typeof INTERVALS)[number]

interface NamedPeriod {
  readonly interval: Interval
  readonly begins: (today: CalendarDay) => CalendarDay
  /** Where the period before it begins and ends; as much of it as has passed of this one. */
  readonly before: (span: Span) => Span
}

const lastDays = (days: number): NamedPeriod => ({
  interval: 'day',
  begins: (today) => addDays(today, 1 - days),
  before: ({ from, to }) => ({ from: addDays(from, -days), to: addDays(to, -days) }),
})

/** This month and the eleven before it: whole months, since part of one would look like a loss. */
const twelveMonths: NamedPeriod = {
  interval: 'month',
  begins: (today) => addMonths(startOfMonth(today), -11),
  before: ({ from, to }) => ({ from: addMonths(from, -12), to: addMonths(to, -12) }),
}

const NAMED = {
  '7d': lastDays(7),
  '30d': lastDays(30),
  '90d': lastDays(90),
  '12m': twelveMonths,
} as const satisfies Record<string, NamedPeriod>

export type PeriodName = keyof typeof NAMED
export const PERIOD_NAMES = Object.keys(NAMED) as readonly PeriodName[]
export const DEFAULT_PERIOD: PeriodName = '30d'

/** The name in the address, or the default for what is no name. */
export function toPeriodName(text: string | null): PeriodName {
  return PERIOD_NAMES.find((name) => name === text) ?? DEFAULT_PERIOD
}

export function spanOf(name: PeriodName, today: CalendarDay): Span {
  return { from: NAMED[name].begins(today), to: today }
}

/** The period before the one that ends today. */
export function spanBefore(name: PeriodName, today: CalendarDay): Span {
  return NAMED[name].before(spanOf(name, today))
}

export function intervalOf(name: PeriodName): Interval {
  return NAMED[name].interval
}

/**
 * The days of a custom period as they were typed; undefined unless they make one.
 *
 * @param earliest before it Polar has no figures.
 */
export function toSpan(from: string, to: string, earliest = ''): Span | undefined {
  if (!isCalendarDay(from) || !isCalendarDay(to)) return undefined
  return earliest <= from && from <= to ? { from, to } : undefined
}

export type Limits = Pick<models.MetricsLimits, 'intervals' | 'min_date'>

/** The buckets that Polar refuses for `span`: too many of them, or too few days for one. */
export function refusedIntervals(
  { from, to }: Span,
  limits: Pick<Limits, 'intervals'>,
): readonly Interval[] {
  const days = daysBetween(from, to)
  return INTERVALS.filter((interval) => {
    const { min_days: least, max_days: most } = limits.intervals[interval]
    return days < least || days > most
  })
}

/** Beyond so many days, fewer and larger buckets read better. */
const READABLE_DAYS = { day: 92, week: 371, month: 1460, year: Infinity } as const

/**
 * What a chart of `span` counts by.
 *
 * @param asked what the person wants, which Polar may refuse.
 */
export function decideInterval(
  span: Span,
  asked: Interval | undefined,
  refused: readonly Interval[],
): Interval {
  const allowed = INTERVALS.filter((interval) => !refused.includes(interval))
  const days = daysBetween(span.from, span.to)
  return (
    allowed.find((interval) => interval === asked) ??
    allowed.find((interval) => days <= READABLE_DAYS[interval]) ??
    'year'
  )
}
