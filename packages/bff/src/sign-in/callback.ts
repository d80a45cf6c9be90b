/**
 * `POST /bff/callback` ends a sign-in. It counts only in the browser that began it (the sealed
 * cookie), in the tab that began it (the verifier), and once.
 */
import { isAuthorizationError } from '@polar-connect/protocol'
import { decodeJwt, errors } from 'jose'
import type { IDToken } from 'oauth4webapi'
import * as v from 'valibot'
import { COORDINATOR_KEYS, type Coordinator } from '../coordinator/coordinator.ts'
import { BffError } from '../errors/bff-error.ts'
import { identify } from './identity.ts'
import type { Settings } from '../settings/settings.ts'
import type { Issuers } from '../polar/issuers.ts'
import type { Exchanged, OAuthClient } from '../polar/oauth-client.ts'
import type { PolarTransport } from '../polar/transport.ts'
import { equalDigests, randomId, s256 } from '../runtime/random.ts'
import { SESSION_LIFETIME_SECONDS, type Session } from '../sealing/sealed-session.ts'
import type { IdTokenKeys } from './id-token.ts'
import type { FoundTransaction } from './transaction-cookies.ts'
import { TRANSACTION_LIFETIME_SECONDS, type Transaction } from './transaction.ts'

const text = (maxLength: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maxLength))
/** 43 to 128 unreserved characters (RFC 7636 §4.1). */
const codeVerifier = v.pipe(v.string(), v.regex(/^[A-Za-z0-9\-._~]{43,128}$/))

export const callbackSchema = v.union([
  v.strictObject({
    code: text(512),
    state: text(128),
    code_verifier: codeVerifier,
    iss: v.optional(text(512)),
  }),
  v.strictObject({
    error: text(128),
    error_description: v.optional(v.pipe(v.string(), v.maxLength(2048))),
    error_uri: v.optional(v.pipe(v.string(), v.maxLength(2048))),
    state: v.optional(text(128)),
    iss: v.optional(text(512)),
  }),
])

/**
 * Spends the transaction, and checks all that can be checked before Polar is asked.
 *
 * @throws {BffError} `transaction_missing` when it was spent before or begun elsewhere,
 *   `transaction_expired`, `authorization_error`, `issuer_mismatch` or `verifier_mismatch`;
 *   `polar_unavailable` if it names an unexpected issuer, and Polar cannot be asked about it.
 */
export async function settleTransaction(
  { transaction, expiresAt }: FoundTransaction,
  body: v.InferOutput<typeof callbackSchema>,
  settings: Settings,
  issuers: Issuers,
  now: number,
): Promise<{ readonly code: string; readonly codeVerifier: string }> {
  await spend(transaction, settings.coordinator)
  const { server, redirectUri } = settings
  // S3: by the time sealed inside, not by the cookie's
  if (expiresAt <= now) throw new BffError('transaction_expired', 'begun too long ago')
  // S8: only where it began
  if (transaction.server !== server.identity.origin || transaction.redirectUri !== redirectUri) {
    throw new BffError('transaction_missing', 'begun at another server or for another address')
  }
  const isCode = 'code' in body
  // S4: before Polar is asked
  if (isCode && !equalDigests(await s256(body.code_verifier), transaction.codeChallenge)) {
    throw new BffError('verifier_mismatch', 'the verifier of another sign-in')
  }
  // Required with a code; errors that Polar raises before consent come without it (RFC 9207 §2.4).
  // S9: a code comes with an issuer
  if (isCode || body.iss !== undefined) {
    const isPolar = body.iss !== undefined && (await issuers.accepts(body.iss))
    if (!isPolar) throw new BffError('issuer_mismatch', 'an answer of another issuer')
  }
  if (!isCode) {
    const authorizationError = isAuthorizationError(body.error) ? body.error : 'unknown'
    throw new BffError('authorization_error', 'Polar refused', { authorizationError })
  }
  return { code: body.code, codeVerifier: body.code_verifier }
}

/**
 * Exchanges the code and finds out who is connected. Tokens that end in no session are revoked.
 *
 * @throws {BffError} `id_token_invalid`, what {@link identify} throws, or what Polar refused.
 */
export async function connect(options: {
  readonly transaction: Transaction
  readonly code: string
  readonly codeVerifier: string
  readonly client: OAuthClient
  readonly issuers: Issuers
  readonly keys: IdTokenKeys
  readonly transport: PolarTransport
  readonly now: number
}): Promise<Session> {
  const { transaction, code, codeVerifier, client, transport, now } = options
  const { redirectUri, nonce } = transaction
  const exchanged = await client.exchange({ code, codeVerifier, redirectUri, nonce })
  // Polar leaves the member out if the scopes are those that were asked for (RFC 6749 §5.1).
  const tokens = { scopes: transaction.scopes, ...exchanged.tokens }
  try {
    const claims = await checkIdToken(exchanged, options)
    const identity = await identify({ tokens, claims, transaction, client, transport })
    return {
      id: randomId(),
      ...tokens,
      ...identity,
      connectedAt: Math.floor(now),
      expiresAt: Math.floor(now) + SESSION_LIFETIME_SECONDS,
      generation: 0,
      server: transaction.server,
      requestedScopes: transaction.scopes,
    }
  } catch (cause) {
    await client.revoke(tokens)
    throw cause
  }
}

/** @throws {BffError} `id_token_invalid` unless it is Polar's, for this client and this sign-in. */
async function checkIdToken(
  { idToken, checkClaims }: Exchanged,
  { issuers, keys }: { readonly issuers: Issuers; readonly keys: IdTokenKeys },
): Promise<IDToken> {
  const issuer = idToken === undefined ? undefined : issuerOf(idToken)
  if (idToken === undefined || issuer === undefined || !(await issuers.accepts(issuer))) {
    throw new BffError('id_token_invalid', 'no ID token of an issuer that is Polar')
  }
  const claims = await checkClaims(issuer)
  // S56: the signature
  await keys.verify(idToken)
  return claims
}

/** Read before anything is checked: it only decides which issuer the check expects. */
function issuerOf(idToken: string): string | undefined {
  try {
    return decodeJwt(idToken).iss
  } catch (cause) {
    if (!(cause instanceof errors.JOSEError)) throw cause
    return undefined
  }
}

async function spend({ id }: Transaction, coordinator: Coordinator): Promise<void> {
  const key = COORDINATOR_KEYS.spentTransaction(id)
  // Remembered for longer than the sealed value could open, on any instance's clock.
  // S2: the first exchange spends the transaction
  if (await coordinator.claim(key, 'spent', TRANSACTION_LIFETIME_SECONDS + 60)) return
  throw new BffError('transaction_missing', 'this sign-in was finished before')
}
