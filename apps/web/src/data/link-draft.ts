/**
 * A checkout link that is not saved yet, for one account. The tab keeps it, so that people lose
 * nothing by a reload, a new permission or a session that ended.
 */
import type { models } from '@polar-sh/sdk/2026-10'
import { readJson, tabStorage } from './storage.ts'

export interface LinkDraft {
  readonly name: string
  readonly productIds: readonly string[]
  /** Where buyers land after paying; empty for Polar's own page. */
  readonly successPage: string
  readonly discountCodes: boolean
  readonly billingAddress: boolean
  /** The product that it was begun for, if it was begun at one. */
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
 * @param product where the person began: another one than before replaces the choice.
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
  tabStorage.remove(EDIT_KEY)
}

const EDIT_KEY = 'polar-connect:link-edit'

/** The values of a link as it is now. */
export function draftOf(link: models.CheckoutLink): LinkDraft {
  return {
    name: link.label ?? '',
    productIds: link.products.map(({ id }) => id),
    successPage: link.success_url ?? '',
    discountCodes: link.allow_discount_codes,
    billingAddress: link.require_billing_address,
  }
}

/** The unsaved changes to `link`, or its values. */
export function readEdit(subjectId: string, link: models.CheckoutLink): LinkDraft {
  const kept = readJson(tabStorage, EDIT_KEY) as
    { readonly subject?: string; readonly link?: string; readonly draft?: LinkDraft } | undefined
  const mine = kept?.subject === subjectId && kept.link === link.id
  return mine ? { ...draftOf(link), ...kept.draft } : draftOf(link)
}

export function keepEdit(subjectId: string, linkId: string, draft: LinkDraft): void {
  tabStorage.set(EDIT_KEY, JSON.stringify({ subject: subjectId, link: linkId, draft }))
}

export function forgetEdit(): void {
  tabStorage.remove(EDIT_KEY)
}

/** As Polar takes it. */
export function bodyOf(draft: LinkDraft) {
  return {
    products: [...draft.productIds],
    label: draft.name.trim() || null,
    success_url: draft.successPage.trim() || null,
    allow_discount_codes: draft.discountCodes,
    require_billing_address: draft.billingAddress,
  }
}

/** What differs between `draft` and the link. */
export function changesOf(draft: LinkDraft, before: LinkDraft): models.CheckoutLinkUpdate {
  const had = Object.entries(bodyOf(before))
  const same = new Map(had.map(([name, value]) => [name, JSON.stringify(value)]))
  return Object.fromEntries(
    Object.entries(bodyOf(draft)).filter(
      ([name, value]) => same.get(name) !== JSON.stringify(value),
    ),
  )
}
