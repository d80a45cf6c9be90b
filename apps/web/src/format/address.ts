/** A postal address on one line, with the parts that are known. */
import { formatCountry } from './country.ts'

type Part = 'line1' | 'line2' | 'postal_code' | 'city' | 'state'
type Address = Readonly<Partial<Record<Part, string | null>>> & { readonly country: string }

export function formatAddress(address: Address, locale: string): string {
  const { line1, line2, postal_code: code, city, state, country } = address
  // `US-CA` has the country already.
  const region = state?.replace(new RegExp(`^${country}-`), '')
  const place = [code, city, region].filter(Boolean).join(' ')
  return [line1, line2, place, formatCountry(country, locale)].filter(Boolean).join(', ')
}
