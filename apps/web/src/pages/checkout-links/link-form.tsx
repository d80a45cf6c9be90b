/**
 * The form that makes or changes a checkout link. It keeps what people type, even if the session
 * ends.
 */
import { hasCode } from '@polar-connect/browser'
import { useScope } from '@polar-connect/react'
import { useId, type FormEvent, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { readProblems, type LinkField } from '../../data/link-problems.ts'
import { useOrganizations } from '../../data/organizations.tsx'
import { useProductChoices } from '../../data/use-product-choices.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { useAnnouncer } from '../../parts/announcer.tsx'
import { OrganizationSelect } from '../../parts/organization-select.tsx'
import { useWriteBlock } from '../../parts/write-button.tsx'
import { CreateProduct } from '../../resources/products/create-product.tsx'
import { EmptyState } from '../../states/empty-state.tsx'
import { ErrorState } from '../../states/error-state.tsx'
import { Check, TextField } from './fields.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { LinkFormActions } from './link-form-actions.tsx'
import { LinkDenied } from './link-grant.tsx'
import { ProblemSummary, sayProblem } from './problem-summary.tsx'
import { ProductField } from './product-field.tsx'
import { useLinkDraft, type LinkFormProps } from './use-link-draft.ts'
import { useLinkJob } from './use-link-job.ts'

export function LinkForm(props: LinkFormProps): ReactNode {
  const { link } = props
  const { checkoutLinks: words, organizations } = useMessages()
  const { all, chosen } = useOrganizations()
  // A link belongs to one organization, and so do its products.
  const choosesFirst =
    link === undefined && all !== undefined && all.length > 1 && chosen === undefined
  const { draft, changed, problems, refusals, change, isValid, refuse, forget } =
    useLinkDraft(props)
  const job = useLinkJob(link)
  const { toast } = useAnnouncer()
  const navigate = useNavigate()
  const granted = useScope('checkout_links:write')
  const block = useWriteBlock()
  const id = useId()
  const ids = { name: `${id}-name`, products: `${id}-products`, successPage: `${id}-page` }
  const { isEmpty } = useProducts()

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (job.isPending || block !== undefined || !granted || !isValid()) return
    await job.mutateAsync(draft).then(
      (saved) => {
        forget()
        toast(job.done)
        return navigate(job.next(saved), { replace: link === undefined })
      },
      (error: unknown) => refuse(readProblems(error) ?? []),
    )
  }

  const problemOf = (field: LinkField) => {
    const found = problems.find((problem) => problem.field === field)
    return found && sayProblem(found, words)
  }
  const mayWrite = granted && !hasCode(job.error, 'insufficient_scope')
  // Each of the others is told in a place of its own.
  const told = hasCode(job.error, 'insufficient_scope', 'reauthorization_required')
  if (isEmpty && link === undefined) return <ProductFirst />
  return (
    <form className="pc-form" noValidate onSubmit={(event) => void submit(event)}>
      {!mayWrite && <LinkDenied />}
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
      {job.isError && problems.length === 0 && !told && (
        <ErrorState alert error={job.error} thing={words.one} />
      )}
      {/* Before the consent too: no one goes there with a form that cannot be sent. */}
      <LinkFormActions job={job} mayWrite={mayWrite} onBeforeGrant={isValid} />
      {changed && <LeaveGuard onLeave={forget} />}
    </form>
  )
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
