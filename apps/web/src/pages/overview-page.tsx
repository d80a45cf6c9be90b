/** The first page after connecting: how the shop does, the best sellers, and the latest orders. */
import { useConnection } from '@polar-connect/react'
import { useId, useMemo, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useDismissal } from '../data/dismissals.ts'
import { isAllZero, type Question } from '../data/figures.ts'
import {
  compare,
  DEFAULT_PERIOD,
  PERIOD_NAMES,
  spanOf,
  toPeriodName,
  type PeriodName,
} from '../data/period.ts'
import { organizationName } from '../data/subject-name.ts'
import { useMetrics } from '../data/use-metrics.ts'
import { useToday } from '../data/use-today.ts'
import { useMessages } from '../messages/use-messages.ts'
import { PageHeading } from '../parts/page-heading.tsx'
import { Refresh } from '../parts/refresh.tsx'
import { Segments } from '../parts/segments.tsx'
import {
  BeginSelling,
  CreateCheckoutLink,
} from '../resources/checkout-links/create-checkout-link.tsx'
import { orderRows } from '../resources/orders/order-rows.tsx'
import { useRecords } from '../resources/use-resource.ts'
import { QuerySection } from '../states/query-section.tsx'
import { SectionGroup } from '../states/section-group.tsx'
import { ChartsSkeleton, FiguresSkeleton } from './overview/figures-skeleton.tsx'
import { GetStarted } from './overview/get-started.tsx'
import { LATEST, LatestOrders } from './overview/latest-orders.tsx'
import { CHARTS, OverviewCharts, useChartsSoon } from './overview/overview-charts.tsx'
import { OverviewTiles, TILES } from './overview/overview-tiles.tsx'
import { TopProducts } from './overview/top-products.tsx'
import { AmountsLine } from './periods/amounts-line.tsx'
import { ComparisonLine } from './periods/comparison-line.tsx'

export function OverviewPage(): ReactNode {
  const { overview: words, periods, connectedTo, yourOrganizations } = useMessages()
  const { connection } = useConnection()
  const [address, setAddress] = useSearchParams()
  const period = toPeriodName(address.get('period'))
  const today = useToday()
  const heading = useId()
  const { span, comparison, question, questionBefore } = useMemo(
    () => askFor(period, today),
    [period, today],
  )
  const now = useMetrics(question, TILES)
  const before = useMetrics(questionBefore, TILES)
  const latest = useRecords(orderRows, { query: { rows: LATEST } })
  const firstSteps = useDismissal('first_steps', connection?.id ?? '')
  useChartsSoon()
  if (connection === undefined) return null

  function choose(next: PeriodName): void {
    setAddress((current) => {
      const after = new URLSearchParams(current)
      if (next === DEFAULT_PERIOD) after.delete('period')
      else after.set('period', next)
      return after
    })
  }

  // The figures of the earlier period stay until the next ones are there. They are not compared.
  const settled = !now.isPlaceholderData && !before.isPlaceholderData
  const other = settled ? before.data : undefined
  const soldNothing = latest.data?.items.length === 0
  const isNew = now.data !== undefined && isAllZero(now.data)
  const begins = isNew && soldNothing && !firstSteps.dismissed
  // The orders decide whether charts or the first steps show.
  const undecided = isNew && latest.data === undefined && latest.error === null

  return (
    <>
      <div className="pc-page-head">
        <PageHeading title={words.title}>
          <p>
            <bdi>{connectedTo(organizationName(connection, yourOrganizations))}</bdi>
          </p>
        </PageHeading>
        <div className="pc-actions">
          <Refresh />
          {begins ? (
            // The steps have the action. Its room stays, so that the refresh does not move.
            <div className="pc-kept" inert>
              <CreateCheckoutLink />
            </div>
          ) : soldNothing ? (
            <BeginSelling />
          ) : (
            <CreateCheckoutLink />
          )}
        </div>
      </div>
      <div className="pc-period">
        <Segments
          legend={periods.legend}
          options={PERIOD_NAMES.map((name) => ({ value: name, name: periods.names[name] }))}
          value={period}
          onChange={choose}
        />
        <ComparisonLine comparison={comparison} end={span.to} today={today} />
        <AmountsLine />
      </div>
      <SectionGroup>
        <QuerySection
          query={now}
          thing={words.thing}
          skeleton={<FiguresSkeleton tiles={TILES.length} charts={CHARTS.length} />}
        >
          {(figures) => (
            <div className="pc-stack">
              <section aria-labelledby={heading}>
                <h2 id={heading} className="pc-visually-hidden">
                  {words.figures}
                </h2>
                <OverviewTiles
                  now={figures}
                  before={other}
                  comparison={typeof comparison === 'object' ? comparison : undefined}
                />
              </section>
              {undecided ? (
                <ChartsSkeleton count={CHARTS.length} lead />
              ) : begins ? (
                <GetStarted onHide={firstSteps.dismiss} />
              ) : (
                <OverviewCharts figures={figures} before={other} today={today} />
              )}
            </div>
          )}
        </QuerySection>
        {!begins && (
          <>
            <TopProducts
              period={period}
              span={span}
              totals={now.isPlaceholderData ? undefined : now.data?.totals}
            />
            <LatestOrders />
          </>
        )}
      </SectionGroup>
    </>
  )
}

/** Both sides by the day, even if charts go by the month: only days show which ones are finished. */
function askFor(period: PeriodName, today: ReturnType<typeof useToday>) {
  const span = spanOf(period, today)
  const comparison = compare(period, span, today)
  const question: Question = { period, span, interval: 'day' }
  const questionBefore: Question | undefined =
    typeof comparison === 'object'
      ? { period, span: comparison.before, interval: 'day' }
      : undefined
  return { span, comparison, question, questionBefore }
}
