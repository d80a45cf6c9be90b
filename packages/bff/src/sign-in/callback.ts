/**
 * `POST /bff/callback` ends a sign-in. It counts only in the browser that began it (the sealed
 * cookie), in the tab that began it (the verifier), and once.
 */
import { isAuthorizationError } from '@polar-connect/protocol'
import * as v from 'valibot'
import { COORDINATOR_KEYS } from '../coordinator/coordinator.ts'
import { BffError } from '../errors/bff-error.ts'
import { repeatInvalidGrant } from '../polar/freshly-issued.ts'
import type { Polar } from '../polar/polar.ts'
import { equalDigests, randomId, s256 } from '../runtime/random.ts'
import { SESSION_LIFETIME_SECONDS, type Session } from '../sealing/sealed-session.ts'
import type { RequestSession } from '../session/request-session.ts'
import type { Settings } from '../settings/settings.ts'
import { createCheckIdToken } from './id-token.ts'
import { identify } from './identity.ts'
import {
  TRANSACTION_LIFETIME_SECONDS,
  type FoundTransaction,
  type Transaction,
} from './transaction.ts'

/** A callback that is younger may come before Polar has stored its code. */
const YOUNG_CALLBACK_MS = 2000

const text = (maxLength: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maxLength))
const longText = v.pipe(v.string(), v.maxLength(2048))

/** What a page sends that Polar gave a code. */
const codeSchema = v.strictObject({
  code: text(512),
  state: text(128),
  /** 43 to 128 unreserved characters (RFC 7636 §4.1). */
  code_verifier: v.pipe(v.string(), v.regex(/^[A-Za-z0-9\-._~]{43,128}$/)),
  iss: v.optional(text(512)),
})

export const callbackSchema = v.union([
  codeSchema,
  v.strictObject({
    error: text(128),
    error_description: v.optional(longText),
    error_uri: v.optional(longText),
    state: v.optional(text(128)),
    iss: v.optional(text(512)),
  }),
])

export function createCallback(settings: Settings, polar: Polar) {
  const { server, redirectUri, coordinator, time } = settings
  const checkIdToken = createCheckIdToken(settings, polar)

  return {
    /**
     * Spends the transaction, and checks all that can be checked before the code is sent.
     *
     * @throws {BffError} `transaction_missing` if it was spent before or begun elsewhere,
     *   `transaction_expired`, `owner_mismatch`, `authorization_error`, `issuer_mismatch` or
     *   `verifier_mismatch`; `polar_unavailable` if it names an unexpected issuer, and Polar cannot be
     *   asked about it; `rate_limited`: then it is not spent.
     */
    async settle(
      { transaction, expiresAt }: FoundTransaction,
      owner: string | undefined,
      body: v.InferOutput<typeof callbackSchema>,
    ): Promise<v.InferOutput<typeof codeSchema>> {
      const key = COORDINATOR_KEYS.spentTransaction(transaction.id)
      // Remembered for longer than the sealed value could open, on any instance's clock.
      // S2: the first exchange spends the transaction
      if (!(await coordinator.claim(key, 'spent', TRANSACTION_LIFETIME_SECONDS + 60))) {
        throw new BffError('transaction_missing', 'this sign-in was finished before')
      }
      // S3: by the time sealed inside, not by the cookie's
      if (expiresAt <= time.now()) throw new BffError('transaction_expired', 'begun too long ago')
      if (
        // S8: only where it began
        transaction.server !== server.identity.origin ||
        transaction.redirectUri !== redirectUri
      ) {
        throw new BffError('transaction_missing', 'begun at another server or for another address')
      }
      // S68: only by the user who began it
      if (transaction.owner !== owner) {
        throw new BffError('owner_mismatch', 'begun by another user of the app')
      }
      const isCode = 'code' in body
      // S4: before Polar is asked
      if (isCode && !equalDigests(await s256(body.code_verifier), transaction.codeChallenge)) {
        throw new BffError('verifier_mismatch', 'the verifier of another sign-in')
      }
      // Errors that Polar raises before consent come without an issuer (RFC 9207 §2.4).
      // S9: a code comes with an issuer
      if (isCode || body.iss !== undefined) {
        const isPolar = body.iss !== undefined && (await polar.acceptsIssuer(body.iss))
        if (!isPolar)
          throw new BffError('issuer_mismatch', 'an answer that names another issuer, or none')
      }
      if (isCode) {
        // Last, so that only what reaches Polar counts. A person who has to wait may try again.
        await polar.limits.exchange().catch(async (cause: unknown) => {
          await coordinator.release(key, 'spent')
          throw cause
        })
        return body
      }
      const authorizationError = isAuthorizationError(body.error) ? body.error : 'unknown'
      throw new BffError('authorization_error', 'Polar refused', { authorizationError })
    },

    /**
     * Exchanges the code, finds out who is connected, and makes that the session of the request. If
     * anything fails, the pair is revoked: no one else would end it.
     *
     * @param startedAt when the callback came, by `time.elapsed()`.
     * @throws {BffError} `id_token_invalid`, what {@link identify} throws, or what Polar refused.
     */
    async connect(
      transaction: Transaction,
      { code, code_verifier: codeVerifier }: v.InferOutput<typeof codeSchema>,
      startedAt: number,
      current: RequestSession,
      caller: AbortSignal,
    ): Promise<Session> {
      const exchanged = await repeatInvalidGrant(
        time,
        () => time.elapsed() - startedAt < YOUNG_CALLBACK_MS,
        () => polar.oauth.exchange(code, codeVerifier, redirectUri),
      )
      // Polar leaves the member out if the scopes are those that were asked for (RFC 6749 §5.1).
      const tokens = { scopes: transaction.scopes, ...exchanged.tokens }
      try {
        const claims = await checkIdToken(exchanged.idToken, transaction.nonce)
        const connectedAt = Math.floor(time.now())
        const session: Session = {
          id: randomId(),
          ...(transaction.owner !== undefined && { owner: transaction.owner }),
          ...tokens,
          ...(await identify(tokens, claims, transaction, polar, time)),
          connectedAt,
          expiresAt: connectedAt + SESSION_LIFETIME_SECONDS,
          generation: 0,
          server: transaction.server,
          requestedScopes: transaction.scopes,
        }
        // No cookie reaches a browser that has gone, so its tokens must not live on.
        if (caller.aborted) throw new BffError('polar_unavailable', 'the caller hung up')
        await current.replace(session)
        return session
      } catch (cause) {
        await polar.oauth.revoke(tokens, current.exchange.keepAlive)
        throw cause
      }
    },
  }
}
