/** A subscription. It stores only the IDs of customer, product and discount. */
import type { Subscription } from './models.ts'

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
