/**
 * The sign-ins that are under way in one browser, as they come and go with a request: each lies in a
 * slot of its own, so that tabs do not take each other's.
 */
import type { Context } from 'hono'
import { TRANSACTION_SLOTS, type CookieJar, type TransactionSlot } from '../http/cookie-jar.ts'
import { BffError } from '../errors/bff-error.ts'
import type { KeyRing } from '../sealing/key-ring.ts'
import { equalDigests, s256 } from '../runtime/random.ts'
import {
  TRANSACTION_LIFETIME_SECONDS,
  createTransactionSeal,
  type Transaction,
} from './transaction.ts'
import type { Time } from '../runtime/time.ts'

export interface FoundTransaction {
  readonly slot: TransactionSlot
  readonly transaction: Transaction
  readonly expiresAt: number
}

export function createTransactionCookies(options: {
  readonly jar: CookieJar
  readonly keys: KeyRing
  readonly time: Time
}) {
  const { jar, keys, time } = options
  const seal = createTransactionSeal(keys)

  /** All that are ours, expired or not. */
  async function open(c: Context): Promise<FoundTransaction[]> {
    const found: FoundTransaction[] = []
    for (const [slot, sealed] of jar.read(c).transactions) {
      const opened = await seal.open(sealed)
      if (opened !== undefined) found.push({ slot, ...opened })
    }
    return found
  }

  return {
    /**
     * The one that `state` names, expired or not.
     *
     * @throws {BffError} `transaction_missing` when this browser has none under way,
     *   `state_mismatch` when it has others: they stay as they are.
     */
    async find(c: Context, state: string | undefined): Promise<FoundTransaction> {
      const stateHash = await s256(state ?? '')
      const all = await open(c)
      // S1, S5: only the transaction that this state names
      const found = all.find(({ transaction }) => equalDigests(transaction.stateHash, stateHash))
      if (found !== undefined) return found
      throw all.length === 0
        ? new BffError('transaction_missing', 'no sign-in under way in this browser')
        : new BffError('state_mismatch', 'the state of no sign-in of this browser')
    },

    /** In a free slot at random, since two tabs may begin at once, or in place of the oldest. */
    async keep(c: Context, transaction: Transaction): Promise<void> {
      const now = time.now()
      const living = (await open(c)).filter(({ expiresAt }) => expiresAt > now)
      const free = TRANSACTION_SLOTS.filter((slot) => !living.some((taken) => taken.slot === slot))
      const [pick = 0] = crypto.getRandomValues(new Uint8Array(1))
      const [oldest] = living.sort(
        (left, right) => left.transaction.startedAt - right.transaction.startedAt,
      )
      const slot = free[pick % free.length] ?? oldest?.slot ?? 0
      jar.setTransaction(c, slot, await seal.seal(transaction), TRANSACTION_LIFETIME_SECONDS)
    },

    end: (c: Context, { slot }: FoundTransaction) => jar.clearTransaction(c, slot),

    /** All of them but the one that was ended already. */
    endOthers(c: Context, ended?: FoundTransaction): void {
      for (const slot of jar.read(c).transactions.keys()) {
        if (slot !== ended?.slot) jar.clearTransaction(c, slot)
      }
    },
  }
}
