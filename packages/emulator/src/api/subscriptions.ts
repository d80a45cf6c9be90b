/** Subscriptions: cancelled at the end of their period, ended at once, or moved to a product. */
import * as v from 'valibot'
import { toTimestamp } from '../world/clock.ts'
import { soldPrice } from '../objects/product.ts'
import type { ApiObject, Dataset } from '../objects/dataset.ts'
import { eitherBody } from './bodies.ts'
import { requireManage, visible } from './access.ts'
import { momentIn, money, mountExport, text, type Column } from './csv.ts'
import { flagged, oneId, oneText, oneWord, since, until } from './list.ts'
import { presentSubscription } from '../objects/present.ts'
import {
  metadata,
  mountResource,
  ofOrganizations,
  organizationOf,
  type ApiOptions,
  type Resource,
  type WriteContext,
} from './resource.ts'
import type { Operations } from './operations.ts'
import { ApiRefusal, refused } from './respond.ts'
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
const REASONS = [
  'customer_service',
  'low_quality',
  'missing_features',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
  'other',
] as const
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
/** Exactly one of the shapes: members of two of them are refused. */
const subscriptionUpdate = eitherBody<SubscriptionUpdate>([
  ['SubscriptionUpdateProduct', moving],
  ['SubscriptionCancel', canceling],
  ['SubscriptionRevoke', revoking],
])

const customerOf = ({ customer }: ApiObject) => customer as ApiObject | null
const moment = (title: string, member: string): Column => ({
  title,
  cell: (item, timeZone) => momentIn(item[member], timeZone),
})
const plain = (title: string, member: string): Column => ({
  title,
  cell: (item) => text(item[member]),
})
const COLUMNS: Readonly<Record<string, Column>> = {
  email: { title: 'Email', cell: (item) => text(customerOf(item)?.['email']) },
  started_at: moment('Started At', 'started_at'),
  product: { title: 'Product', cell: ({ product }) => text((product as ApiObject)['name']) },
  amount: { title: 'Amount', cell: (item) => money(item['amount']) },
  currency: plain('Currency', 'currency'),
  status: plain('Status', 'status'),
  recurring_interval: plain('Billing Interval', 'recurring_interval'),
  customer_name: { title: 'Customer Name', cell: (item) => text(customerOf(item)?.['name']) },
  billing_name: { title: 'Billing Name', cell: (item) => text(customerOf(item)?.['billing_name']) },
  current_period_start: moment('Current Period Start', 'current_period_start'),
  current_period_end: moment('Current Period End', 'current_period_end'),
  cancel_at_period_end: {
    title: 'Cancels At Period End',
    cell: (item) => String(item['cancel_at_period_end']),
  },
  canceled_at: moment('Canceled At', 'canceled_at'),
  ends_at: moment('Ends At', 'ends_at'),
  ended_at: moment('Ended At', 'ended_at'),
  cancellation_reason: plain('Cancellation Reason', 'customer_cancellation_reason'),
  trial_start: moment('Trial Start', 'trial_start'),
  trial_end: moment('Trial End', 'trial_end'),
}

export function mountSubscriptions(api: Operations, polar: ApiOptions): void {
  const write = { scope: 'subscriptions:write', area: 'sales' } as const
  const externalId = (item: ApiObject) =>
    polar.dataset().customers.find(({ id }) => id === item['customer_id'])?.['external_id']
  const resource: Resource = {
    name: 'subscriptions',
    component: 'Subscription',
    reads: ['subscriptions:read', 'subscriptions:write'],
    items: ofOrganizations('subscriptions'),
    present: presentSubscription,
    rules: {
      sortable: {
        started_at: true,
        created_at: true,
        customer: (item) => item['customer_id'],
        product: (item) => item['product_id'],
        discount: (item) => item['discount_id'],
        status: true,
        current_period_start: true,
        current_period_end: true,
        ended_at: true,
        ends_at: true,
        amount: true,
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
        active: flagged((item) => ['active', 'trialing'].includes(String(item['status']))),
        cancel_at_period_end: flagged((item) => item['cancel_at_period_end'] === true),
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
      if (item['cancel_at_period_end'] === true) throw alreadyCanceled()
      return { ...cancelAtPeriodEnd(item, at), ...because }
    })
    .remove(write, (item, { now }) => {
      refuseEnded(item)
      const at = toTimestamp(now)
      return Object.assign(item, endNow(at), { modified_at: at })
    })
}

/** A subscription without a payment, which only a free product has. */
function startedFree(
  body: SubscriptionCreate,
  { dataset, caller, now }: Pick<WriteContext, 'dataset' | 'caller' | 'now'>,
): ApiObject {
  const product = visible(dataset, caller, dataset.products).find(
    ({ id }) => id === body.product_id,
  )
  const loc = ['body', 'product_id']
  if (product === undefined) throw refused(loc, 'Product does not exist.')
  requireManage(dataset, caller, organizationOf(product), 'sales')
  if (product['is_archived'] === true) throw refused(loc, 'Product is archived.')
  if (product['is_recurring'] !== true) throw refused(loc, 'Product is not recurring.')
  const { amount, currency } = soldPrice(product)
  if (amount !== 0) throw refused(loc, 'Product is not free.')
  const [member, key, wanted] =
    'customer_id' in body
      ? (['id', 'customer_id', body.customer_id] as const)
      : (['external_id', 'external_customer_id', body.external_customer_id] as const)
  const customer = dataset.customers.find(
    (entry) =>
      entry[member] === wanted &&
      entry['deleted_at'] === null &&
      organizationOf(entry) === organizationOf(product),
  )
  if (customer === undefined) throw refused(['body', key], 'Customer does not exist.')
  const { id: customer_id } = customer
  return startSubscription({ product, amount, currency, customer_id, metadata: body.metadata }, now)
}

/** What changes where a subscription is not to go on: until then it stays as it is. */
export function cancelAtPeriodEnd(item: ApiObject, at: string) {
  return { cancel_at_period_end: true, canceled_at: at, ends_at: item['current_period_end'] }
}

/** What changes where a subscription ends at once. */
export function endNow(at: string) {
  return { status: 'canceled', canceled_at: at, ended_at: at, ends_at: at }
}

function refuseEnded(item: ApiObject): void {
  if (item['ended_at'] !== null || item['status'] === 'canceled') throw alreadyCanceled()
}

function alreadyCanceled(): ApiRefusal {
  const detail = 'This subscription is already canceled or will be at the end of the period.'
  return new ApiRefusal(403, { error: 'AlreadyCanceledSubscription', detail })
}

function moved(dataset: Dataset, item: ApiObject, productId: string) {
  refuseEnded(item)
  const product = dataset.products.find(
    (entry) => entry.id === productId && organizationOf(entry) === organizationOf(item),
  )
  const loc = ['body', 'product_id']
  if (product === undefined) throw refused(loc, 'Product does not exist.')
  if (product['is_archived'] === true) throw refused(loc, 'Product is archived.')
  if (product['is_recurring'] !== true) throw refused(loc, 'Product is not recurring.')
  const { amount, currency } = soldPrice(product)
  const recurring_interval = product['recurring_interval']
  return { product_id: productId, amount: amount ?? 0, currency, recurring_interval }
}
