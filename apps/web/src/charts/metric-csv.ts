/** One figure as a file: what Polar answered, unrounded, in the smallest unit of its currency. */
import type { Figures } from '../data/figures.ts'
import { isMoney, METRICS_CURRENCY, type MetricSlug } from '../data/metric.ts'
import { toCsv } from '../format/csv.ts'

/** @param product the name of the one that all of it is about. */
export function toMetricCsv(slug: MetricSlug, figures: Figures, product?: string): string {
  const currency = isMoney(figures.types[slug])
  const head = [
    figures.question.interval,
    slug,
    ...(currency ? ['currency'] : []),
    ...(product === undefined ? [] : ['product']),
  ]
  const rows = figures.buckets.map(({ day, values }) => [
    day,
    values[slug],
    ...(currency ? [METRICS_CURRENCY] : []),
    ...(product === undefined ? [] : [product]),
  ])
  return toCsv([head, ...rows])
}
