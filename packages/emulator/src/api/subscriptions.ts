/** Subscriptions: cancel at the end of the period, end now, or move to another product. */
import * as v from 'valibot'
import { toTimestamp } from '../runtime/clock.ts'
import { soldPrice } from '../objects/product.ts'
import type { Dataset } from '../objects/dataset.ts'
import { withOldSubscription } from '../objects/deprecated.ts'
import type { Customer, Subscription } from '../objects/models.ts'
import { eitherBody } from '../http/bodies.ts'
import { requireManage, visible } from './access.ts'
import { momentIn, money, mountExport, type Column } from './csv.ts'
import { metadata } from './forms.ts'
import { REASONS } from './figures.ts'
import { flagged, members, oneId, oneText, oneWord, since, until } from './list.ts'
import { presentSubscription } from '../objects/present.ts'
import {
  mountResource,
  ofOrganizations,
  type ApiOptions,
  type Resource,
  type WriteContext,
} from './resource.ts'
import type { Operations } from './operations.ts'
import { ApiRefusal, refused } from '../http/respond.ts'
import { startSubscription } from '../objects/start-subscription.ts'

const STATUSES = [
  'incomplete',
  'incomplete_expired',
  'trialing',
  'active',
  'past_due',
  'canceled',
  'unpaid',
  'paused',
]
const why = {
  customer_cancellation_reason: v.nullish(v.picklist(REASONS)),
  customer_cancellation_comment: v.nullish(v.string()),
}
const begun = { product_id: v.string(), metadata: v.optional(metadata, {}) }
const byCustomer = v.object({ ...begun, customer_id: v.string() })
const byExternalId = v.object({ ...begun, external_customer_id: v.string() })
type SubscriptionCreate = v.InferOutput<typeof byCustomer> | v.InferOutput<typeof byExternalId>
const subscriptionCreate = eitherBody<SubscriptionCreate>([
  ['SubscriptionCreateCustomer', byCustomer],
  ['SubscriptionCreateExternalCustomer', byExternalId],
])

const moving = v.strictObject({
  product_id: v.string(),
  proration_behavior: v.nullish(v.string()),
})
const canceling = v.strictObject({ cancel_at_period_end: v.boolean(), ...why })
const revoking = v.strictObject({ revoke: v.literal(true), ...why })
type SubscriptionUpdate =
  v.InferOutput<typeof moving> | v.InferOutput<typeof canceling> | v.InferOutput<typeof revoking>
/** Exactly one variant: a body with members of two is refused. */
const subscriptionUpdate = eitherBody<SubscriptionUpdate>([
  ['SubscriptionUpdateProduct', moving],
  ['SubscriptionCancel', canceling],
  ['SubscriptionRevoke', revoking],
])

type Answer = ReturnType<typeof presentSubscription>

const moment = (title: string, of: (item: Answer) => string | null): Column<Answer> => ({
  title,
  cell: (item, timeZone) => momentIn(of(item), timeZone),
})
const COLUMNS: Readonly<Record<string, Column<Answer>>> = {
  email: { title: 'Email', cell: ({ customer }) => customer.email },
  started_at: moment('Started At', (item) => item.started_at),
  product: { title: 'Product', cell: ({ product }) => product.name },
  amount: { title: 'Amount', cell: (item) => money(item.amount) },
  currency: { title: 'Currency', cell: (item) => item.currency },
  status: { title: 'Status', cell: (item) => item.status },
  recurring_interval: { title: 'Billing Interval', cell: (item) => item.recurring_interval },
  customer_name: { title: 'Customer Name', cell: ({ customer }) => customer.name },
  billing_name: { title: 'Billing Name', cell: ({ customer }) => customer.billing_name },
  current_period_start: moment('Current Period Start', (item) => item.current_period_start),
  current_period_end: moment('Current Period End', (item) => item.current_period_end),
  cancel_at_period_end: {
    title: 'Cancels At Period End',
    cell: (item) => String(item.cancel_at_period_end),
  },
  canceled_at: moment('Canceled At', (item) => item.canceled_at),
  ends_at: moment('Ends At', (item) => item.ends_at),
  ended_at: moment('Ended At', (item) => item.ended_at),
  cancellation_reason: {
    title: 'Cancellation Reason',
    cell: (item) => item.customer_cancellation_reason,
  },
  trial_start: moment('Trial Start', (item) => item.trial_start),
  trial_end: moment('Trial End', (item) => item.trial_end),
}

