import { describe, expect, it } from 'vitest'
import { formatCountry } from './country.ts'

describe('A country', () => {
  it.each([
    ['US', 'United States'],
    ['jp', 'Japan'],
    ['ZZ', 'Unknown Region'],
    ['XQ', 'XQ'],
    ['nowhere', 'nowhere'],
    ['', ''],
  ])('"%s" reads "%s"', (code, name) => {
    expect(formatCountry(code, 'en-US')).toBe(name)
  })

  it('is named in the language of the reader', () => {
    expect(formatCountry('JP', 'de-DE')).toBe('Japan')
    expect(formatCountry('DE', 'de-DE')).toBe('Deutschland')
  })
})
