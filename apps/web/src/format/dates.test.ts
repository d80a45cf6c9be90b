import { describe, expect, it } from 'vitest'
import { formatClock, formatDate, formatDateTime, formatDuration, formatRelative } from './dates.ts'

const ISO = '2026-11-23T14:02:11Z'
const NOW = Date.parse(ISO)
const before = (seconds: number) => new Date(NOW - seconds * 1000).toISOString()

describe('A time', () => {
  it('is a date in tables', () => {
    expect(formatDate(ISO, 'en-US')).toBe('Nov 23, 2026')
    expect(formatDate(ISO, 'en-GB')).toBe('23 Nov 2026')
  })

  it('has minutes and a zone if the moment matters', () => {
    expect(formatDateTime(ISO, 'en-US').replaceAll('\u202f', ' ')).toBe('Nov 23, 2026, 2:02 PM UTC')
    expect(formatDateTime(ISO, 'en-GB')).toBe('23 Nov 2026, 14:02 UTC')
    expect(formatClock(NOW, 'en-US')).toBe('14:02')
  })

  it.each([
    [0, 'now'],
    [59, 'now'],
    [60, '1 minute ago'],
    [120, '2 minutes ago'],
    [3600, '1 hour ago'],
    [86_400, 'yesterday'],
    [6 * 86_400, '6 days ago'],
    [7 * 86_400, 'Nov 16, 2026'],
  ])('%d seconds ago reads "%s"', (seconds, words) => {
    expect(formatRelative(before(seconds), NOW, 'en-US')).toBe(words)
  })
})

describe('What is left', () => {
  it.each([
    [-5, '0 seconds'],
    [37.2, '38 seconds'],
    [119, '119 seconds'],
    [120, '2 minutes'],
    [43 * 60 + 59, '43 minutes'],
    [7199, '119 minutes'],
    [7200, '2 hours'],
    [172_799, '47 hours'],
    [172_800, '2 days'],
    [863_999, '9 days'],
  ])('of %d seconds reads "%s"', (seconds, words) => {
    expect(formatDuration(seconds, 'en-US')).toBe(words)
  })
})
