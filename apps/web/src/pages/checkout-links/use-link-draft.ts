/** What a person has typed into the form. The tab keeps it. */
import type { Connection } from '@polar-connect/protocol'
import type { models } from '@polar-sh/sdk/2026-10'
import { useEffect, useState } from 'react'
import { changesOf, draftOf, keepDraft, readDraft, type LinkDraft } from '../../data/link-draft.ts'
import { findProblems, type LinkField, type LinkProblem } from '../../data/link-problems.ts'

export interface LinkFormProps {
  readonly connection: Connection
  /** The product where it was begun. */
  readonly product?: string | undefined
  /** The link to change. */
  readonly link?: models.CheckoutLink
}

export function useLinkDraft({ connection, product, link }: LinkFormProps) {
  const subject = connection.subject.id
  const linkId = link?.id
  const [draft, setDraft] = useState(() => readDraft(subject, link, product))
  const [problems, setProblems] = useState<readonly LinkProblem[]>([])
  const [refusals, setRefusals] = useState(0)
  const changed = link !== undefined && Object.keys(changesOf(draft, draftOf(link))).length > 0
  const unsaved = linkId === undefined || changed
  useEffect(() => {
    keepDraft(subject, linkId, unsaved ? draft : undefined)
  }, [subject, draft, linkId, unsaved])

  function refuse(found: readonly LinkProblem[]): void {
    setProblems(found)
    setRefusals((before) => before + 1)
  }

  return {
    draft,
    /** Whether it differs from the link that is saved. */
    changed,
    problems,
    /** How often it was refused: each refusal is announced again, even the same one. */
    refusals,
    refuse,
    change(members: Partial<LinkDraft>): void {
      const next = { ...draft, ...members }
      setDraft(next)
      // A field that had a fault is checked again; the others wait for the next try.
      const still = findProblems(next)
      setProblems((before) => before.filter((problem) => !isMended(problem, members, still)))
    },
    isValid(): boolean {
      const found = findProblems(draft)
      if (found.length > 0) refuse(found)
      return found.length === 0
    },
    forget: () => keepDraft(subject, linkId),
  }
}

/** Whether `problem` went with the change of `members`. */
function isMended(
  { field, reason }: LinkProblem,
  members: Partial<LinkDraft>,
  still: readonly LinkProblem[],
): boolean {
  if (typeof reason === 'string') return !still.some((other) => other.field === field)
  // Only Polar knows whether the new value is right. It is no longer the refused one.
  return field !== undefined && DRAFT_MEMBERS[field] in members
}

const DRAFT_MEMBERS = {
  name: 'name',
  products: 'productIds',
  successPage: 'successPage',
} as const satisfies Record<LinkField, keyof LinkDraft>
