import { describe, expect, it } from 'vitest'
import { middleOf, toBars, toCurve } from './shapes.ts'
import { createValueAxis } from './value-axis.ts'

const series = (...values: (number | undefined)[]) =>
  values.map((value, index) => ({ key: `${index}`, value, partial: index === values.length - 1 }))

const axisOf = (...values: number[]) => createValueAxis(values, { integer: false, top: 10 })

describe('The bars of a chart', () => {
  it('start at zero, have no height for zero, and are missing for unknown values', () => {
    const bars = toBars(series(10, 0, undefined, 5), axisOf(10))
    expect(bars.map(({ index, y, height, partial }) => [index, y, height, partial])).toEqual([
      [0, 0, 100, false],
      [1, 100, 0, false],
      [3, 50, 50, true],
    ])
  })

  it('go down from zero for a negative value', () => {
    const [up, down] = toBars(series(10, -10), axisOf(10, -10))
    expect([up?.y, up?.height, down?.y, down?.height]).toEqual([0, 50, 50, 50])
  })

  it('are in the middle of their share of the width', () => {
    const bars = toBars(series(1, 2, 3, 4), axisOf(4))
    for (const { index, x, width } of bars) expect(x + width / 2).toBeCloseTo(middleOf(index, 4))
  })
})

describe('The curve of a chart', () => {
  it('goes from point to point, and its area ends at zero', () => {
    const { line, area } = toCurve([0, 10], axisOf(10))
    expect(line).toBe('M25,100L75,0')
    expect(area).toBe('M25,100L75,0L75,100L25,100Z')
  })

  it('breaks at an unknown value, and shows a single point', () => {
    const { line } = toCurve([10, 10, undefined, 10], axisOf(10))
    expect(line).toBe('M12.5,0L37.5,0M87.5,0Z')
  })
})
