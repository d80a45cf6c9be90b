/** The upright axis: from zero, with a few round values on it. */
import { nice, ticks } from 'd3-array'

export interface ValueAxis {
  /** The position of `value`: 0 at the top of the plot, 100 at its foot. */
  readonly at: (value: number) => number
  /** From the lowest to the highest, with zero. */
  readonly ticks: readonly number[]
}

interface ValueAxisOptions {
  /** Counted things have no halves. */
  readonly integer: boolean
  /** The top if all values are zero. */
  readonly top: number
}

const MOST_TICKS = 5

export function createValueAxis(
  values: readonly number[],
  { integer, top }: ValueAxisOptions,
): ValueAxis {
  const lowest = Math.min(0, ...values)
  const most = Math.max(0, ...values)
  const wanted = lowest === most ? top : most
  const highest = integer && wanted - lowest < 2 ? lowest + 2 : wanted
  const scales = [4, 3, 2].map((count) => {
    const [low, high] = nice(lowest, highest, count)
    return { low, high, ticks: ticks(low, high, count) }
  })
  const { low, high, ...scale } =
    scales.find((each) => each.ticks.length <= MOST_TICKS) ?? scales.at(-1)!
  return {
    at: (value) => 100 - ((value - low) / (high - low)) * 100,
    ticks: scale.ticks.filter((tick) => !integer || Number.isInteger(tick)),
  }
}
