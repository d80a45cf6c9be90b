/**
 * The form that makes or changes a checkout link. It keeps what people type, even if the session
 * ends.
 */
import { hasCode } from '@polar-connect/browser'
import type { Connection } from '@polar-connect/protocol'
import { useScope } from '@polar-connect/react'
import type { models } from '@polar-sh/sdk/2026-10'
import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { changesOf, draftOf, keepDraft, readDraft, type LinkDraft } from '../../data/link-draft.ts'
import {
  findProblems,
  readProblems,
  type LinkField,
  type LinkProblem,
} from '../../data/link-problems.ts'
import { useOrganizations } from '../../data/organizations.tsx'
import { tabStorage } from '../../data/storage.ts'
import { useCreateCheckoutLink, useSaveCheckoutLink } from '../../data/use-checkout-links.ts'
import { useProductChoices } from '../../data/use-product-choices.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { useAnnouncer } from '../../parts/announcer.tsx'
import { Link } from '../../parts/link.tsx'
import { OrganizationSelect } from '../../parts/organization-select.tsx'
import { useWriteBlock } from '../../parts/write-button.tsx'
import { CreateProduct } from '../../resources/products/create-product.tsx'
import { EmptyState } from '../../states/empty-state.tsx'
import { ErrorState } from '../../states/error-state.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { LinkDenied, LinkGrant } from './link-grant.tsx'
import { ProblemSummary, sayProblem } from './problem-summary.tsx'
import { ProductField } from './product-field.tsx'

interface LinkFormProps {
  readonly connection: Connection
  /** The product where it was begun. */
  readonly product?: string | undefined
  /** The link to change. */
  readonly link?: models.CheckoutLink
}

export function LinkForm({ connection, product, link }: LinkFormProps): ReactNode {
  const { checkoutLinks: words, organizations } = useMessages()
  const { all, chosen } = useOrganizations()
  // A link belongs to one organization, and so do its products.
  const choosesFirst =
    link === undefined && all !== undefined && all.length > 1 && chosen === undefined
  const job = useJob(link)
  const { toast } = useAnnouncer()
  const navigate = useNavigate()
  const mayWrite = useScope('checkout_links:write')
  const block = useWriteBlock()
  const subject = connection.subject.id
  const [draft, setDraft] = useState(() => readDraft(subject, link, product))
  const changed = link !== undefined && Object.keys(changesOf(draft, draftOf(link))).length > 0
  const [problems, setProblems] = useState<readonly LinkProblem[]>([])
  const id = useId()
  // Each refusal is announced again, even the same one.
  const [refusals, setRefusals] = useState(0)
  const ids = { name: `${id}-name`, products: `${id}-products`, successPage: `${id}-page` }
  const linkId = link?.id
  const unsaved = linkId === undefined || changed
  useEffect(() => {
    keepDraft(subject, linkId, unsaved ? draft : undefined)
  }, [subject, draft, linkId, unsaved])
  const forget = () => keepDraft(subject, linkId)
  const submitButton = useRef<HTMLButtonElement>(null)
  const granted = useGranted(mayWrite, submitButton)
  const { isEmpty } = useProducts()

  function change(members: Partial<LinkDraft>): void {
    const next = { ...draft, ...members }
    setDraft(next)
    // A field that had a fault is checked again; the others wait for the next try.
    const still = findProblems(next)
    setProblems((before) => before.filter((problem) => !isMended(problem, members, still)))
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (job.isPending || block !== undefined || !mayWrite || !isValid()) return
    await job.mutateAsync(draft).then(
      (saved) => {
        forget()
        toast(job.done)
        return navigate(job.next(saved), { replace: link === undefined })
      },
      (error: unknown) => tell(readProblems(error) ?? []),
    )
  }

  /** Before the consent too: no one goes there with a form that cannot be sent. */
  function isValid(): boolean {
    const found = findProblems(draft)
    if (found.length > 0) tell(found)
    return found.length === 0
  }

  function tell(found: readonly LinkProblem[]): void {
    setProblems(found)
    setRefusals((before) => before + 1)
  }

  const problemOf = (field: LinkField) => {
    const found = problems.find((problem) => problem.field === field)
    return found && sayProblem(found, words)
  }
  const refused = hasCode(job.error, 'insufficient_scope')
  const failed = job.isError && problems.length === 0 && !refused
  const cancel = (
    <Link className="pc-button" to="/dashboard/checkout-links">
      {words.cancel}
    </Link>
  )
  if (isEmpty && link === undefined) return <ProductFirst />
  return (
    <form className="pc-form" noValidate onSubmit={(event) => void submit(event)}>
      {(!mayWrite || refused) && <LinkDenied />}
      {problems.length > 0 && <ProblemSummary key={refusals} problems={problems} ids={ids} />}
      {link === undefined && <OrganizationSelect />}
      <TextField
        id={ids.name}
        label={words.name}
        hint={words.nameHint}
        value={draft.name}
        problem={problemOf('name')}
        onChange={(name) => change({ name })}
      />
      {choosesFirst ? (
        <p>{organizations.chooseFirst}</p>
      ) : (
        <ProductField
          id={ids.products}
          chosen={draft.productIds}
          problem={problemOf('products')}
          onChange={(productIds) => change({ productIds })}
        />
      )}
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
      {failed && !hasCode(job.error, 'reauthorization_required') && (
        <ErrorState alert error={job.error} thing={words.one} />
      )}
      {granted && <p role="status">{job.granted}</p>}
      {mayWrite && !refused ? (
        <div className="pc-actions">
          <button
            ref={submitButton}
            type="submit"
            className="pc-button pc-button--primary"
            aria-disabled={job.isPending || block !== undefined}
            aria-describedby={block === undefined ? undefined : `${id}-block`}
          >
            {job.isPending ? job.doing : job.name}
          </button>
          {cancel}
          {block !== undefined && (
            <span id={`${id}-block`} className="pc-muted pc-small">
              {block}
            </span>
          )}
        </div>
      ) : (
        <LinkGrant label={job.grant} onBefore={() => isValid() && noteGrant()}>
          {cancel}
        </LinkGrant>
      )}
      {changed && <LeaveGuard onLeave={forget} />}
    </form>
  )
}

