/**
 * The OAuth transaction: what the BFF remembers from authorization request to callback. It travels
 * sealed in a cookie of its own, so a callback counts only in the browser that began. A browser has a
 * few such cookies, so that its tabs do not overwrite each other's.
 */
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import type { CookieJar } from '../http/cookie-jar.ts'
import type { Exchange } from '../http/exchange.ts'
import { equalDigests, s256 } from '../runtime/random.ts'
import { packedScopes, packScopes } from '../sealing/scope-set.ts'
import { createSeal } from '../sealing/seal.ts'
import type { Settings } from '../settings/settings.ts'

/** Long enough to sign in at Polar, short enough for a stolen cookie (RFC 9700 §4.7). */
export const TRANSACTION_LIFETIME_SECONDS = 600

const schema = v.object({
  /** The first exchange that names the state spends it. */
  id: v.string(),
  /** The host app's user who began it, if the app names its users. */
  owner: v.exactOptional(v.string()),
  startedAt: v.number(),
  /** S256 of the `state` that Polar returns; 43 base64url characters (RFC 6749 §10.12). */
  stateHash: v.string(),
  /** S256 of the code verifier, which the browser keeps until the exchange (RFC 7636 §4.2). */
  codeChallenge: v.string(),
  /** Must come back inside the ID token (OpenID Connect Core §3.1.3.7). */
  nonce: v.string(),
  /** Repeated byte for byte at the exchange (RFC 6749 §4.1.3). */
  redirectUri: v.string(),
  /** Origin of the server it was begun at. A code is sent to no other. */
  server: v.string(),
  subject: v.picklist(['user', 'organization']),
  /** The organization that was asked for, if one was. */
  organization: v.exactOptional(v.string()),
  /** Packed, so that four transactions fit beside the session. */
  scopes: packedScopes,
})

export type Transaction = Readonly<v.InferOutput<typeof schema>>

/** See {@link createTransactions}. */
export type FoundTransaction = Awaited<ReturnType<ReturnType<typeof createTransactions>['find']>>

export function createTransactions(
  { keys, time }: Settings,
  { transactions: cookies }: Pick<CookieJar, 'transactions'>,
) {
  const seal = createSeal(keys, 'transaction', schema)

  /** All that are ours, expired or not. */
  async function open(exchange: Exchange) {
    const all = cookies.map(async (cookie) => {
      const opened = await seal.open(cookie.read(exchange) ?? '')
      return opened && { cookie, transaction: opened.value, expiresAt: opened.expiresAt }
    })
    return (await Promise.all(all)).filter((found) => found !== undefined)
  }

  return {
    /**
     * The one that `state` names, expired or not.
     *
     * @throws {BffError} `transaction_missing` if this browser has none in progress,
     *   `state_mismatch` if it has others: they stay as they are.
     */
    async find(exchange: Exchange, state: string | undefined) {
      const stateHash = await s256(state ?? '')
      const all = await open(exchange)
      // S1, S5: only the transaction that this state names
      const found = all.find(({ transaction }) => equalDigests(transaction.stateHash, stateHash))
      if (found !== undefined) return found
      throw all.length === 0
        ? new BffError('transaction_missing', 'no sign-in in progress in this browser')
        : new BffError('state_mismatch', 'the state of no sign-in of this browser')
    },

    /** In a free cookie at random, since two tabs may begin at once, or in place of the oldest. */
    async keep(exchange: Exchange, transaction: Transaction): Promise<void> {
      const living = (await open(exchange)).filter(({ expiresAt }) => expiresAt > time.now())
      const free = cookies.filter((cookie) => !living.some((taken) => taken.cookie === cookie))
      const [pick = 0] = crypto.getRandomValues(new Uint8Array(1))
      const [oldest] = living.sort(
        (left, right) => left.transaction.startedAt - right.transaction.startedAt,
      )
      const cookie = free[pick % free.length] ?? oldest?.cookie
      const packed = { ...transaction, scopes: packScopes(transaction.scopes) }
      const sealed = await seal.seal(packed, transaction.startedAt + TRANSACTION_LIFETIME_SECONDS)
      cookie?.set(exchange, sealed, TRANSACTION_LIFETIME_SECONDS)
    },
  }
}
