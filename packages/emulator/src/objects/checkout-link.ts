/** A reusable address that starts a checkout. It stores only the IDs of its products. */
import type { CheckoutLink } from './models.ts'

export function createCheckoutLink(
  given: Pick<
    CheckoutLink,
    'id' | 'created_at' | 'organization_id' | 'client_secret' | 'product_ids'
  > &
    Partial<CheckoutLink>,
): CheckoutLink {
  return {
    modified_at: null,
    trial_interval: null,
    trial_interval_count: null,
    metadata: {},
    payment_processor: 'stripe',
    success_url: null,
    return_url: null,
    label: null,
    allow_discount_codes: true,
    require_billing_address: false,
    discount_id: null,
    seats: null,
    units: null,
    ...given,
  }
}
