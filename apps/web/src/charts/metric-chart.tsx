/** One figure of the shop as a chart: its form, and its words. */
import type { ReactNode } from 'react'
import type { Figures, Question } from '../data/figures.ts'
import { divisorOf, METRICS, type ChartedSlug } from '../data/metric.ts'
import { formatDay, formatEnds, type CalendarDay } from '../format/calendar-day.ts'
import { formatCompact, formatMetric } from '../format/metric-value.ts'
import type { Messages } from '../messages/en.ts'
import { useLocale } from '../messages/use-locale.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Chart } from './chart.tsx'
import { describeChart } from './metric-caption.ts'
import { toMetricCsv } from './metric-csv.ts'
import { toPoints } from './metric-points.ts'
import type { ChartForm } from './plot.tsx'
import { saveFile } from '../format/save-file.ts'
import { createValueAxis } from './value-axis.ts'

interface MetricChartProps {
  readonly slug: ChartedSlug
  readonly figures: Figures
  /** The previous period, cut into the same buckets. */
  readonly before?: Figures | undefined
  /** The last bucket is not complete until this day ends. */
  readonly today: CalendarDay
  /** The name of the chosen product, if the figure is about one product. */
  readonly product?: string | undefined
}

export function MetricChart(props: MetricChartProps): ReactNode {
  const { slug, figures, before, today, product } = props
  const { charts: words } = useMessages()
  const locale = useLocale()
  const { interval, span } = figures.question
  const type = figures.types[slug]
  const format = (value: number) => formatMetric(value, type, locale)
  const title = words.title(slug, interval)
  const points = toPoints(slug, figures, today, words, locale, before)
  const values = points.flatMap((point) => [point.value ?? [], point.before ?? []].flat())
  const whole = figures.totals[slug]
  const divisor = divisorOf(slug)
  const none = divisor === undefined ? words.noData : words.none[divisor]
  const about = { slug, title, span, points, whole, today, format }

  function download(): void {
    const name = `${slug}-${span.from}-${span.to}.csv`
    saveFile(name, toMetricCsv(slug, figures, { before, product }), 'text/csv')
  }

  return (
    <Chart
      id={slug}
      title={title}
      value={whole === undefined ? none : format(whole)}
      none={none}
      of={describeSpan(slug, figures.question, today, words, locale)}
      caption={describeChart(about, words, locale)}
      form={decideForm(slug, points.length)}
      points={points}
      axis={createValueAxis(values, { integer: type === 'scalar', top: EMPTY_TOPS[type] })}
      tick={(value) => formatCompact(value, type, locale)}
      format={format}
      columns={{ bucket: words.columns[interval], value: words.names[slug] }}
      onDownload={download}
    />
  )
}

/** The end of the axis if there is nothing to show. */
const EMPTY_TOPS = { scalar: 2, currency: 1000, currency_sub_cent: 1000, percentage: 1 } as const

const MOST_BARS = 31

/** Counts and amounts start at zero, as bars if there is room for them. Levels and rates are a line. */
export function decideForm(slug: ChartedSlug, count: number): ChartForm {
  if (METRICS[slug].kind !== 'sum') return 'line'
  return count <= MOST_BARS ? 'bars' : 'area'
}

/** `in the last 30 days`; for a level, its day. */
function describeSpan(
  slug: ChartedSlug,
  { period, span }: Question,
  today: CalendarDay,
  words: Messages['charts'],
  locale: string,
): string {
  if (METRICS[slug].kind === 'level') {
    return span.to >= today ? words.now : words.onDay(formatDay(span.to, locale))
  }
  if (period === 'custom') return words.inSpan(...formatEnds(span.from, span.to, locale))
  return words.inPeriod[period]
}
