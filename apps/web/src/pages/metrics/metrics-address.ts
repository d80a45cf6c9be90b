/** What the address of the metrics page says, made into what can be asked. */
import type { Question } from '../../data/figures.ts'
import {
  DEFAULT_PERIOD,
  decideInterval,
  INTERVALS,
  intervalOf,
  refusedIntervals,
  spanOf,
  toPeriodName,
  toSpan,
  type Interval,
  type Limits,
  type PeriodName,
} from '../../data/period.ts'
import { isCalendarDay, type CalendarDay } from '../../format/calendar-day.ts'

export interface MetricsAddress {
  readonly period: PeriodName | 'custom'
  /** As the fields of a custom period show them. */
  readonly from: string
  readonly to: string
  readonly productId: string | undefined
  /** The buckets that Polar refuses for these days. */
  readonly refused: readonly Interval[]
  /** Undefined where the days make no period. */
  readonly question: Question | undefined
  /** Whether it says anything but the usual. */
  readonly narrowed: boolean
}

/** @param limits undefined as long as they are not known: then nothing is refused. */
export function readMetricsAddress(
  address: URLSearchParams,
  today: CalendarDay,
  limits: Limits | undefined,
): MetricsAddress {
  const custom = address.get('period') === 'custom'
  const period = custom ? 'custom' : toPeriodName(address.get('period'))
  const usual = spanOf(period === 'custom' ? DEFAULT_PERIOD : period, today)
  const from = address.get('from') ?? usual.from
  // What has not come yet has no figures.
  const last = address.get('to') ?? usual.to
  const to = isCalendarDay(last) && last > today ? today : last
  const span = custom ? toSpan(from, to, limits?.min_date) : usual
  const refused = span === undefined || limits === undefined ? [] : refusedIntervals(span, limits)
  const productId = address.get('product') ?? undefined
  const named = INTERVALS.find((interval) => interval === address.get('interval'))
  const asked = named ?? (period === 'custom' ? undefined : intervalOf(period))
  return {
    period,
    from,
    to,
    productId,
    refused,
    question: span && {
      period,
      span,
      interval: decideInterval(span, asked, refused),
      ...(productId !== undefined && { productId }),
    },
    narrowed: period !== DEFAULT_PERIOD || productId !== undefined,
  }
}

/** The address with these members, and without those that are undefined or say the usual. */
export function writeAddress(
  address: URLSearchParams,
  members: Readonly<Record<string, string | undefined>>,
): URLSearchParams {
  const after = new URLSearchParams(address)
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined || value === '') after.delete(name)
    else after.set(name, value)
  }
  return after
}
