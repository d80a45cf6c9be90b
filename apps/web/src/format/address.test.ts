import { describe, expect, it } from 'vitest'
import { formatAddress } from './address.ts'

const nothing = { line1: null, line2: null, postal_code: null, city: null, state: null }

describe('An address', () => {
  it('stands on one line, with the country in words', () => {
    const address = {
      line1: '1 Invented Street',
      line2: 'Floor 2',
      postal_code: '94105',
      city: 'Sampleton',
      state: 'US-CA',
      country: 'US',
    }
    expect(formatAddress(address, 'en-US')).toBe(
      '1 Invented Street, Floor 2, 94105 Sampleton CA, United States',
    )
  })

  it('of which only the country is known is that country', () => {
    expect(formatAddress({ ...nothing, country: 'JP' }, 'en-US')).toBe('Japan')
  })
})
