/** The shape of the figures while they load, so that nothing below them moves. */
import type { ReactNode } from 'react'

interface FiguresSkeletonProps {
  /** None by default. */
  readonly tiles?: number
  readonly charts: number
}

export function FiguresSkeleton({ tiles = 0, charts }: FiguresSkeletonProps): ReactNode {
  return (
    <div className="pc-stack">
      {tiles > 0 && (
        <div className="pc-tiles">
          {Array.from({ length: tiles }, (_, index) => (
            <div key={index} className="pc-blank" />
          ))}
        </div>
      )}
      <ChartsSkeleton count={charts} lead={tiles > 0} />
    </div>
  )
}

interface ChartsSkeletonProps {
  readonly count: number
  /** Whether the first one is larger. */
  readonly lead: boolean
}

export function ChartsSkeleton({ count, lead }: ChartsSkeletonProps): ReactNode {
  return (
    <div className={lead ? 'pc-charts pc-charts--lead' : 'pc-charts'}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="pc-chart pc-blank pc-blank--chart" />
      ))}
    </div>
  )
}
