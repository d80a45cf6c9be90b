/** The address of the metrics page, and the question that it asks. */
import type { Question } from '../../data/figures.ts'
import {
  compare,
  DEFAULT_PERIOD,
  decideInterval,
  INTERVALS,
  readSpan,
  refusedIntervals,
  spanOf,
  toPeriodName,
  usualInterval,
  type Interval,
  type Limits,
  type Period,
  type TypedSpan,
} from '../../data/period.ts'
import type { CalendarDay } from '../../format/calendar-day.ts'

export interface MetricsAddress {
  readonly period: Period
  /** As the fields of a custom period show them. */
  readonly from: string
  readonly to: string
  /** The days that they make, or why they make none. */
  readonly span: TypedSpan
  readonly productId: string | undefined
  /** The bucket of the charts if no one asks for another interval. */
  readonly usual: Interval
  /** The interval that was asked for, or the default. Polar may refuse it. */
  readonly asked: Interval
  readonly refused: ReturnType<typeof refusedIntervals>
  /** Undefined if the days make no period. */
  readonly question: Question | undefined
  /** Whether to compare with the previous period. */
  readonly wantsComparison: boolean
  readonly comparison: ReturnType<typeof compare> | undefined
  readonly questionBefore: Question | undefined
  /** Whether it differs from the default. */
  readonly narrowed: boolean
}

/** @param limits undefined until they are known. Until then nothing is refused. */
export function readMetricsAddress(
  address: URLSearchParams,
  today: CalendarDay,
  limits: Limits | undefined,
): MetricsAddress {
  const custom = address.get('period') === 'custom'
  const period: Period = custom ? 'custom' : toPeriodName(address.get('period'))
  const named = spanOf(period === 'custom' ? DEFAULT_PERIOD : period, today)
  const from = address.get('from') ?? named.from
  const to = address.get('to') ?? named.to
  const span = custom ? readSpan(from, to, today, limits?.min_date) : named
  const productId = address.get('product') ?? undefined
  const wantsComparison = address.get('compare') !== 'off'
  const narrowed = period !== DEFAULT_PERIOD || productId !== undefined
  const rest = { period, from, to, span, productId, wantsComparison, narrowed } as const
  const wish = INTERVALS.find((interval) => interval === address.get('interval'))
  if (typeof span === 'string') {
    const none = { question: undefined, comparison: undefined, questionBefore: undefined }
    return { ...rest, ...none, usual: 'day', asked: wish ?? 'day', refused: {} }
  }
  const usual = usualInterval(span)
  const asked = wish ?? usual
  const refused = limits === undefined ? {} : refusedIntervals(span, limits)
  const about = {
    period,
    interval: decideInterval(asked, refused),
    ...(productId !== undefined && { productId }),
  }
  const comparison = compare(period, span, today)
  return {
    ...rest,
    usual,
    asked,
    refused,
    comparison,
    question: { ...about, span },
    questionBefore:
      wantsComparison && typeof comparison === 'object'
        ? { ...about, span: comparison.before }
        : undefined,
  }
}

/** The address with these members. Undefined ones and defaults are left out. */
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
