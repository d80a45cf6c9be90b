/** The first page after connecting: how the shop does, and what was sold last. */
import { useConnection } from '@polar-connect/react'
import { useId, useMemo, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { MetricChart } from '../charts/metric-chart.tsx'
import type { Question } from '../data/figures.ts'
import {
  DEFAULT_PERIOD,
  intervalOf,
  PERIOD_NAMES,
  spanBefore,
  spanOf,
  toPeriodName,
  type PeriodName,
} from '../data/period.ts'
import { subjectName } from '../data/subject-name.ts'
import { useMetrics } from '../data/use-metrics.ts'
import { useToday } from '../data/use-today.ts'
import { useMessages } from '../messages/use-messages.ts'
import { PageHeading } from '../parts/page-heading.tsx'
import { Segments } from '../parts/segments.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { FigureTiles, TILES } from './overview/figure-tiles.tsx'
import { CreateCheckoutLink } from './checkout-links/create-checkout-link.tsx'
import { FiguresSkeleton } from './overview/figures-skeleton.tsx'
import { LatestOrders } from './overview/latest-orders.tsx'

const CHARTS = ['revenue', 'orders', 'monthly_recurring_revenue'] as const

export function OverviewPage(): ReactNode {
  const { overview: words, periods, connectedTo } = useMessages()
  const { connection } = useConnection()
  const [address, setAddress] = useSearchParams()
  const period = toPeriodName(address.get('period'))
  const today = useToday()
  const id = useId()
  const now = useMetrics(
    useMemo(() => toQuestion(period, spanOf(period, today)), [period, today]),
    TILES,
  )
  const before = useMetrics(
    useMemo(() => toQuestion(period, spanBefore(period, today)), [period, today]),
    TILES,
  )
  if (connection === undefined) return null

  function choose(next: PeriodName): void {
    setAddress((current) => {
      const after = new URLSearchParams(current)
      if (next === DEFAULT_PERIOD) after.delete('period')
      else after.set('period', next)
      return after
    })
  }

  return (
    <>
      <div className="pc-page-head">
        <PageHeading title={words.title}>
          <p>
            <bdi>{connectedTo(subjectName(connection))}</bdi>
          </p>
        </PageHeading>
        <CreateCheckoutLink />
      </div>
      <Segments
        legend={periods.legend}
        options={PERIOD_NAMES.map((name) => ({ value: name, name: periods.names[name] }))}
        value={period}
        onChange={choose}
      />
      <QuerySection
        query={now}
        thing={words.thing}
        skeleton={<FiguresSkeleton tiles={TILES.length} charts={CHARTS.length} />}
      >
        {(figures) => {
          const { period: told } = figures.question
          const comparable = before.data?.question.period === told ? before.data : undefined
          return (
            <div className="pc-stack">
              <section aria-labelledby={`${id}-figures`}>
                <h2 id={`${id}-figures`} className="pc-visually-hidden">
                  {words.figures}
                </h2>
                <FigureTiles
                  now={figures}
                  before={comparable}
                  period={told === 'custom' ? period : told}
                />
              </section>
              <section aria-labelledby={`${id}-charts`}>
                <h2 id={`${id}-charts`} className="pc-visually-hidden">
                  {words.charts}
                </h2>
                <div className="pc-charts pc-charts--lead">
                  {CHARTS.map((slug) => (
                    <MetricChart key={slug} slug={slug} figures={figures} today={today} />
                  ))}
                </div>
              </section>
            </div>
          )
        }}
      </QuerySection>
      <LatestOrders />
    </>
  )
}

function toQuestion(period: PeriodName, span: Question['span']): Question {
  return { period, span, interval: intervalOf(period) }
}
