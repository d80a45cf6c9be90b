/** Schemas that several request bodies share. */
import * as v from 'valibot'
import type { Address } from '../objects/models.ts'

/** The merchant's own notes on an object. */
export const metadata = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))

/** An address that a browser is sent to: only http and https. */
export const webAddress = v.pipe(v.string(), v.url(), v.regex(/^https?:/i))

/** Polar has a list of countries. Here any two letters are valid. */
export const address = v.looseObject({
  country: v.pipe(v.string(), v.length(2)),
}) as unknown as v.GenericSchema<unknown, Address>

/** Reserved domains (RFC 2606). None of them accepts e-mail. */
const RESERVED = /@(.+\.)?(example\.(com|net|org)|example|test|invalid|localhost)$/i

/** Polar refuses addresses whose domain accepts no e-mail. */
export const email = v.pipe(
  v.string(),
  v.check(
    (text) => reasonAgainst(text) === undefined,
    ({ input }) => {
      const named = input.includes('@') ? input : 'value'
      return `${named} is not a valid email address: ${reasonAgainst(input)}`
    },
  ),
)

function reasonAgainst(address: string): string | undefined {
  if (!address.includes('@')) return 'An email address must have an @-sign.'
  if (!v.is(v.pipe(v.string(), v.rfcEmail()), address)) return 'The email address is not valid.'
  const domain = address.split('@').at(-1)
  return RESERVED.test(address) ? `The domain name ${domain} does not accept email.` : undefined
}
