/** What a customer has: running subscriptions, and the benefits that come with what was bought. */
import { createHash } from 'node:crypto'
import type { ApiObject, Dataset } from '../objects/dataset.ts'

/** Members of a subscription that its short form in the state leaves out. */
const LEFT_OUT = new Set([
  'organization_id',
  'customer_id',
  'checkout_id',
  'recurring_interval_count',
  'current_meter_period_start',
  'current_meter_period_end',
  'ended_at',
  'past_due_at',
  'pause_at_period_end',
  'paused_at',
  'resumes_at',
  'seats',
  'units',
  'customer_cancellation_reason',
  'customer_cancellation_comment',
])

export function customerState(customer: ApiObject, dataset: Dataset) {
  const own = (items: readonly ApiObject[]) =>
    items.filter((item) => item['customer_id'] === customer.id)
  const running = own(dataset.subscriptions).filter(({ status }) =>
    ['active', 'trialing'].includes(String(status)),
  )
  const bought = own(dataset.orders).filter(
    ({ status, subscription_id }) => status === 'paid' && subscription_id === null,
  )
  return {
    ...customer,
    active_subscriptions: running.map(toStateSubscription),
    granted_benefits: [...running, ...bought].flatMap((source) => grantsOf(source, dataset)),
    // Usage is not emulated, so nobody has any.
    active_meters: [],
  }
}

function toStateSubscription(subscription: ApiObject) {
  const kept = Object.entries(subscription).filter(([member]) => !LEFT_OUT.has(member))
  return { ...Object.fromEntries(kept), meters: [] }
}

/** One grant for each benefit of what was bought, by an id that stays the same. */
function grantsOf(source: ApiObject, dataset: Dataset) {
  const product = dataset.products.find(({ id }) => id === source['product_id'])
  const benefits = (product?.['benefits'] ?? []) as ApiObject[]
  return benefits.map((benefit) => ({
    id: uuidOf(source.id + benefit.id),
    created_at: source.created_at,
    modified_at: null,
    granted_at: source.created_at,
    benefit_id: benefit.id,
    benefit_type: benefit['type'],
    benefit_metadata: benefit['metadata'],
    properties: {},
  }))
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
