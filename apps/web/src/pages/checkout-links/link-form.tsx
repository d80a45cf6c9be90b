/** The form that makes a checkout link. What is typed is kept, whatever happens to the session. */
import { ConnectError, type ErrorCode } from '@polar-connect/browser'
import type { Connection } from '@polar-connect/protocol'
import { useScope } from '@polar-connect/react'
import { useEffect, useId, useState, type FormEvent, type ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { forgetDraft, keepDraft, readDraft, type LinkDraft } from '../../data/link-draft.ts'
import {
  findProblems,
  readProblems,
  type LinkField,
  type LinkProblem,
} from '../../data/link-problems.ts'
import { useCreateCheckoutLink } from '../../data/use-checkout-links.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { useWriteBlock } from '../../parts/write-button.tsx'
import { useAnnouncer } from '../../shell/announcer.tsx'
import { ErrorState } from '../../states/error-state.tsx'
import { LinkGrant } from './link-grant.tsx'
import { ProblemSummary, sayProblem } from './problem-summary.tsx'
import { ProductField } from './product-field.tsx'

interface LinkFormProps {
  readonly connection: Connection
  /** The product that it was begun at. */
  readonly product: string | undefined
}

export function LinkForm({ connection, product }: LinkFormProps): ReactNode {
  const { checkoutLinks: words } = useMessages()
  const { toast } = useAnnouncer()
  const navigate = useNavigate()
  const create = useCreateCheckoutLink()
  const mayCreate = useScope('checkout_links:write')
  const block = useWriteBlock()
  const subject = connection.subject.id
  const [draft, setDraft] = useState(() => readDraft(subject, product))
  const [problems, setProblems] = useState<readonly LinkProblem[]>([])
  const id = useId()
  // Each refusal is told anew, though it be the same.
  const [refusals, setRefusals] = useState(0)
  const ids = { name: `${id}-name`, products: `${id}-products`, successPage: `${id}-page` }
  useEffect(() => keepDraft(subject, draft), [subject, draft])

  function change(members: Partial<LinkDraft>): void {
    const next = { ...draft, ...members }
    setDraft(next)
    // A field that had a fault is looked at anew; the others wait for the next try.
    const still = findProblems(next)
    setProblems((before) => before.filter((problem) => !isMended(problem, members, still)))
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (create.isPending || block !== undefined || !mayCreate) return
    const found = findProblems(draft)
    if (found.length > 0) return tell(found)
    try {
      const link = await create.mutateAsync(draft)
      forgetDraft()
      toast(words.created)
      await navigate(`?created=${link.id}`, { replace: true })
    } catch (error) {
      tell(readProblems(error) ?? [])
    }
  }

  function tell(found: readonly LinkProblem[]): void {
    setProblems(found)
    setRefusals((before) => before + 1)
  }

  const problemOf = (field: LinkField) => {
    const found = problems.find((problem) => problem.field === field)
    return found && sayProblem(found, words)
  }
  const refused = isRefused(create.error, 'insufficient_scope')
  const failed = create.isError && problems.length === 0 && !refused
  const cancel = (
    <Link className="pc-button" to="/dashboard/checkout-links">
      {words.cancel}
    </Link>
  )
  return (
    <form className="pc-form" noValidate onSubmit={(event) => void submit(event)}>
      {problems.length > 0 && <ProblemSummary key={refusals} problems={problems} ids={ids} />}
      <TextField
        id={ids.name}
        label={words.name}
        hint={words.nameHint}
        value={draft.name}
        problem={problemOf('name')}
        onChange={(name) => change({ name })}
      />
      <ProductField
        id={ids.products}
        chosen={draft.productIds}
        problem={problemOf('products')}
        onChange={(productIds) => change({ productIds })}
      />
      <TextField
        id={ids.successPage}
        type="url"
        label={words.successPage}
        hint={words.successPageHint}
        value={draft.successPage}
        problem={problemOf('successPage')}
        onChange={(successPage) => change({ successPage })}
      />
      <div>
        <Check
          label={words.discountCodes}
          checked={draft.discountCodes}
          onChange={(discountCodes) => change({ discountCodes })}
        />
        <Check
          label={words.billingAddress}
          checked={draft.billingAddress}
          onChange={(billingAddress) => change({ billingAddress })}
        />
      </div>
      {failed && !isRefused(create.error, 'reauthorization_required') && (
        <ErrorState alert error={create.error} thing={words.one} />
      )}
      {mayCreate && !refused ? (
        <div className="pc-actions">
          <button
            type="submit"
            className="pc-button pc-button--primary"
            aria-disabled={create.isPending || block !== undefined}
            aria-describedby={block === undefined ? undefined : `${id}-block`}
          >
            {create.isPending ? words.creating : words.create}
          </button>
          {cancel}
          {block !== undefined && (
            <span id={`${id}-block`} className="pc-muted pc-small">
              {block}
            </span>
          )}
        </div>
      ) : (
        <LinkGrant>{cancel}</LinkGrant>
      )}
    </form>
  )
}

/** Whether `problem` went with the change of `members`. */
function isMended(
  { field, reason }: LinkProblem,
  members: Partial<LinkDraft>,
  still: readonly LinkProblem[],
): boolean {
  if (typeof reason === 'string') return !still.some((other) => other.field === field)
  // Only Polar knows whether what it refused is right now: it is no longer what was refused.
  return field !== undefined && DRAFT_MEMBERS[field] in members
}

const DRAFT_MEMBERS = {
  name: 'name',
  products: 'productIds',
  successPage: 'successPage',
} as const satisfies Record<LinkField, keyof LinkDraft>

function isRefused(error: unknown, code: ErrorCode): boolean {
  return error instanceof ConnectError && error.code === code
}

interface TextFieldProps {
  readonly id: string
  readonly type?: 'text' | 'url'
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly problem: string | undefined
  readonly onChange: (value: string) => void
}

function TextField(props: TextFieldProps): ReactNode {
  const { id, type = 'text', label, hint, value, problem, onChange } = props
  const [hintId, problemId] = [`${id}-hint`, `${id}-problem`]
  return (
    <div className="pc-field">
      <label htmlFor={id}>{label}</label>
      <small id={hintId} className="pc-muted">
        {hint}
      </small>
      <input
        id={id}
        type={type}
        className="pc-input"
        autoComplete="off"
        value={value}
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={problem === undefined ? hintId : `${hintId} ${problemId}`}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem !== undefined && (
        <p id={problemId} className="pc-problem">
          {problem}
        </p>
      )}
    </div>
  )
}

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

function Check({ label, checked, onChange }: CheckProps): ReactNode {
  return (
    <div>
      <label className="pc-check">
        <input
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
    </div>
  )
}
