/**
 * A subscription, without what it refers to: customer, product and discount are looked up when it
 * is answered, so that they are never out of date.
 */
import type { ApiObject } from './dataset.ts'

export interface Subscription extends ApiObject {
  organization_id: string
  status: string
  /** For one period, before tax, in the currency's smallest unit. */
  amount: number
  currency: string
  recurring_interval: string
  recurring_interval_count: number
  customer_id: string
  product_id: string
  discount_id: string | null
  current_period_start: string
  current_period_end: string
  cancel_at_period_end: boolean
  canceled_at: string | null
  started_at: string | null
  ends_at: string | null
  ended_at: string | null
  customer_cancellation_reason: string | null
  customer_cancellation_comment: string | null
}

export function createSubscription(
  given: Pick<
    Subscription,
    | 'id'
    | 'created_at'
    | 'organization_id'
    | 'status'
    | 'amount'
    | 'currency'
    | 'recurring_interval'
    | 'current_period_start'
    | 'current_period_end'
    | 'started_at'
    | 'customer_id'
    | 'product_id'
  > &
    Partial<Subscription>,
): Subscription {
  return {
    modified_at: null,
    recurring_interval_count: 1,
    current_meter_period_start: null,
    current_meter_period_end: null,
    trial_start: null,
    trial_end: null,
    cancel_at_period_end: false,
    canceled_at: null,
    ends_at: null,
    ended_at: null,
    past_due_at: null,
    pause_at_period_end: false,
    paused_at: null,
    resumes_at: null,
    discount_id: null,
    checkout_id: null,
    seats: null,
    units: null,
    customer_cancellation_reason: null,
    customer_cancellation_comment: null,
    metadata: {},
    custom_field_data: {},
    ...given,
  }
}
