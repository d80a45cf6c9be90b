/** The charts of the overview. They come with the figures, after what shows first. */
import { Suspense, useEffect, useId, type ReactNode } from 'react'
import { byMonth, type Figures } from '../../data/figures.ts'
import { usualInterval } from '../../data/period.ts'
import type { CalendarDay } from '../../format/calendar-day.ts'
import { late } from '../../late.tsx'
import { useMessages } from '../../messages/use-messages.ts'
import { ChartsSkeleton } from './figures-skeleton.tsx'

const { Component: MetricChart, load } = late(
  async () => (await import('../../charts/metric-chart.tsx')).MetricChart,
)

export const CHARTS = ['revenue', 'orders', 'monthly_recurring_revenue'] as const

/** Begins to load their code. */
export function useChartsSoon(): void {
  useEffect(() => void load(), [])
}

interface OverviewChartsProps {
  readonly figures: Figures
  /** Of the previous period, if there is one to compare with. */
  readonly before: Figures | undefined
  readonly today: CalendarDay
}

export function OverviewCharts({ figures, before, today }: OverviewChartsProps): ReactNode {
  const { overview: words } = useMessages()
  const heading = useId()
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="pc-visually-hidden">
        {words.charts}
      </h2>
      <Suspense fallback={<ChartsSkeleton count={CHARTS.length} lead />}>
        <div className="pc-charts pc-charts--lead">
          {CHARTS.map((slug) => (
            <MetricChart
              key={slug}
              slug={slug}
              figures={inReadableBuckets(figures, figures)}
              before={before && inReadableBuckets(before, figures)}
              today={today}
            />
          ))}
        </div>
      </Suspense>
    </section>
  )
}

/** @param shown the figures whose buckets the other side uses. */
function inReadableBuckets(figures: Figures, shown: Figures): Figures {
  return usualInterval(shown.question.span) === 'day' ? figures : byMonth(figures)
}
