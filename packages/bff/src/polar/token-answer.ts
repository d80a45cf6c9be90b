/**
 * The answer of the token endpoint (RFC 6749 §5.1), read leniently where that is safe. By the time
 * it answers, Polar has rotated the pair: an unusual member must not cost it.
 */
import * as v from 'valibot'
import { parseScope } from '../sealing/scope-set.ts'
import { SESSION_LIFETIME_SECONDS } from '../sealing/sealed-session.ts'

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
      v.transform((seconds) => Math.min(seconds, SESSION_LIFETIME_SECONDS)),
    ),
    DEFAULT_LIFETIME_SECONDS,
  ),
  scope: absentUnless(
    v.union([
      v.string(),
      v.pipe(
        v.array(v.string()),
        v.transform((words) => words.join(' ')),
      ),
    ]),
  ),
  id_token: absentUnless(v.string()),
})

export type TokenAnswer = v.InferOutput<typeof schema>

/** Undefined unless `body` has an access token that can be sent. Any other oddity is passed over. */
export function parseTokenAnswer(body: unknown): TokenAnswer | undefined {
  const parsed = v.safeParse(schema, body)
  return parsed.success ? parsed.output : undefined
}

/** A pair as the token endpoint gave it. */
export interface Tokens {
  readonly accessToken: string
  /** Absent if the client may not refresh. */
  readonly refreshToken?: string
  /** Epoch seconds by our clock. */
  readonly issuedAt: number
  readonly accessTokenExpiresAt: number
  /** Absent if Polar did not say: then they are those that were asked for (RFC 6749 §5.1). */
  readonly scopes?: readonly string[]
}

/** @param now epoch seconds. */
export function toTokens(answer: TokenAnswer, now: number): Tokens {
  const issuedAt = Math.floor(now)
  return {
    accessToken: answer.access_token,
    ...(answer.refresh_token !== undefined && { refreshToken: answer.refresh_token }),
    issuedAt,
    accessTokenExpiresAt: issuedAt + Math.floor(answer.expires_in),
    ...(answer.scope !== undefined && { scopes: parseScope(answer.scope) }),
  }
}
