import { describe, expect, it } from 'vitest'
import { isAllZero, parseFigures, type Question } from './figures.ts'

const question: Question = {
  period: '7d',
  span: { from: '2026-11-22', to: '2026-11-23' },
  interval: 'day',
}
const parse = (answer: object, timeZone = 'UTC') =>
  parseFigures(answer as never, question, ['revenue', 'orders'], timeZone)

describe('Figures', () => {
  it('belong to the days of the zone, not to the moments that Polar names', () => {
    const { buckets } = parse(
      {
        periods: [
          { timestamp: '2026-11-22T05:00:00Z', revenue: 100, orders: 1 },
          { timestamp: '2026-11-23T05:00:00Z', revenue: 0, orders: 0 },
        ],
        totals: {},
        metrics: {},
      },
      'America/New_York',
    )
    expect(buckets.map(({ day }) => day)).toEqual(['2026-11-22', '2026-11-23'])
  })

  it.each([
    ['Europe/Paris', '2026-11-21T23:00:00Z', '2026-11-22'],
    ['America/New_York', '2026-11-22T04:59:59Z', '2026-11-21'],
  ])('are in %s at %s of %s', (zone, timestamp, day) => {
    const { buckets } = parse({ periods: [{ timestamp }], totals: {} }, zone)
    expect(buckets[0]?.day).toBe(day)
  })

  it('keep a date without a time', () => {
    const answer = { periods: [{ timestamp: '2026-11-22' }], totals: {}, metrics: {} }
    expect(parse(answer, 'America/New_York').buckets[0]?.day).toBe('2026-11-22')
  })

  it('leave out what Polar does not send, and what is not a number', () => {
    const { buckets, totals } = parse({
      periods: [{ timestamp: '2026-11-22T00:00:00Z', revenue: null, orders: '3', new: {} }],
      totals: { revenue: 5 },
    })
    expect(buckets[0]?.values).toEqual({})
    expect(totals).toEqual({ revenue: 5 })
  })

  it('take their type from Polar, and show an unknown type as the usual one', () => {
    const { types } = parse({
      periods: [],
      totals: {},
      metrics: { revenue: { type: 'currency_sub_cent' }, orders: { type: 'quaternion' } },
    })
    expect([types.revenue, types.orders]).toEqual(['currency_sub_cent', 'scalar'])
  })

  it.each([{}, { periods: 'none' }, { periods: [{ timestamp: 'once' }] }, { periods: [null] }])(
    'are not to be had of %j',
    (answer) => {
      expect(() => parse(answer)).toThrow(expect.objectContaining({ code: 'bad_response' }))
    },
  )

  it('are all zero only if each of them is', () => {
    const at = (orders: number) =>
      parse({ periods: [{ timestamp: '2026-11-22', revenue: 0, orders }], totals: {} })
    expect(isAllZero(at(0))).toBe(true)
    expect(isAllZero(at(1))).toBe(false)
  })
})
