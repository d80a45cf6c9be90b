import { describe, expect, it } from 'vitest'
import {
  compare,
  daysOf,
  decideInterval,
  PERIOD_NAMES,
  readSpan,
  refusedIntervals,
  spanOf,
  toPeriodName,
  usualInterval,
} from './period.ts'
import { addDays, type CalendarDay } from '../format/calendar-day.ts'

const TODAY = '2026-11-23'
const POLAR = {
  intervals: {
    hour: { min_days: 0, max_days: 7 },
    day: { min_days: 0, max_days: 366 },
    week: { min_days: 14, max_days: 371 },
    month: { min_days: 60, max_days: 1460 },
    year: { min_days: 366, max_days: 3650 },
  },
}

const compared = (name: (typeof PERIOD_NAMES)[number], today: CalendarDay) =>
  compare(name, spanOf(name, today), today)

describe('a period', () => {
  it.each([
    ['7d', '2026-11-17', TODAY],
    ['30d', '2026-10-25', TODAY],
    ['90d', '2026-08-26', TODAY],
    ['12m', '2025-12-01', TODAY],
    ['this-month', '2026-11-01', TODAY],
    ['last-month', '2026-10-01', '2026-10-31'],
    ['qtd', '2026-10-01', TODAY],
    ['ytd', '2026-01-01', TODAY],
  ] as const)('called %s begins on %s and ends on %s', (name, from, to) => {
    expect(spanOf(name, TODAY)).toEqual({ from, to })
  })

  it.each([
    ['2026-01-01', '2026-01-01'],
    ['2026-03-31', '2026-01-01'],
    ['2026-04-01', '2026-04-01'],
    ['2026-12-31', '2026-10-01'],
  ] as const)('of the quarter to date on %s begins on %s', (today, from) => {
    expect(spanOf('qtd', today)).toEqual({ from, to: today })
  })

  it('is the usual one if the address names none', () => {
    expect(toPeriodName('last-month')).toBe('last-month')
    expect(toPeriodName('400d')).toBe('30d')
    expect(toPeriodName(null)).toBe('30d')
  })
})

describe('a comparison', () => {
  it.each([
    ['7d', ['2026-11-17', '2026-11-22'], ['2026-11-10', '2026-11-15']],
    ['30d', ['2026-10-25', '2026-11-22'], ['2026-09-25', '2026-10-23']],
    ['90d', ['2026-08-26', '2026-11-22'], ['2026-05-28', '2026-08-24']],
    ['12m', ['2025-12-01', '2026-11-22'], ['2024-12-01', '2025-11-22']],
    ['this-month', ['2026-11-01', '2026-11-22'], ['2026-10-01', '2026-10-22']],
    ['last-month', ['2026-10-01', '2026-10-31'], ['2026-09-01', '2026-09-30']],
    ['qtd', ['2026-10-01', '2026-11-22'], ['2026-07-01', '2026-08-22']],
    ['ytd', ['2026-01-01', '2026-11-22'], ['2025-01-01', '2025-11-22']],
  ] as const)('of %s has finished days on both sides', (name, now, before) => {
    expect(compared(name, TODAY)).toEqual({
      now: { from: now[0], to: now[1] },
      before: { from: before[0], to: before[1] },
    })
  })

  it('has the same number of days on both sides, without overlap, on every day of four years', () => {
    const days = Array.from({ length: 1461 }, (_, day) => addDays('2027-01-01', day))
    const all = days.flatMap((today) => PERIOD_NAMES.map((name) => ({ name, today })))
    const wrong = all.filter(({ name, today }) => {
      const sides = compared(name, today)
      if (typeof sides === 'string') return spanOf(name, today).from !== today
      const { now, before } = sides
      const equal = name === 'last-month' || daysOf(now) === daysOf(before)
      return !equal || before.to >= now.from || now.to >= today
    })
    expect(wrong).toEqual([])
  })

  it('is cut on both sides to the shorter month', () => {
    expect(compared('this-month', '2026-03-31')).toEqual({
      now: { from: '2026-03-01', to: '2026-03-28' },
      before: { from: '2026-02-01', to: '2026-02-28' },
    })
  })

  it('of custom days uses the same number of days before them, without today', () => {
    expect(compare('custom', { from: '2026-11-01', to: '2026-11-10' }, TODAY)).toEqual({
      now: { from: '2026-11-01', to: '2026-11-10' },
      before: { from: '2026-10-22', to: '2026-10-31' },
    })
    expect(compare('custom', { from: '2026-11-21', to: TODAY }, TODAY)).toEqual({
      now: { from: '2026-11-21', to: '2026-11-22' },
      before: { from: '2026-11-19', to: '2026-11-20' },
    })
  })

  it('needs a finished day, and at most as many days as Polar allows', () => {
    expect(compared('this-month', '2026-11-01')).toBe('no_day_yet')
    expect(compare('custom', { from: TODAY, to: TODAY }, TODAY)).toBe('no_day_yet')
    const year = { from: '2025-11-22', to: '2026-11-22' } as const
    expect(compare('custom', year, TODAY)).toHaveProperty('now', year)
    expect(compare('custom', { ...year, from: '2025-11-21' }, TODAY)).toBe('too_long')
  })
})

describe('days that a person types', () => {
  it.each([
    ['2026-11-01', '2026-11-01', { from: '2026-11-01', to: '2026-11-01' }],
    ['2026-11-02', '2026-11-01', 'turned_round'],
    ['2026-02-30', '2026-11-01', 'not_a_day'],
    ['', '2026-11-01', 'not_a_day'],
    ['2023-01-01', TODAY, { from: '2023-01-01', to: TODAY }],
    ['2022-12-31', '2026-11-01', 'too_early'],
    ['2026-11-01', '2026-11-24', 'in_the_future'],
  ])('from %s to %s', (from, to, read) => {
    expect(readSpan(from, to, TODAY, '2023-01-01')).toEqual(read)
  })
})

describe('the buckets of a period', () => {
  it('are refused on the day after the longest that Polar allows', () => {
    expect(refusedIntervals({ from: '2025-01-01', to: '2026-01-02' }, POLAR)).toEqual({})
    expect(refusedIntervals({ from: '2025-01-01', to: '2026-01-03' }, POLAR)).toEqual({
      day: 'too_many_days',
    })
  })

  it('are days up to 92, then months, then years', () => {
    expect(usualInterval({ from: '2026-01-01', to: '2026-04-02' })).toBe('day')
    expect(usualInterval({ from: '2026-01-01', to: '2026-04-03' })).toBe('month')
    expect(usualInterval({ from: '2020-01-01', to: '2026-04-03' })).toBe('year')
  })

  it('are the next size that Polar accepts, larger or smaller', () => {
    const long = refusedIntervals({ from: '2025-01-01', to: '2026-01-03' }, POLAR)
    expect(decideInterval('day', long)).toBe('week')
    expect(decideInterval('month', long)).toBe('month')
    const short = refusedIntervals({ from: '2026-11-20', to: TODAY }, POLAR)
    expect(decideInterval('month', short)).toBe('day')
    expect(decideInterval('year', refusedIntervals(spanOf('90d', TODAY), POLAR))).toBe('month')
  })
})
