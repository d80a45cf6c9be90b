/**
 * The OAuth transaction: what the BFF remembers from authorization request to callback. It travels
 * sealed in a cookie of its own, so a callback counts only in the browser that began.
 */
import * as v from 'valibot'
import type { KeyRing } from '../sealing/key-ring.ts'
import { packScopes, unpackScopes } from '../sealing/scope-set.ts'
import { createSeal } from '../sealing/seal.ts'

/** Long enough to sign in at Polar, short enough for a stolen cookie (RFC 9700 §4.7). */
export const TRANSACTION_LIFETIME_SECONDS = 600

const schema = v.object({
  /** Spent by the first exchange that names the state. */
  id: v.string(),
  startedAt: v.number(),
  /** S256 of the `state` that Polar echoes; 43 base64url characters (RFC 6749 §10.12). */
  stateHash: v.string(),
  /** S256 of the code verifier, which the browser keeps until the exchange (RFC 7636 §4.2). */
  codeChallenge: v.string(),
  /** Must come back inside the ID token (OpenID Connect Core §3.1.3.7). */
  nonce: v.string(),
  /** Repeated byte for byte at the exchange (RFC 6749 §4.1.3). */
  redirectUri: v.string(),
  /** Origin of the server it was begun at, so that a code is never sent to another. */
  server: v.string(),
  subject: v.picklist(['user', 'organization']),
  /** The organization that was asked for, if one was. */
  organization: v.optional(v.string()),
  /** Packed, so that four of them fit beside the session however much is asked for. */
  scopes: v.pipe(v.string(), v.transform(unpackScopes)),
})

export type Transaction = Readonly<v.InferOutput<typeof schema>>

export function createTransactionSeal(ring: KeyRing) {
  const box = createSeal(ring, 'transaction', schema)
  return {
    seal: (transaction: Transaction) =>
      box.seal(
        { ...transaction, scopes: packScopes(transaction.scopes) },
        transaction.startedAt + TRANSACTION_LIFETIME_SECONDS,
      ),
    /** Undefined for whatever is not a transaction of ours. */
    async open(sealed: string) {
      const opened = await box.open(sealed)
      return opened && { transaction: opened.value as Transaction, expiresAt: opened.expiresAt }
    },
  }
}
