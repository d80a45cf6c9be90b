/** The buckets of one figure as points of a chart, each with its name. */
import type { Figures } from '../data/figures.ts'
import { METRICS, type MetricSlug } from '../data/metric.ts'
import type { Interval } from '../data/period.ts'
import { formatDay, type CalendarDay } from '../format/calendar-day.ts'
import type { Messages } from '../messages/en.ts'
import type { NamedPoint } from './chart.tsx'

export interface MetricPoint extends NamedPoint {
  /** In a sentence: `on Nov 11`. */
  readonly when: string
}

type Words = Messages['charts']

/**
 * @param today the last bucket is not complete until this day ends.
 * @param before the previous period. Its buckets match these one by one.
 */
export function toPoints(
  slug: MetricSlug,
  { buckets, question }: Figures,
  today: CalendarDay,
  words: Words,
  locale: string,
  before?: Figures,
): readonly MetricPoint[] {
  // Only sums grow until the bucket ends. A level is always complete.
  const goesOn = METRICS[slug].kind !== 'level' && question.span.to >= today
  return buckets.map(({ day, values }, index) => ({
    key: day,
    value: values[slug],
    partial: goesOn && index === buckets.length - 1,
    before: before?.buckets[index]?.values[slug],
    ...nameBucket(day, question.interval, words, locale),
  }))
}

function nameBucket(day: CalendarDay, interval: Interval, words: Words, locale: string) {
  const style = (options: Intl.DateTimeFormatOptions) => formatDay(day, locale, options)
  const full = formatDay(day, locale)
  switch (interval) {
    case 'day':
    case 'week': {
      const short = style({ month: 'short', day: 'numeric' })
      const long = style({ month: 'long', day: 'numeric' })
      const week = interval === 'week'
      return {
        short,
        long: week ? words.weekOf(long) : long,
        full: week ? words.weekOf(full) : full,
        when: words.when[interval](short),
      }
    }
    case 'month': {
      const long = style({ month: 'long', year: 'numeric' })
      const short = style({ month: 'short', year: 'numeric' })
      return { short, long, full: long, when: words.when.month(long) }
    }
    case 'year': {
      const year = style({ year: 'numeric' })
      return { short: year, long: year, full: year, when: words.when.year(year) }
    }
  }
}
