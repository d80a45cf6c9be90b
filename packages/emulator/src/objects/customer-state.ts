/** The state of a customer: running subscriptions, and the benefits of purchases. */
import { createHash } from 'node:crypto'
import type { Dataset } from './dataset.ts'
import type { Customer, models, Subscription } from './models.ts'
import { presentCustomer } from './present.ts'

type Bought = Pick<Subscription, 'id' | 'created_at'> & { readonly product_id: string | null }

export function customerState(customer: Customer, dataset: Dataset) {
  const isOwn = (item: { readonly customer_id: string }) => item.customer_id === customer.id
  const running = dataset.subscriptions
    .filter(isOwn)
    .filter(({ status }) => status === 'active' || status === 'trialing')
  const bought = dataset.orders
    .filter(isOwn)
    .filter(({ status, subscription_id }) => status === 'paid' && subscription_id === null)
  return {
    ...presentCustomer(customer),
    active_subscriptions: running.map(toStateSubscription),
    granted_benefits: [...running, ...bought].flatMap((source) => grantsOf(source, dataset)),
    // Usage is not emulated.
    active_meters: [],
  }
}

/** The short form, without members for the merchant only. */
function toStateSubscription(
  subscription: Subscription,
): Omit<models.CustomerStateSubscription, 'status'> {
  const {
    organization_id: _organizationId,
    customer_id: _customerId,
    checkout_id: _checkoutId,
    recurring_interval_count: _count,
    current_meter_period_start: _meterStart,
    current_meter_period_end: _meterEnd,
    ended_at: _endedAt,
    past_due_at: _pastDueAt,
    pause_at_period_end: _pauseAtPeriodEnd,
    paused_at: _pausedAt,
    resumes_at: _resumesAt,
    customer_cancellation_reason: _reason,
    customer_cancellation_comment: _comment,
    ...rest
  } = subscription
  return { ...rest, meters: [] }
}

/** One grant for each benefit of a purchase, with a stable ID. */
function grantsOf(source: Bought, dataset: Dataset): models.CustomerStateBenefitGrant[] {
  const product = dataset.products.find(({ id }) => id === source.product_id)
  return (product?.benefits ?? []).map((benefit) => ({
    id: uuidOf(source.id + benefit.id),
    created_at: source.created_at,
    modified_at: null,
    granted_at: source.created_at,
    benefit_id: benefit.id,
    benefit_type: benefit.type,
    benefit_metadata: benefit.metadata,
    properties: {},
  }))
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
