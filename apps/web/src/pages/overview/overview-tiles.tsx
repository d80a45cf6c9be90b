/** The four main figures of the shop, each with its change over finished days. */
import type { ReactNode } from 'react'
import { decideChange } from '../../data/change.ts'
import { valueOf, type Figures } from '../../data/figures.ts'
import type { MetricSlug } from '../../data/metric.ts'
import type { Comparison } from '../../data/period.ts'
import { formatMetric } from '../../format/metric-value.ts'
import { useLocale } from '../../messages/use-locale.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { FigureTiles, shorten } from '../../parts/figure-tiles.tsx'

export const TILES = [
  'revenue',
  'orders',
  'monthly_recurring_revenue',
  'active_subscriptions',
] as const satisfies readonly MetricSlug[]

interface OverviewTilesProps {
  /** By the day. */
  readonly now: Figures
  /** Undefined while it loads and if that fails: then nothing is compared. */
  readonly before: Figures | undefined
  readonly comparison: Comparison | undefined
}

export function OverviewTiles({ now, before, comparison }: OverviewTilesProps): ReactNode {
  return (
    <FigureTiles slugs={TILES} figures={now}>
      {(slug) => before && comparison && <Change {...{ slug, now, before, comparison }} />}
    </FigureTiles>
  )
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

/** Short for the eye, and a sentence for screen readers. */
function Spoken({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <span title={text}>
      <span aria-hidden="true">{children}</span>
      <span className="pc-visually-hidden">{text}</span>
    </span>
  )
}
