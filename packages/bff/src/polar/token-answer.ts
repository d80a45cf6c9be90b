/**
 * The answer of the token endpoint (RFC 6749 §5.1), read leniently where that is safe. By the time
 * it answers, Polar has rotated the pair: an unusual member must not lose it.
 */
import * as v from 'valibot'
import { parseScope } from '../sealing/scope-set.ts'
import { SESSION_LIFETIME_SECONDS, type Session } from '../sealing/sealed-session.ts'

/** If Polar names no usable lifetime: the one that it gives to a refreshed token. */
const DEFAULT_LIFETIME_SECONDS = 3600

/** Characters that a header can carry (RFC 6749 appendix A.12). */
const token = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/))

const absentUnless = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.fallback(v.optional(schema), undefined)

// `token_type` is not read: Polar issues bearer tokens alone, and no one else gets them from us.
const schema = v.object({
  access_token: token,
  refresh_token: absentUnless(token),
  expires_in: v.fallback(
    v.pipe(
      v.union([v.number(), v.pipe(v.string(), v.transform(Number))]),
      v.minValue(1),
      // Longer than a session means nothing, and some numbers are no date.
      v.transform((seconds) => Math.floor(Math.min(seconds, SESSION_LIFETIME_SECONDS))),
    ),
    DEFAULT_LIFETIME_SECONDS,
  ),
  scope: absentUnless(v.union([v.string(), v.array(v.string())])),
  id_token: v.fallback(v.string(), ''),
})

type Pair = 'accessToken' | 'refreshToken' | 'issuedAt' | 'accessTokenExpiresAt'

/**
 * A pair as the token endpoint gave it. Without scopes if Polar did not say: then they are those that
 * were asked for (RFC 6749 §5.1).
 */
export type Tokens = Pick<Session, Pair> & Partial<Pick<Session, 'scopes'>>

/**
 * Undefined unless `body` has an access token that can be sent. Other unusual members are ignored. The
 * ID token is not checked yet. It is empty if there is none.
 *
 * @param now epoch seconds.
 */
export function parseTokens(body: unknown, now: number) {
  const { success, output } = v.safeParse(schema, body)
  if (!success) return undefined
  const { access_token: accessToken, refresh_token: refreshToken, scope } = output
  const issuedAt = Math.floor(now)
  const tokens: Tokens = {
    accessToken,
    ...(refreshToken !== undefined && { refreshToken }),
    issuedAt,
    accessTokenExpiresAt: issuedAt + output.expires_in,
    ...(scope !== undefined && { scopes: parseScope([scope].flat().join(' ')) }),
  }
  return { tokens, idToken: output.id_token }
}
