/**
 * Checkout links that are not saved yet, for one account. The tab keeps them, so that people lose
 * nothing by a reload, a new permission or a session that ended.
 */
import type { models } from '@polar-sh/sdk/2026-10'
import { DRAFTS_KEY } from './forget-drafts.ts'
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

/** By the link that each changes. The one that makes a new link is under `new`. */
type Drafts = Readonly<Record<string, LinkDraft>>

/**
 * What was kept for the account `subjectId`. Otherwise the values of `link`, or an empty draft.
 *
 * @param product where the person began a new link: another one than before replaces the choice.
 */
export function readDraft(
  subjectId: string,
  link: models.CheckoutLink | undefined,
  product?: string,
): LinkDraft {
  const before = link === undefined ? EMPTY_DRAFT : draftOf(link)
  // A draft of another version of the app may lack something.
  const kept = { ...before, ...readAll(subjectId)[link?.id ?? NEW] }
  if (product === undefined || product === kept.begunFor) return kept
  return { ...kept, productIds: [product], begunFor: product }
}

/** @param draft undefined to forget it. */
export function keepDraft(subjectId: string, linkId = NEW, draft?: LinkDraft): void {
  const { [linkId]: _, ...others } = readAll(subjectId)
  const drafts = draft === undefined ? others : { ...others, [linkId]: draft }
  tabStorage.set(DRAFTS_KEY, JSON.stringify({ subject: subjectId, drafts }))
}

const NEW = 'new'

function readAll(subjectId: string): Drafts {
  const kept = readJson(tabStorage, DRAFTS_KEY) as { subject?: string; drafts?: Drafts } | undefined
  return (kept?.subject === subjectId && kept.drafts) || {}
}

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
