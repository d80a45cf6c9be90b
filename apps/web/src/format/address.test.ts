import { describe, expect, it } from 'vitest'
import { formatAddress } from './address.ts'

const nothing = { line1: null, line2: null, postal_code: null, city: null, state: null }

describe('An address', () => {
  it('is on one line, with the name of the country', () => {
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

  it('with only a country is that country', () => {
    expect(formatAddress({ ...nothing, country: 'JP' }, 'en-US')).toBe('Japan')
  })
})
