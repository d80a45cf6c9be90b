/** Forms of members that several request bodies share. */
import * as v from 'valibot'
import type { Address } from '../objects/models.ts'

/** What a shop notes with an object, for itself. */
export const metadata = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))

/** An address to send a browser to: nothing but http and https. */
export const webAddress = v.pipe(v.string(), v.url(), v.regex(/^https?:/i))

/** Polar knows its countries by name. Here any two letters do. */
export const address = v.looseObject({
  country: v.pipe(v.string(), v.length(2)),
}) as unknown as v.GenericSchema<unknown, Address>

/** Domains that no one can have (RFC 2606), so that none of them takes mail. */
const RESERVED = /@(.+\.)?(example\.(com|net|org)|example|test|invalid|localhost)$/i

/** Polar looks the domain of an address up: one that takes no mail is refused. */
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
