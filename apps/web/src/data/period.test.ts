import { describe, expect, it } from 'vitest'
import {
  decideInterval,
  intervalOf,
  refusedIntervals,
  spanBefore,
  spanOf,
  toPeriodName,
  toSpan,
} from './period.ts'

const TODAY = '2026-11-23'
const POLAR = {
  intervals: {
    hour: { min_days: 0, max_days: 7 },
    day: { min_days: 0, max_days: 366 },
    week: { min_days: 0, max_days: 371 },
    month: { min_days: 0, max_days: 1460 },
    year: { min_days: 0, max_days: 3650 },
  },
}

describe('a period', () => {
  it.each([
    ['7d', '2026-11-17', '2026-11-10', '2026-11-16'],
    ['30d', '2026-10-25', '2026-09-25', '2026-10-24'],
    ['90d', '2026-08-26', '2026-05-28', '2026-08-25'],
    ['12m', '2025-12-01', '2024-12-01', '2025-11-23'],
  ] as const)('of %s ends today, and has one as long before it', (name, from, first, last) => {
    expect(spanOf(name, TODAY)).toEqual({ from, to: TODAY })
    expect(spanBefore(name, TODAY)).toEqual({ from: first, to: last })
  })

  it('of twelve months is cut into months, and ends on a day that there was', () => {
    expect(intervalOf('12m')).toBe('month')
    expect(spanBefore('12m', '2028-02-29').to).toBe('2027-02-28')
  })

  it('is the usual one where the address names none', () => {
    expect(toPeriodName('90d')).toBe('90d')
    expect(toPeriodName('400d')).toBe('30d')
    expect(toPeriodName(null)).toBe('30d')
  })

  it('that a person picks needs two days in their order', () => {
    expect(toSpan('2026-11-01', '2026-11-01')).toEqual({ from: '2026-11-01', to: '2026-11-01' })
    expect(toSpan('2026-11-02', '2026-11-01')).toBeUndefined()
    expect(toSpan('2026-02-30', '2026-11-01')).toBeUndefined()
    expect(toSpan('2023-01-01', '2026-11-01', '2023-01-01')).toBeDefined()
    expect(toSpan('2022-12-31', '2026-11-01', '2023-01-01')).toBeUndefined()
  })
})

describe('the buckets of a period', () => {
  it('are refused on the day after the longest that Polar allows', () => {
    expect(refusedIntervals({ from: '2025-01-01', to: '2026-01-02' }, POLAR)).toEqual([])
    expect(refusedIntervals({ from: '2025-01-01', to: '2026-01-03' }, POLAR)).toEqual(['day'])
    expect(refusedIntervals({ from: '2023-01-01', to: TODAY }, POLAR)).toEqual(['day', 'week'])
  })

  it('are those asked for, unless Polar refuses them', () => {
    const span = { from: '2024-01-01', to: TODAY } as const
    expect(decideInterval(span, 'month', ['day', 'week'])).toBe('month')
    expect(decideInterval(span, 'day', ['day', 'week'])).toBe('month')
    expect(decideInterval(span, undefined, ['day', 'week'])).toBe('month')
  })

  it.each([
    ['2026-08-23', 'day'],
    ['2026-08-22', 'week'],
    ['2025-11-16', 'month'],
    ['2022-11-23', 'year'],
  ] as const)('from %s on are by the %s, so that a chart can be read', (from, interval) => {
    expect(decideInterval({ from, to: TODAY }, undefined, [])).toBe(interval)
  })
})
