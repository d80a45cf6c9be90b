/** A whole chart in a few sentences, for people who don't see it. */
import { METRICS, type MetricSlug } from '../data/metric.ts'
import type { Span } from '../data/period.ts'
import { formatEnds, type CalendarDay } from '../format/calendar-day.ts'
import type { Messages } from '../messages/en.ts'
import type { MetricPoint } from './metric-points.ts'

function allZeroOf(slug: MetricSlug): 'sales' | 'other' {
  return ['revenue', 'net_revenue', 'orders'].includes(slug) ? 'sales' : 'other'
}

interface Captioned {
  readonly slug: MetricSlug
  readonly title: string
  readonly span: Span
  readonly points: readonly MetricPoint[]
  readonly whole: number | undefined
  readonly today: CalendarDay
  readonly format: (value: number) => string
}

export function describeChart(
  { slug, title, span, points, whole, today, format }: Captioned,
  words: Messages['charts'],
  locale: string,
): string {
  const first = words.span(title, ...formatEnds(span.from, span.to, locale))
  const known = points.flatMap(({ value, when }) => (value === undefined ? [] : { value, when }))
  const [start] = known
  if (start === undefined) return `${first} ${words.nothing}`
  if (known.every(({ value }) => value === 0)) return `${first} ${words.allZero[allZeroOf(slug)]}`
  const highest = known.reduce((best, each) => (each.value > best.value ? each : best), start)
  const lowest = known.reduce((best, each) => (each.value < best.value ? each : best), start)
  const { kind } = METRICS[slug]
  const tell = kind === 'level' && span.to < today ? words.whole.levelThen : words.whole[kind]
  return [
    first,
    ...(whole === undefined ? [] : [tell(format(whole))]),
    words.highest(format(highest.value), highest.when),
    words.lowest(format(lowest.value), lowest.when),
  ].join(' ')
}
