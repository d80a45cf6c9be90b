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
    (text) => text.includes('@'),
    'value is not a valid email address: An email address must have an @-sign.',
  ),
  v.rfcEmail('value is not a valid email address: The email address is not valid.'),
  v.check(
    (text) => !RESERVED.test(text),
    ({ input }) =>
      `${input} is not a valid email address: The domain name ${input.split('@').at(-1)} does not accept email.`,
  ),
)
