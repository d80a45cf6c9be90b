/** The shapes of a chart, in percent of its plot: right at every width, without measuring. */
import { area, line } from 'd3-shape'
import type { ValueAxis } from './value-axis.ts'

export interface ChartPoint {
  readonly key: string
  /** Undefined if the value is not known, which is not zero. */
  readonly value: number | undefined
  /** Not complete yet: its value still changes. */
  readonly partial: boolean
  /** The same of the previous period, if there is one to compare with. */
  readonly before?: number | undefined
}

/** The middle of the point's share of the width. */
export function middleOf(index: number, count: number): number {
  return ((index + 0.5) / count) * 100
}

export interface Bar {
  readonly index: number
  readonly x: number
  readonly width: number
  readonly y: number
  readonly height: number
  readonly partial: boolean
}

/** How much of its share of the width a bar leaves empty. */
const GAP = 0.25

/** One for each known value. The bar of zero has no height. */
export function toBars(points: readonly ChartPoint[], axis: ValueAxis): readonly Bar[] {
  const share = 100 / points.length
  const foot = axis.at(0)
  return points.flatMap(({ value, partial }, index) => {
    if (value === undefined) return []
    const end = axis.at(value)
    const [x, width] = [(index + GAP / 2) * share, (1 - GAP) * share]
    return { index, x, width, y: Math.min(end, foot), height: Math.abs(foot - end), partial }
  })
}

export interface Curve {
  readonly line: string
  readonly area: string
}

/** The line breaks where a value is missing. */
export function toCurve(values: readonly (number | undefined)[], axis: ValueAxis): Curve {
  type Value = number | undefined
  const x = (_: Value, index: number) => middleOf(index, values.length)
  const y = (value: Value) => axis.at(value ?? 0)
  const defined = (value: Value) => value !== undefined
  return {
    line: line<Value>().defined(defined).x(x).y(y).digits(2)(values) ?? '',
    area: area<Value>().defined(defined).x(x).y0(axis.at(0)).y1(y).digits(2)(values) ?? '',
  }
}
