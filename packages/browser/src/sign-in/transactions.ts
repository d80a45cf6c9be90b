/** What a tab remembers of its sign-in until the callback: the verifier, and where to return. */
import type { SubjectType } from '@polar-connect/protocol'
import type { ErrorCode } from '../errors.ts'
import { openStorage } from '../runtime/web-apis.ts'

export interface TabTransaction {
  readonly codeVerifier: string
  readonly returnPath: string
  /** What was asked for, so that another try asks for the same. */
  readonly wishes: TabWishes
  /** The id of the connection that was there before, if any. */
  readonly before: string | undefined
}

/** Whom a sign-in is for and what it asks for. Without `prompt`: a person makes the next try. */
export interface TabWishes {
  readonly subject?: SubjectType
  readonly organization?: string
  readonly scopes?: readonly string[]
}

/** A tab has one sign-in at a time: a new one drops an abandoned one. */
export interface TabTransactions {
  /** Whether the tab can remember it. */
  keep(state: string, transaction: TabTransaction): boolean
  /** Returns it and forgets it: the verifier is in no storage once it travels. */
  take(state: string | undefined): TabTransaction | undefined
  /** Why there is nothing to take for `state`; without one, for an address that names no sign-in. */
  whyMissing(state: string | undefined): ErrorCode
}

/** What the tab's storage holds: a sign-in, or only its state once it was taken. */
type Kept = { readonly state: string } & Partial<TabTransaction>

const KEY = 'polar-connect:sign-in'

export function createTabTransactions(): TabTransactions {
  const storage = openStorage('sessionStorage')
  const read = () => JSON.parse(storage.get(KEY) ?? '{}') as Partial<Kept>
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
      // A reload or a step back finds the address without its parameters.
      if (kept && !codeVerifier && kept === (state ?? kept)) return 'callback_replayed'
      if (!state) return 'missing_code'
      return codeVerifier ? 'state_mismatch' : 'transaction_missing'
    },
  }
}
