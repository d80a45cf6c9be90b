/** The shape of the figures while they are on their way, so that nothing below them moves. */
import type { ReactNode } from 'react'

interface FiguresSkeletonProps {
  readonly tiles: number
  readonly charts: number
}

export function FiguresSkeleton({ tiles, charts }: FiguresSkeletonProps): ReactNode {
  return (
    <div className="pc-stack">
      <div className="pc-tiles">
        {Array.from({ length: tiles }, (_, index) => (
          <div key={index} className="pc-blank" />
        ))}
      </div>
      <div className="pc-charts pc-charts--lead">
        {Array.from({ length: charts }, (_, index) => (
          <div key={index} className="pc-chart pc-blank pc-blank--chart" />
        ))}
      </div>
    </div>
  )
}
