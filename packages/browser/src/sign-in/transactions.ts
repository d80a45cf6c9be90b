/** What a tab remembers of its sign-in until the callback: the verifier, and where to return. */
import type { SubjectType } from '@polar-connect/protocol'
import { openStorage } from '../runtime/web-apis.ts'

export interface TabTransaction {
  readonly codeVerifier: string
  readonly returnPath: string
  /** What was asked for, so that another try asks for the same. */
  readonly wishes: TabWishes
  /** The id of the connection that was there before, if any. */
  readonly before?: string
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
  take(state: string): TabTransaction | undefined
  /** Whether this tab took the transaction of `state` before. */
  wasTaken(state: string): boolean
  /** Whether this tab has begun another sign-in. */
  hasPending(): boolean
}

const PENDING = 'polar-connect:pending'
const TAKEN = 'polar-connect:taken'

export function createTabTransactions(): TabTransactions {
  const storage = openStorage('sessionStorage')
  return {
    keep: (state, transaction) => storage.set(PENDING, JSON.stringify({ state, ...transaction })),
    take(state) {
      const kept = JSON.parse(storage.get(PENDING) ?? 'null') as
        (TabTransaction & { readonly state: string }) | null
      if (kept?.state !== state) return undefined
      // S10: gone from storage before it is sent
      storage.remove(PENDING)
      storage.set(TAKEN, state)
      return kept
    },
    wasTaken: (state) => storage.get(TAKEN) === state,
    hasPending: () => storage.get(PENDING) !== undefined,
  }
}
