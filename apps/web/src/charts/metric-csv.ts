/** One figure as a file: what Polar answered, unrounded, in the smallest unit of its currency. */
import type { Figures } from '../data/figures.ts'
import type { MetricSlug } from '../data/metric.ts'
import { toCsv } from '../format/csv.ts'
import { METRICS_CURRENCY, isMoney } from '../format/metric-value.ts'

interface MetricCsvOptions {
  /** The previous period, cut into the same buckets. */
  readonly before?: Figures | undefined
  /** The name of the chosen product, if the figure is about one product. */
  readonly product?: string | undefined
}

export function toMetricCsv(
  slug: MetricSlug,
  figures: Figures,
  { before, product }: MetricCsvOptions = {},
): string {
  const currency = isMoney(figures.types[slug])
  const head = [
    figures.question.interval,
    slug,
    ...(before === undefined ? [] : ['previous_period']),
    ...(currency ? ['currency'] : []),
    ...(product === undefined ? [] : ['product']),
  ]
  const rows = figures.buckets.map(({ day, values }, index) => [
    day,
    values[slug],
    ...(before === undefined ? [] : [before.buckets[index]?.values[slug]]),
    ...(currency ? [METRICS_CURRENCY] : []),
    ...(product === undefined ? [] : [product]),
  ])
  return toCsv([head, ...rows])
}
