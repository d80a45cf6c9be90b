import { describe, expect, it } from 'vitest'
import { decideLabels, decidePoint } from './point-axis.ts'

describe('The names below a chart', () => {
  it('are at most six, the first and the last among them', () => {
    for (let count = 1; count <= 400; count += 1) {
      const indices = decideLabels(count).map(({ index }) => index)
      expect(indices.length).toBeLessThanOrEqual(6)
      expect(indices[0]).toBe(0)
      expect(indices.at(-1)).toBe(count - 1)
      expect(new Set(indices).size).toBe(indices.length)
    }
  })

  it('are only the ends and the middle if there is no room', () => {
    const kept = (count: number) =>
      decideLabels(count)
        .filter(({ always }) => always)
        .map(({ index }) => index)
    expect(kept(9)).toEqual([0, 4, 8])
    expect(kept(7)).toEqual([0, 6])
    expect(kept(30)).toEqual([0, 29])
    expect(kept(1)).toEqual([0])
  })

  it('are none without points', () => {
    expect(decideLabels(0)).toEqual([])
  })
})

describe('The keys along a chart', () => {
  it.each([
    ['ArrowRight', undefined, 0],
    ['ArrowRight', 3, 4],
    ['ArrowRight', 29, 29],
    ['ArrowLeft', undefined, 29],
    ['ArrowLeft', 3, 2],
    ['ArrowLeft', 0, 0],
    ['Home', 7, 0],
    ['End', undefined, 29],
    ['Escape', 7, null],
    ['Tab', 7, undefined],
    ['a', 7, undefined],
  ])('on %s at point %s lead to %s of thirty', (key, at, next) => {
    expect(decidePoint(key, at, 30)).toBe(next)
  })
})
