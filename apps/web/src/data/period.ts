/**
 * The days that figures are about, the days to compare with, and the size of the buckets. The address
 * holds the name of the period, not its days: a bookmark of the last 30 days keeps its meaning.
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

export const PERIOD_NAMES = [
  '7d',
  '30d',
  '90d',
  '12m',
  'this-month',
  'last-month',
  'qtd',
  'ytd',
] as const
export type PeriodName = (typeof PERIOD_NAMES)[number]
export type Period = PeriodName | 'custom'
export const DEFAULT_PERIOD: PeriodName = '30d'

/** The name in the address, or the default if it is no known name. */
export function toPeriodName(text: string | null): PeriodName {
  return PERIOD_NAMES.find((name) => name === text) ?? DEFAULT_PERIOD
}

export function spanOf(name: PeriodName, today: CalendarDay): Span {
  const month = startOfMonth(today)
  switch (name) {
    case '7d':
      return { from: addDays(today, -6), to: today }
    case '30d':
      return { from: addDays(today, -29), to: today }
    case '90d':
      return { from: addDays(today, -89), to: today }
    case '12m':
      return { from: addMonths(month, -11), to: today }
    case 'this-month':
      return { from: month, to: today }
    case 'last-month':
      return { from: addMonths(month, -1), to: addDays(month, -1) }
    case 'qtd':
      return { from: addMonths(month, -((Number(today.slice(5, 7)) - 1) % 3)), to: today }
    case 'ytd':
      return { from: `${today.slice(0, 4)}-01-01` as CalendarDay, to: today }
  }
}

/** How many days a span has. */
export function daysOf({ from, to }: Span): number {
  return daysBetween(from, to) + 1
}

/** Finished days, and the same number before them. Only a whole month may be longer or shorter. */
export interface Comparison {
  readonly now: Span
  readonly before: Span
}

/** Polar counts no longer span by days. */
const MOST_DAYS = 366

/**
 * The two sides of a comparison. Today isn't finished, so neither side has it: half a day beside a
 * whole one would look like a loss.
 *
 * @param span as {@link spanOf} gives it, or the days of a custom period.
 * @returns the reason if there is nothing to compare.
 */
export function compare(
  period: Period,
  span: Span,
  today: CalendarDay,
): Comparison | 'no_day_yet' | 'too_long' {
  const now = { from: span.from, to: span.to < today ? span.to : addDays(today, -1) }
  if (now.to < now.from) return 'no_day_yet'
  const days = daysOf(now)
  if (days > MOST_DAYS) return 'too_long'
  const eve = addDays(span.from, -1)
  const start = startBefore(period, span, days)
  // A shorter month or quarter has only so many days: both sides are cut to them.
  const end = addDays(start, days - 1)
  const last = end < eve ? end : eve
  const before = { from: start, to: period === 'last-month' ? eve : last }
  if (period === 'last-month') return { now, before }
  return { now: { from: now.from, to: addDays(now.from, daysOf(before) - 1) }, before }
}

/** The first day of the other side. */
function startBefore(period: Period, span: Span, days: number): CalendarDay {
  switch (period) {
    case 'this-month':
    case 'last-month':
      return addMonths(span.from, -1)
    case 'qtd':
      return addMonths(span.from, -3)
    case 'ytd':
    case '12m':
      return addMonths(span.from, -12)
    case '7d':
    case '30d':
    case '90d':
      return addDays(span.from, -daysOf(span))
    case 'custom':
      return addDays(span.from, -days)
  }
}

/** What is wrong with the days of a custom period, or the span that they make. */
export type TypedSpan = Span | 'not_a_day' | 'turned_round' | 'in_the_future' | 'too_early'

/**
 * The days of a custom period as they were typed.
 *
 * @param earliest before it Polar has no figures.
 */
export function readSpan(
  from: string,
  to: string,
  today: CalendarDay,
  earliest: string | undefined,
): TypedSpan {
  if (!isCalendarDay(from) || !isCalendarDay(to)) return 'not_a_day'
  if (from < (earliest ?? '')) return 'too_early'
  if (to > today) return 'in_the_future'
  return from > to ? 'turned_round' : { from, to }
}

export type Limits = Pick<models.MetricsLimits, 'intervals' | 'min_date'>

/** The buckets that Polar refuses for `span`, and why. */
export function refusedIntervals(
  span: Span,
  { intervals }: Pick<Limits, 'intervals'>,
): Readonly<Partial<Record<Interval, 'too_many_days' | 'too_few_days'>>> {
  const days = daysBetween(span.from, span.to)
  const refused: Partial<Record<Interval, 'too_many_days' | 'too_few_days'>> = {}
  for (const interval of INTERVALS) {
    const { min_days: least, max_days: most } = intervals[interval]
    if (days > most) refused[interval] = 'too_many_days'
    else if (days < least) refused[interval] = 'too_few_days'
  }
  return refused
}

/** Above so many days, fewer and larger buckets read better. */
const READABLE_DAYS = 92

/** The default bucket of a chart of `span`. */
export function usualInterval(span: Span): Interval {
  if (daysOf(span) <= READABLE_DAYS) return 'day'
  return daysOf(span) <= 4 * MOST_DAYS ? 'month' : 'year'
}

/** The interval that was asked for, or the next one that Polar takes for this span. */
export function decideInterval(
  asked: Interval,
  refused: ReturnType<typeof refusedIntervals>,
): Interval {
  const at = INTERVALS.indexOf(asked)
  const larger = INTERVALS.slice(at)
  const smaller = INTERVALS.slice(0, at).toReversed()
  const order =
    refused[asked] === 'too_few_days' ? [...smaller, ...larger] : [...larger, ...smaller]
  return order.find((interval) => refused[interval] === undefined) ?? 'year'
}