export function mountSubscriptions(api: Operations, polar: ApiOptions): void {
  const write = { scope: 'subscriptions:write', area: 'sales' } as const
  const externalId = (item: Subscription) =>
    polar.dataset().customers.find(({ id }) => id === item.customer_id)?.external_id
  const ofCallers = ofOrganizations('subscriptions')
  const resource: Resource<Subscription, Answer> = {
    name: 'subscriptions',
    component: 'Subscription',
    reads: ['subscriptions:read', 'subscriptions:write'],
    // Polar hides subscriptions that never started.
    items: (dataset, caller) =>
      ofCallers(dataset, caller).filter(({ started_at }) => started_at !== null),
    present: presentSubscription,
    addDeprecated: withOldSubscription,
    rules: {
      sortable: {
        ...members('started_at', 'status', 'current_period_end', 'ended_at', 'ends_at', 'amount'),
        customer: (item) => item.customer_id,
        product: (item) => item.product_id,
        discount: (item) => item.discount_id,
      },
      defaultSorting: '-started_at',
      metadata: true,
      filters: {
        organization_id: oneId('organization_id'),
        product_id: oneId('product_id'),
        customer_id: oneId('customer_id'),
        external_customer_id: oneText(externalId),
        discount_id: oneId('discount_id'),
        status: oneWord('status', 'SubscriptionStatus', STATUSES),
        active: flagged(({ status }) => ['active', 'trialing'].includes(status)),
        cancel_at_period_end: flagged((item) => item.cancel_at_period_end),
        customer_cancellation_reason: oneWord(
          'customer_cancellation_reason',
          'CustomerCancellationReason',
          REASONS,
        ),
        canceled_at_after: since('canceled_at'),
        canceled_at_before: until('canceled_at'),
        started_after: since('started_at'),
        started_before: until('started_at'),
      },
    },
  }
  mountExport(api, polar, resource, {
    columns: COLUMNS,
    defaults: [
      'email',
      'started_at',
      'product',
      'amount',
      'currency',
      'status',
      'recurring_interval',
    ],
    filters: [
      'organization_id',
      'product_id',
      'status',
      'cancel_at_period_end',
      'started_after',
      'started_before',
    ],
  })
  mountResource(api, polar, resource)
    .create({ ...write, body: subscriptionCreate }, (body, { dataset, caller, now }) => {
      const subscription = startedFree(body, { dataset, caller, now })
      dataset.subscriptions.push(subscription)
      return subscription
    })
    .update({ ...write, body: subscriptionUpdate }, (item, body, { dataset, now }) => {
      const at = toTimestamp(now)
      if ('product_id' in body) return moved(dataset, item, body.product_id)
      refuseEnded(item)
      const { customer_cancellation_reason, customer_cancellation_comment } = body
      const because = {
        customer_cancellation_reason: customer_cancellation_reason ?? null,
        customer_cancellation_comment: customer_cancellation_comment ?? null,
      }
      if ('revoke' in body) return { ...endNow(at), ...because }
      if (!body.cancel_at_period_end) {
        return { cancel_at_period_end: false, canceled_at: null, ends_at: null, ...because }
      }
      if (item.cancel_at_period_end) throw alreadyCanceled()
      return { ...cancelAtPeriodEnd(item, at), ...because }
    })
    .remove(write, (item, { now }) => {
      refuseEnded(item)
      const at = toTimestamp(now)
      return Object.assign(item, endNow(at), { modified_at: at })
    })
}

/** A subscription without a payment. Only a free product allows it. */
function startedFree(
  body: SubscriptionCreate,
  { dataset, caller, now }: Pick<WriteContext, 'dataset' | 'caller' | 'now'>,
): Subscription {
  const product = visible(dataset, caller, dataset.products).find(
    ({ id }) => id === body.product_id,
  )
  const loc = ['body', 'product_id']
  if (product === undefined) throw refused(loc, 'Product does not exist.')
  requireManage(dataset, caller, product.organization_id, 'sales')
  if (product.is_archived) throw refused(loc, 'Product is archived.')
  if (!product.is_recurring) throw refused(loc, 'Product is not recurring.')
  const { amount, currency } = soldPrice(product)
  if (amount !== 0) throw refused(loc, 'Product is not free.')
  const [key, isWanted] =
    'customer_id' in body
      ? (['customer_id', ({ id }: Customer) => id === body.customer_id] as const)
      : ([
          'external_customer_id',
          ({ external_id }: Customer) => external_id === body.external_customer_id,
        ] as const)
  const customer = dataset.customers.find(
    (entry) =>
      isWanted(entry) &&
      entry.deleted_at === null &&
      entry.organization_id === product.organization_id,
  )
  if (customer === undefined) throw refused(['body', key], 'Customer does not exist.')
  const { id: customer_id } = customer
  return startSubscription({ product, amount, currency, customer_id, metadata: body.metadata }, now)
}

/** The changes of a cancellation at the end of the period. */
export function cancelAtPeriodEnd(item: Subscription, at: string) {
  return { cancel_at_period_end: true, canceled_at: at, ends_at: item.current_period_end }
}

/** The changes of an immediate cancellation. */
export function endNow(at: string) {
  return { status: 'canceled', canceled_at: at, ended_at: at, ends_at: at } as const
}

function refuseEnded(item: Subscription): void {
  if (item.ended_at !== null || item.status === 'canceled') throw alreadyCanceled()
}

function alreadyCanceled(): ApiRefusal {
  const detail = 'This subscription is already canceled or will be at the end of the period.'
  return new ApiRefusal(403, { error: 'AlreadyCanceledSubscription', detail })
}

function moved(dataset: Dataset, item: Subscription, productId: string) {
  refuseEnded(item)
  const product = dataset.products.find(
    (entry) => entry.id === productId && entry.organization_id === item.organization_id,
  )
  const loc = ['body', 'product_id']
  if (product === undefined) throw refused(loc, 'Product does not exist.')
  if (product.is_archived) throw refused(loc, 'Product is archived.')
  const { recurring_interval } = product
  if (recurring_interval === null) throw refused(loc, 'Product is not recurring.')
  const { amount, currency } = soldPrice(product)
  return { product_id: productId, amount: amount ?? 0, currency, recurring_interval }
}
