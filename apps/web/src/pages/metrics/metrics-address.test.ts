import { describe, expect, it } from 'vitest'
import { readMetricsAddress, writeAddress } from './metrics-address.ts'

const TODAY = '2026-11-23'
const LIMITS = {
  min_date: '2023-01-01',
  intervals: {
    hour: { min_days: 0, max_days: 7 },
    day: { min_days: 0, max_days: 366 },
    week: { min_days: 0, max_days: 371 },
    month: { min_days: 0, max_days: 1460 },
    year: { min_days: 0, max_days: 3650 },
  },
}
const read = (query: string) => readMetricsAddress(new URLSearchParams(query), TODAY, LIMITS)

describe('The address of the metrics page', () => {
  it('without a query asks for the last 30 days by day', () => {
    expect(read('')).toMatchObject({
      period: '30d',
      narrowed: false,
      question: { span: { from: '2026-10-25', to: TODAY }, interval: 'day' },
    })
  })

  it('of a year asks by month, or by its own interval if Polar allows that', () => {
    expect(read('period=12m').question?.interval).toBe('month')
    expect(read('period=12m&interval=week').question?.interval).toBe('week')
    expect(read('period=12m&interval=minute').question?.interval).toBe('month')
  })

  it('of custom days asks for them, and never by an interval that Polar refuses', () => {
    const { question, refused } = read('period=custom&from=2024-01-01&to=2026-11-01&interval=day')
    expect(question?.span).toEqual({ from: '2024-01-01', to: '2026-11-01' })
    expect(refused).toEqual({ day: 'too_many_days', week: 'too_many_days' })
    expect(question?.interval).toBe('month')
  })

  it('starts a custom period with the usual days', () => {
    expect(read('period=custom')).toMatchObject({ from: '2026-10-25', to: TODAY })
  })

  it('with days that make no period asks for nothing', () => {
    expect(read('period=custom&from=2026-11-02&to=2026-11-01').question).toBeUndefined()
    expect(read('period=custom&from=2022-12-31&to=2026-11-01').question).toBeUndefined()
    expect(read('period=custom&from=yesterday&to=2026-11-01').question).toBeUndefined()
  })

  it('that ends after today asks for nothing, and says why', () => {
    expect(read('period=custom&from=2026-11-01&to=2030-01-01')).toMatchObject({
      span: 'in_the_future',
      question: undefined,
    })
  })

  it('compares with the previous period by the same buckets, unless that is off', () => {
    expect(read('period=last-month&product=p').questionBefore).toEqual({
      period: 'last-month',
      span: { from: '2026-09-01', to: '2026-09-30' },
      interval: 'day',
      productId: 'p',
    })
    expect(read('compare=off')).toMatchObject({ wantsComparison: false, questionBefore: undefined })
  })

  it('refuses nothing before the limits are known', () => {
    const address = new URLSearchParams('period=custom&from=2024-01-01&to=2026-11-01')
    expect(readMetricsAddress(address, TODAY, undefined).refused).toEqual({})
  })

  it('keeps the rest of it when one thing changes', () => {
    const after = writeAddress(new URLSearchParams('period=7d&product=p'), { period: undefined })
    expect(after.toString()).toBe('product=p')
  })
})
