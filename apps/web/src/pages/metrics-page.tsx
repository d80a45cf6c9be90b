/** Nine figures of the shop over time, for the days, buckets and product that the address says. */
import { useId, useMemo, type ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import { MetricChart } from '../charts/metric-chart.tsx'
import { isAllZero } from '../data/figures.ts'
import { METRIC_SLUGS } from '../data/metric.ts'
import { useMetrics, useMetricsLimits } from '../data/use-metrics.ts'
import { useProductChoices } from '../data/use-product-choices.ts'
import { useToday } from '../data/use-today.ts'
import { browserTimeZone } from '../format/calendar-day.ts'
import { useMessages } from '../messages/use-messages.ts'
import { PageHeading } from '../parts/page-heading.tsx'
import { EmptyState } from '../states/empty-state.tsx'
import { NoMatches } from '../states/no-matches.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { readMetricsAddress, writeAddress } from './metrics/metrics-address.ts'
import { MetricsControls } from './metrics/metrics-controls.tsx'

export function MetricsPage(): ReactNode {
  const { metrics: words } = useMessages()
  const [address, setAddress] = useSearchParams()
  const today = useToday()
  const charts = useId()
  const limits = useMetricsLimits()
  const asked = useMemo(
    () => readMetricsAddress(address, today, limits.data),
    [address, today, limits.data],
  )
  // Which buckets long periods may have is known only then.
  const settled = asked.period !== 'custom' || !limits.isPending
  const figures = useMetrics(asked.question, METRIC_SLUGS, { enabled: settled })
  const products = useProductChoices({ archived: true }).data?.choices ?? []

  const change = (members: Readonly<Record<string, string | undefined>>) =>
    setAddress((before) => writeAddress(before, members))

  return (
    <>
      <PageHeading title={words.title} />
      <MetricsControls
        asked={asked}
        today={today}
        earliest={limits.data?.min_date}
        products={products}
        onChange={change}
      />
      <p className="pc-muted pc-small">{words.amounts(browserTimeZone())}</p>
      {asked.question !== undefined && (
        <QuerySection query={figures} thing={words.thing} rows={12}>
          {(data) => {
            const { productId } = data.question
            const product = products.find(({ id }) => id === productId)?.name ?? productId
            if (isAllZero(data)) {
              return <NothingToShow narrowed={asked.narrowed} onClear={() => setAddress({})} />
            }
            return (
              <section aria-labelledby={charts}>
                <h2 id={charts} className="pc-visually-hidden">
                  {words.charts}
                </h2>
                <div className="pc-charts">
                  {METRIC_SLUGS.map((slug) => (
                    <MetricChart
                      key={slug}
                      slug={slug}
                      figures={data}
                      today={today}
                      product={product}
                    />
                  ))}
                </div>
              </section>
            )
          }}
        </QuerySection>
      )}
    </>
  )
}

interface NothingToShowProps {
  readonly narrowed: boolean
  readonly onClear: () => void
}

/** Nothing for these days and this product; or nothing at all, which is another matter. */
function NothingToShow({ narrowed, onClear }: NothingToShowProps): ReactNode {
  const { metrics: words } = useMessages()
  if (narrowed) return <NoMatches things={words.thing} search="" onClear={onClear} />
  return (
    <EmptyState title={words.empty} text={words.emptyText}>
      <Link className="pc-button pc-button--primary" to="/dashboard/orders">
        {words.viewOrders}
      </Link>
    </EmptyState>
  )
}
