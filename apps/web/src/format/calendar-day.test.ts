import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  addDays,
  addMonths,
  browserTimeZone,
  dayAt,
  daysBetween,
  formatDay,
  formatEnds,
  isCalendarDay,
  startOfMonth,
} from './calendar-day.ts'

describe('a calendar day', () => {
  it.each([
    ['2026-11-23T04:30:00Z', 'America/New_York', '2026-11-22'],
    ['2026-11-23T05:00:00Z', 'America/New_York', '2026-11-23'],
    ['2026-11-22T23:00:00Z', 'Europe/Paris', '2026-11-23'],
    ['2026-11-22T22:59:59Z', 'Europe/Paris', '2026-11-22'],
    ['2026-11-23T10:00:00Z', 'Pacific/Kiritimati', '2026-11-24'],
  ])('at %s in %s is %s', (moment, zone, day) => {
    expect(dayAt(Date.parse(moment), zone)).toBe(day)
  })

  it('counts days across clock changes, months and leap years', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2)
    expect(daysBetween('2026-10-26', '2026-10-26')).toBe(0)
  })

  it('counts months to the same day, or to the last day of a shorter month', () => {
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
    expect(addMonths('2026-11-23', -12)).toBe('2025-11-23')
    expect(addMonths('2028-02-29', -12)).toBe('2027-02-28')
    expect(startOfMonth('2026-11-23')).toBe('2026-11-01')
  })

  it.each(['2026-02-30', '2026-13-01', '2026-1-1', '', 'today', '2026-11-23T00:00:00Z'])(
    'is not %j',
    (text) => {
      expect(isCalendarDay(text)).toBe(false)
    },
  )

  it('reads the same in every zone', () => {
    expect(isCalendarDay('2028-02-29')).toBe(true)
    expect(formatDay('2026-11-23', 'en-US')).toBe('Nov 23, 2026')
    expect(formatDay('2026-11-23', 'en-US', { month: 'long', day: 'numeric' })).toBe('November 23')
    expect(formatEnds('2026-10-25', '2026-11-23', 'en-US')).toEqual(['Oct 25', 'Nov 23, 2026'])
    expect(formatEnds('2025-12-01', '2026-11-23', 'en-US')).toEqual(['Dec 1, 2025', 'Nov 23, 2026'])
  })
})

describe("the browser's zone", () => {
  afterEach(() => vi.restoreAllMocks())

  it.each([
    ['Europe/Paris', 'Europe/Paris'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['Etc/Unknown', 'UTC'],
    ['Nowhere/Land', 'UTC'],
    // Polar does not know it by this name.
    ['+05:30', 'UTC'],
    ['', 'UTC'],
    [undefined, 'UTC'],
  ])('%s counts as %s', (timeZone, used) => {
    const told = { ...new Intl.DateTimeFormat().resolvedOptions(), timeZone }
    vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValue(
      told as Intl.ResolvedDateTimeFormatOptions,
    )
    expect(browserTimeZone()).toBe(used)
    expect(dayAt(Date.parse('2026-11-23T12:00:00Z'), browserTimeZone())).toBe('2026-11-23')
  })
})
