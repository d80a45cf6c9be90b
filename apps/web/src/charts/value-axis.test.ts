import { describe, expect, it } from 'vitest'
import { createValueAxis } from './value-axis.ts'

const MONEY = { integer: false, top: 1000 }
const COUNT = { integer: true, top: 2 }

/** Values of every size that a shop can have, and their neighbours. */
const HIGHS = Array.from({ length: 100 }, (_, step) => Math.round(1.19 ** step))

describe('A value axis', () => {
  it('has three to five ticks, the first and last at its ends and zero among them', () => {
    for (const high of HIGHS) {
      for (const lowest of [0, -high, -Math.ceil(high / 7)]) {
        for (const options of [MONEY, COUNT]) {
          const { at, ticks } = createValueAxis([high, lowest], options)
          const told = `${lowest} to ${high}: ${ticks.join(' ')}`
          expect(ticks.length, told).toBeGreaterThanOrEqual(3)
          expect(ticks.length, told).toBeLessThanOrEqual(5)
          expect(ticks, told).toContain(0)
          expect(at(ticks[0] ?? NaN), told).toBeCloseTo(100)
          expect(at(ticks.at(-1) ?? NaN), told).toBeCloseTo(0)
          expect(at(high), told).toBeGreaterThanOrEqual(-1e-9)
        }
      }
    }
  })

  it('counts things in whole numbers', () => {
    expect(createValueAxis([1], COUNT).ticks).toEqual([0, 1, 2])
    expect(createValueAxis([3], COUNT).ticks).toEqual([0, 1, 2, 3])
    expect(createValueAxis([0.5], { integer: false, top: 1 }).ticks).toContain(0.2)
  })

  it('has a top if all values are zero, or if there are none', () => {
    expect(createValueAxis([0, 0], MONEY).ticks).toEqual([0, 500, 1000])
    expect(createValueAxis([], COUNT).ticks).toEqual([0, 1, 2])
  })
})
