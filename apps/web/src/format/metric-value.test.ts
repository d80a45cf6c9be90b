import { describe, expect, it } from 'vitest'
import { formatCompact, formatMetric } from './metric-value.ts'

describe('a figure in full', () => {
  it.each([
    [421_000, 'currency', '$4,210.00'],
    [3533.333, 'currency', '$35.33'],
    [0.42, 'currency_sub_cent', '$0.0042'],
    [-500, 'currency', '-$5.00'],
    [1204, 'scalar', '1,204'],
    [0.125, 'percentage', '12.5%'],
    [0.5, 'percentage', '50%'],
    [0.012345, 'percentage', '1.23%'],
  ] as const)('of %d, a %s, reads %s', (value, type, text) => {
    expect(formatMetric(value, type, 'en-US')).toBe(text)
  })
})

describe('a figure at an axis', () => {
  it.each([
    [0, 'currency', '$0'],
    [50, 'currency', '$0.50'],
    [1_250, 'currency', '$12.50'],
    [60_000, 'currency', '$600'],
    [1_234_500, 'currency', '$12.3K'],
    [2_500, 'scalar', '2.5K'],
    [0.125, 'percentage', '12.5%'],
  ] as const)('of %d, a %s, reads %s', (value, type, text) => {
    expect(formatCompact(value, type, 'en-US')).toBe(text)
  })
})
