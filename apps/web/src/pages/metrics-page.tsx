/** Nine figures of the shop over time. The address says which days, buckets and product. */
import { useId, useMemo, useState, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { MetricChart } from '../charts/metric-chart.tsx'
import { isAllZero } from '../data/figures.ts'
import { CHARTED, type MetricSlug } from '../data/metric.ts'
import { useMetrics, useMetricsLimits } from '../data/use-metrics.ts'
import { useProductChoices } from '../data/use-product-choices.ts'
import { useToday } from '../data/use-today.ts'
import { useMessages } from '../messages/use-messages.ts'
import { PageHeading } from '../parts/page-heading.tsx'
import { Refresh } from '../parts/refresh.tsx'
import { BeginSelling } from '../resources/checkout-links/create-checkout-link.tsx'
import { EmptyState } from '../states/empty-state.tsx'
import { NoMatches } from '../states/no-matches.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { readMetricsAddress, writeAddress } from './metrics/metrics-address.ts'
import { MetricsControls } from './metrics/metrics-controls.tsx'
import { FiguresSkeleton } from './overview/figures-skeleton.tsx'
import { AmountsLine } from './periods/amounts-line.tsx'

const ASKED: readonly MetricSlug[] = [...CHARTED, 'checkouts']

export function MetricsPage(): ReactNode {
  const { metrics: words } = useMessages()
  const [address, setAddress] = useSearchParams()
  const today = useToday()
  const charts = useId()
  const limits = useMetricsLimits()
  const [typedWell, setTypedWell] = useState(true)
  const asked = useMemo(
    () => readMetricsAddress(address, today, limits.data),
    [address, today, limits.data],
  )
  // Only then it is known which buckets long periods may have.
  const known = { enabled: asked.period !== 'custom' || !limits.isPending }
  const figures = useMetrics(asked.question, ASKED, known)
  const previous = useMetrics(asked.questionBefore, ASKED, known)
  const products = useProductChoices({ archived: true }).data?.choices ?? []

  // The figures of the earlier period stay until the next ones are there. They are not compared.
  const settled = !figures.isPlaceholderData && !previous.isPlaceholderData
  const before = settled ? previous.data : undefined
  const change = (members: Readonly<Record<string, string | undefined>>) =>
    setAddress((before) => writeAddress(before, members))

  return (
    <>
      <div className="pc-page-head">
        <PageHeading title={words.title} />
        <Refresh />
      </div>
      <MetricsControls
        asked={asked}
        today={today}
        earliest={limits.data?.min_date}
        products={products}
        onChange={change}
        onTyped={setTypedWell}
      />
      <AmountsLine />
      {asked.question !== undefined && (
        <QuerySection
          query={figures}
          thing={words.thing}
          skeleton={<FiguresSkeleton charts={CHARTED.length} />}
        >
          {(data) => {
            const { productId } = data.question
            const product = products.find(({ id }) => id === productId)?.name ?? productId
            if (isAllZero(data)) {
              return <NothingToShow narrowed={asked.narrowed} onClear={() => setAddress({})} />
            }
            return (
              <section aria-labelledby={charts} className={typedWell ? undefined : 'pc-stale'}>
                <h2 id={charts} className="pc-visually-hidden">
                  {words.charts}
                </h2>
                <div className="pc-charts">
                  {CHARTED.map((slug) => (
                    <MetricChart
                      key={slug}
                      slug={slug}
                      figures={data}
                      before={before}
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

/** Nothing for these days and this product, or nothing at all: these are different texts. */
function NothingToShow({ narrowed, onClear }: NothingToShowProps): ReactNode {
  const { metrics: words } = useMessages()
  if (narrowed) return <NoMatches things={words.thing} search="" onClear={onClear} />
  return (
    <EmptyState title={words.empty} text={words.emptyText} icon="metrics">
      <BeginSelling />
    </EmptyState>
  )
}
