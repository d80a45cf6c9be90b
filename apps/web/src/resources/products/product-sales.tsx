/** What one product sold in the last days. */
import { useId, type ReactNode } from 'react'
import { DEFAULT_PERIOD, spanOf } from '../../data/period.ts'
import { useMetrics } from '../../data/use-metrics.ts'
import { useToday } from '../../data/use-today.ts'
import { browserTimeZone } from '../../format/calendar-day.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { FigureTiles } from '../../parts/figure-tiles.tsx'
import { QuerySection } from '../../states/query-section.tsx'

const TILES = ['revenue', 'orders'] as const

export function ProductSales({ id }: { readonly id: string }): ReactNode {
  const { products: words, metrics } = useMessages()
  const today = useToday()
  const heading = useId()
  const span = spanOf(DEFAULT_PERIOD, today)
  const figures = useMetrics(
    { period: DEFAULT_PERIOD, span, interval: 'day', productId: id },
    TILES,
  )
  return (
    <section className="pc-section" aria-labelledby={heading}>
      <h2 id={heading}>{words.lastDays}</h2>
      <QuerySection
        query={figures}
        thing={metrics.thing}
        skeleton={<FigureTiles slugs={TILES} figures={undefined} note="" />}
      >
        {(found) => (
          <FigureTiles slugs={TILES} figures={found} note={metrics.amounts(browserTimeZone())} />
        )}
      </QuerySection>
    </section>
  )
}
