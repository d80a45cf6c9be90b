/** Figures side by side, each with its name. A figure too long for its tile is shortened. */
import type { ReactNode } from 'react'
import type { Figures } from '../data/figures.ts'
import { type ChartedSlug, type MetricSlug } from '../data/metric.ts'
import { formatCompact, formatMetric, isMoney } from '../format/metric-value.ts'
import { useLocale } from '../messages/use-locale.ts'
import { useMessages } from '../messages/use-messages.ts'
import { NotProvided } from './not-provided.tsx'

interface FigureTilesProps<Slug extends ChartedSlug> {
  readonly slugs: readonly Slug[]
  /** Until they are there, the tiles keep their places. */
  readonly figures: Figures | undefined
  /** Shown below a value. */
  readonly children?: (slug: Slug) => ReactNode
  /** A note about all of them. Its place is kept too. */
  readonly note?: string
}

export function FigureTiles<Slug extends ChartedSlug>(props: FigureTilesProps<Slug>): ReactNode {
  const { slugs, figures, note, children } = props
  const { charts } = useMessages()
  const tiles = (
    <dl className="pc-tiles">
      {slugs.map((slug) => (
        <div key={slug}>
          <dt>{figures ? charts.names[slug] : '\u00a0'}</dt>
          <dd className="pc-tile__value">
            {figures ? <Value slug={slug} figures={figures} /> : '\u00a0'}
          </dd>
          {children && <dd className="pc-tile__change">{children(slug)}</dd>}
        </div>
      ))}
    </dl>
  )
  if (note === undefined) return tiles
  return (
    <div className="pc-section">
      {tiles}
      <p className="pc-muted pc-small">{figures ? note : '\u00a0'}</p>
    </div>
  )
}

/** From here on a value has more digits than a tile has room for. */
const COMPACT_FROM = 10_000

interface ValueProps {
  readonly slug: MetricSlug
  readonly figures: Figures
}

function Value({ slug, figures }: ValueProps): ReactNode {
  const locale = useLocale()
  const value = figures.totals[slug]
  if (value === undefined) return <NotProvided />
  const exact = formatMetric(value, figures.types[slug], locale)
  const short = shorten(value, slug, figures, locale)
  if (short === exact) return <span translate="no">{exact}</span>
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the title shows on focus too, by style
    <span className="pc-exact" translate="no" data-exact={exact} tabIndex={0}>
      <span aria-hidden="true">{short}</span>
      <span className="pc-visually-hidden">{exact}</span>
    </span>
  )
}

/** `value`, short enough for a tile. */
export function shorten(
  value: number,
  slug: MetricSlug,
  { types }: Figures,
  locale: string,
): string {
  const type = types[slug]
  const isLong = Math.abs(isMoney(type) ? value / 100 : value) >= COMPACT_FROM
  return (isLong ? formatCompact : formatMetric)(value, type, locale)
}
