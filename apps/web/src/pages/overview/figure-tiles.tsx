/** The four figures that say how the shop does, each with how it moved on finished days. */
import type { ReactNode } from 'react'
import { decideChange } from '../../data/change.ts'
import { valueOf, type Figures } from '../../data/figures.ts'
import { isMoney, type MetricSlug } from '../../data/metric.ts'
import type { Comparison } from '../../data/period.ts'
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
  /** By the day. */
  readonly now: Figures
  /** Undefined until it is there, and if it can't be loaded: then nothing is compared. */
  readonly before: Figures | undefined
  readonly comparison: Comparison | undefined
}

export function FigureTiles({ now, before, comparison }: FigureTilesProps): ReactNode {
  const { overview } = useMessages()
  return (
    <dl className="pc-tiles">
      {TILES.map((slug) => (
        <div key={slug}>
          <dt>{overview.tiles[slug]}</dt>
          <dd className="pc-tile__value">
            <Value value={now.totals[slug]} slug={slug} figures={now} />
          </dd>
          <dd className="pc-tile__change">
            {before && comparison && <Change {...{ slug, now, before, comparison }} />}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** From here on the digits of a value are more than a tile has room for. */
const COMPACT_FROM = 10_000

interface ValueProps {
  readonly value: number | undefined
  readonly slug: MetricSlug
  readonly figures: Figures
}

function Value({ value, slug, figures }: ValueProps): ReactNode {
  const locale = useLocale()
  if (value === undefined) return <NotProvided />
  const type = figures.types[slug]
  const exact = formatMetric(value, type, locale)
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

function shorten(value: number, slug: MetricSlug, { types }: Figures, locale: string): string {
  const type = types[slug]
  const isLong = Math.abs(isMoney(type) ? value / 100 : value) >= COMPACT_FROM
  return (isLong ? formatCompact : formatMetric)(value, type, locale)
}

interface ChangeProps {
  readonly slug: MetricSlug
  readonly now: Figures
  readonly before: Figures
  readonly comparison: Comparison
}

function Change({ slug, now, before, comparison }: ChangeProps): ReactNode {
  const words = useMessages().overview.change
  const locale = useLocale()
  const [value, old] = [
    valueOf(now, slug, comparison.now),
    valueOf(before, slug, comparison.before),
  ]
  const change = decideChange(value, old)
  if (change === undefined || value === undefined || old === undefined) return null
  const { direction, share } = change
  if (direction === 'same') return <span>{words.same}</span>
  const [exact, exactOld] = [value, old].map((each) =>
    formatMetric(each, now.types[slug], locale),
  ) as [string, string]
  const shortOld = shorten(old, slug, now, locale)
  if (share === undefined) {
    const text = words[`${direction}WithoutShare`](exact, exactOld)
    return <Spoken text={text}>{words.shortWithoutShare(direction, shortOld)}</Spoken>
  }
  const style = { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 } as const
  const percent = new Intl.NumberFormat(locale, style).format(share)
  return (
    <Spoken text={words[direction](percent, exact, exactOld)}>
      {words.short(direction, percent, shortOld)}
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
