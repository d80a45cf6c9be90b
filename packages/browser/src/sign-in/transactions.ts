/** What a tab stores of its sign-in until the callback, such as the verifier and the return path. */
import type { SubjectType } from '@polar-connect/protocol'
import type { ErrorCode } from '../errors.ts'
import { attempt } from '../runtime/attempt.ts'
import { openStorage } from '../runtime/web-apis.ts'

export interface TabTransaction {
  readonly codeVerifier: string
  readonly returnPath: string
  /** The options of the sign-in, for a retry with the same options. */
  readonly wishes: TabWishes
  /** The ID of the earlier connection, if any. */
  readonly before: string | undefined
}

/** The options of a sign-in that a retry repeats. Not `prompt`: a person makes the retry. */
export interface TabWishes {
  readonly subject?: SubjectType
  readonly organization?: string
  readonly scopes?: readonly string[]
}

/** A tab has one sign-in at a time: a new one replaces an abandoned one. */
export interface TabTransactions {
  /** Whether the tab could store it. */
  keep(state: string, transaction: TabTransaction): boolean
  /** Returns it and removes the verifier from storage before it is sent. */
  take(state: string | undefined): TabTransaction | undefined
  /** Why `take` found nothing for `state`. Undefined: the address has no state. */
  whyMissing(state: string | undefined): ErrorCode
}

/** The stored form: a sign-in, or only its state after `take`. */
type Kept = { readonly state: string } & Partial<TabTransaction>

const KEY = 'polar-connect:sign-in'

export function createTabTransactions(): TabTransactions {
  const storage = openStorage('sessionStorage')
  // Other code of this origin can write there too: what cannot be read counts as nothing.
  const read = () => (attempt(() => JSON.parse(storage.get(KEY) ?? '')) ?? {}) as Partial<Kept>
  return {
    keep: (state, transaction) => storage.set(KEY, JSON.stringify({ state, ...transaction })),
    take(state) {
      const kept = read()
      if (!kept.codeVerifier || kept.state !== state) return undefined
      // S10: gone from storage before it is sent
      storage.set(KEY, JSON.stringify({ state }))
      return kept as TabTransaction
    },
    whyMissing(state) {
      const { state: kept, codeVerifier } = read()
      // After a reload or a step back, the address has no parameters.
      if (kept && !codeVerifier && kept === (state ?? kept)) return 'callback_replayed'
      if (!state) return 'missing_code'
      return codeVerifier ? 'state_mismatch' : 'transaction_missing'
    },
  }
}
