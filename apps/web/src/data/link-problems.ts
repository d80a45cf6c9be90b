/** What is wrong with a draft of a checkout link: found here, or by Polar. */
import { hasCode } from '@polar-connect/browser'
import type { LinkDraft } from './link-draft.ts'

export type LinkField = 'name' | 'products' | 'successPage'

export interface LinkProblem {
  /** Undefined if it belongs to no field: it is shown above them. */
  readonly field: LinkField | undefined
  /** `choose` and `address` are ours. Anything else is Polar's text. */
  readonly reason: 'choose' | 'address' | { readonly said: string }
}

/** In the order of the fields. */
export function findProblems({ productIds, successPage }: LinkDraft): readonly LinkProblem[] {
  return [
    ...(productIds.length === 0 ? [{ field: 'products', reason: 'choose' } as const] : []),
    ...(successPage.trim() === '' || isSecureAddress(successPage)
      ? []
      : [{ field: 'successPage', reason: 'address' } as const]),
  ]
}

/** In full: a browser would also make an address of `https:shop.example`. */
function isSecureAddress(text: string): boolean {
  return /^https:\/\/[^/?#]/i.test(text.trim()) && URL.canParse(text.trim())
}

/** Polar's name for each field. */
const FIELDS: Readonly<Record<string, LinkField>> = {
  label: 'name',
  products: 'products',
  success_url: 'successPage',
}
const ORDER: readonly (LinkField | undefined)[] = [undefined, 'name', 'products', 'successPage']

/** Polar's refusals by field. Undefined if `error` does not refuse the input. */
export function readProblems(error: unknown): readonly LinkProblem[] | undefined {
  if (!hasCode(error, 'validation')) return undefined
  const { detail } = (error.details.body ?? {}) as { readonly detail?: unknown }
  if (!Array.isArray(detail)) return undefined
  const problems = detail.map(toProblem)
  // A field with two faults is one field to look at.
  const first = problems.filter(
    ({ field }, index) => problems.findIndex((other) => other.field === field) === index,
  )
  const known = first.toSorted(
    (one, other) => ORDER.indexOf(one.field) - ORDER.indexOf(other.field),
  )
  return known.length > 0 ? known : undefined
}

function toProblem(issue: unknown): LinkProblem {
  const { loc, msg } = (issue ?? {}) as { readonly loc?: unknown; readonly msg?: unknown }
  const path = Array.isArray(loc) ? loc : []
  const name = path.find((part) => typeof part === 'string' && Object.hasOwn(FIELDS, part))
  return {
    field: name === undefined ? undefined : FIELDS[String(name)],
    reason: { said: String(msg) },
  }
}
