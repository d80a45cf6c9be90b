/** The four figures that say how the shop does, each with how it moved. */
import type { ReactNode } from 'react'
import { decideChange, type Change } from '../../data/change.ts'
import type { Figures } from '../../data/figures.ts'
import { isMoney, type MetricSlug } from '../../data/metric.ts'
import type { PeriodName } from '../../data/period.ts'
import { formatCompact, formatMetric } from '../../format/metric-value.ts'
import { useLocale, useMessages } from '../../messages/use-messages.ts'
import { NotProvided } from '../../parts/not-provided.tsx'

export const TILES = [
  'revenue',
  'orders',
  'monthly_recurring_revenue',
  'active_subscriptions',
] as const satisfies readonly MetricSlug[]

interface FigureTilesProps {
  readonly now: Figures
  /** Undefined until it is there, and where it could not be had: then nothing is compared. */
  readonly before: Figures | undefined
  readonly period: PeriodName
}

export function FigureTiles({ now, before, period }: FigureTilesProps): ReactNode {
  const { overview } = useMessages()
  return (
    <dl className="pc-tiles">
      {TILES.map((slug) => (
        <div key={slug}>
          <dt>{overview.tiles[slug]}</dt>
          <dd className="pc-tile__value">
            <TileValue value={now.totals[slug]} slug={slug} figures={now} />
          </dd>
          <dd className="pc-tile__change">
            <TileChange
              change={decideChange(now.totals[slug], before?.totals[slug])}
              period={period}
            />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** From here on the digits of a value are more than a tile has room for. */
const COMPACT_FROM = 10_000

interface TileValueProps {
  readonly value: number | undefined
  readonly slug: MetricSlug
  readonly figures: Figures
}

function TileValue({ value, slug, figures }: TileValueProps): ReactNode {
  const locale = useLocale()
  if (value === undefined) return <NotProvided />
  const type = figures.types[slug]
  const exact = formatMetric(value, type, locale)
  if (Math.abs(isMoney(type) ? value / 100 : value) < COMPACT_FROM) return exact
  return (
    <span title={exact}>
      <span aria-hidden="true">{formatCompact(value, type, locale)}</span>
      <span className="pc-visually-hidden">{exact}</span>
    </span>
  )
}

interface TileChangeProps {
  readonly change: Change | undefined
  readonly period: PeriodName
}

const ARROWS = { up: '▲', down: '▼' } as const

function TileChange({ change, period }: TileChangeProps): ReactNode {
  const { overview: words } = useMessages()
  const locale = useLocale()
  if (change === undefined) return null
  const before = words.before[period]
  if (change.direction === 'same') return <Spoken text={words.same(before)}>–</Spoken>
  if (change.direction === 'new') return <Spoken text={words.newFrom(before)}>{words.new}</Spoken>
  const { direction } = change
  const digits = change.share < 0.1 ? 1 : 0
  const style = { style: 'percent', maximumFractionDigits: digits } as const
  const share = new Intl.NumberFormat(locale, style).format(change.share)
  return (
    <Spoken text={words[direction](share, before)}>
      {ARROWS[direction]} {share}
    </Spoken>
  )
}

/** Short for the eye, and a sentence for the ear. */
function Spoken({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <span title={text}>
      <span aria-hidden="true">{children}</span>
      <span className="pc-visually-hidden">{text}</span>
    </span>
  )
}
