import { describe, expect, it } from 'vitest'
import { formatMoney } from './money.ts'

describe('An amount', () => {
  it.each([
    [2000, 'usd', '$20.00'],
    [123456, 'eur', '€1,234.56'],
    [500, 'jpy', '¥500'],
    [500000, 'huf', 'HUF 5,000'],
    [500050, 'huf', 'HUF 5,000.50'],
    [1230, 'kwd', 'KWD 12.300'],
    [-500, 'usd', '-$5.00'],
    [0, 'usd', '$0.00'],
    [100, 'zzz', 'ZZZ 1.00'],
    [-123_456, 'huf', '-HUF 1,234.56'],
    [100, 'idr', 'IDR 1'],
    [150, 'ISK', 'ISK 1.50'],
    [500, 'krw', '₩500'],
    [100, 'points', '¤1.00 points'],
    [100, '', '¤1.00'],
    [2, 'usd', '$0.02'],
    [0.5, 'usd', '$0.005'],
    [0.025, 'usd', '$0.00025'],
    [12_345_678_901, 'usd', '$123,456,789.01'],
  ])('of %d %s reads %s', (amount, currency, words) => {
    // Intl puts a space that does not break before a code.
    expect(formatMoney(amount, currency, 'en-US').replaceAll('\u00a0', ' ')).toBe(words)
  })

  it('accepts the currency in capitals too', () => {
    expect(formatMoney(500, 'JPY', 'en-US')).toBe('¥500')
  })

  it('is in the language of the reader', () => {
    expect(formatMoney(123456, 'eur', 'de-DE').replaceAll('\u00a0', ' ')).toBe('1.234,56 €')
  })
})