/** What the form does: makes a link, or changes one. */
function useJob(link: models.CheckoutLink | undefined) {
  const { checkoutLinks: words } = useMessages()
  const create = useCreateCheckoutLink()
  const save = useSaveCheckoutLink(link)
  return link === undefined
    ? {
        ...create,
        name: words.create,
        doing: words.creating,
        done: words.created,
        grant: words.grant,
        granted: words.granted,
        next: ({ id }: models.CheckoutLink) => `?created=${id}`,
      }
    : {
        ...save,
        name: words.save,
        doing: words.saving,
        done: words.saved,
        grant: words.allowEditing,
        granted: words.grantedEditing,
        next: () => '/dashboard/checkout-links',
      }
}

const GRANT_KEY = 'polar-connect:link-grant'
/** Polar will be asked for the permission now. */
const noteGrant = () => tabStorage.set(GRANT_KEY, '1') || true

/** Whether the person is just back with the permission. Then the button is what they came for. */
function useGranted(
  mayWrite: boolean,
  button: { readonly current: HTMLButtonElement | null },
): boolean {
  const [granted] = useState(() => mayWrite && tabStorage.get(GRANT_KEY) !== undefined)
  useEffect(() => {
    tabStorage.remove(GRANT_KEY)
    if (granted) button.current?.focus()
  }, [button, granted])
  return granted
}

function useProducts(): { readonly isEmpty: boolean } {
  const { data } = useProductChoices()
  return { isEmpty: data?.choices.length === 0 }
}

/** A shop without products has nothing to sell by a link. */
function ProductFirst(): ReactNode {
  const { checkoutLinks: words } = useMessages()
  return (
    <EmptyState title={words.needProduct} text={words.needProductText}>
      <CreateProduct />
    </EmptyState>
  )
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
