/** What a tab remembers of a sign-in until the callback: the verifier, and where to go on. */
import type { SubjectType } from '@polar-connect/protocol'

export interface TabTransaction {
  readonly codeVerifier: string
  readonly returnPath: string
  /** What was asked for, so that another try asks for the same. */
  readonly wishes: TabWishes
}

/** Whom a sign-in is for and what it asks; never how silently, since another try is a person's. */
export interface TabWishes {
  readonly subject?: SubjectType
  readonly organization?: string
  readonly scopes?: readonly string[]
}

/** A tab has one sign-in at a time: a new one drops the one that was abandoned. */
export interface TabTransactions {
  keep(state: string, transaction: TabTransaction): void
  /** Gives it and forgets it: the verifier is in no storage once it travels. */
  take(state: string): TabTransaction | undefined
  /** Whether this tab has taken the transaction of `state` before. */
  wasTaken(state: string): boolean
  /** Whether a sign-in of another state is under way in this tab. */
  hasPending(): boolean
}

const PENDING = 'polar-connect:pending'
const TAKEN = 'polar-connect:taken'

export function createTabTransactions(storage: () => Storage): TabTransactions {
  return {
    keep(state, transaction) {
      storage().setItem(PENDING, JSON.stringify({ state, ...transaction }))
    },
    take(state) {
      const kept = JSON.parse(storage().getItem(PENDING) ?? 'null') as
        (TabTransaction & { readonly state: string }) | null
      if (kept?.state !== state) return undefined
      // S10: gone from storage before it is sent
      storage().removeItem(PENDING)
      storage().setItem(TAKEN, state)
      return kept
    },
    hasPending: () => storage().getItem(PENDING) !== null,
    wasTaken: (state) => storage().getItem(TAKEN) === state,
  }
}
