/**
 * A checkout link that is not made yet. It is kept in the tab, so that a reload, a permission more and
 * a session that ended cost nobody what they typed; and for one account alone.
 */
import { readJson, tabStorage } from './storage.ts'

export interface LinkDraft {
  readonly name: string
  readonly productIds: readonly string[]
  /** Where buyers land after paying; empty for Polar's own page. */
  readonly successPage: string
  readonly discountCodes: boolean
  readonly billingAddress: boolean
  /** The product that it was begun for, where it was begun at one. */
  readonly begunFor?: string | undefined
}

export const EMPTY_DRAFT: LinkDraft = {
  name: '',
  productIds: [],
  successPage: '',
  discountCodes: true,
  billingAddress: false,
}

const KEY = 'polar-connect:link-draft'

/**
 * What was kept for the account `subjectId`, or an empty one.
 *
 * @param product that the person began at: another one than before is a choice of its own.
 */
export function readDraft(subjectId: string, product: string | undefined): LinkDraft {
  const kept = readKept(subjectId)
  if (product === undefined || product === kept.begunFor) return kept
  return { ...kept, productIds: [product], begunFor: product }
}

function readKept(subjectId: string): LinkDraft {
  const kept = readJson(tabStorage, KEY) as
    { readonly subject?: string; readonly draft?: LinkDraft } | undefined
  // A draft of another version of the app may lack something.
  return kept?.subject === subjectId ? { ...EMPTY_DRAFT, ...kept.draft } : EMPTY_DRAFT
}

export function keepDraft(subjectId: string, draft: LinkDraft): void {
  tabStorage.set(KEY, JSON.stringify({ subject: subjectId, draft }))
}

export function forgetDraft(): void {
  tabStorage.remove(KEY)
}
