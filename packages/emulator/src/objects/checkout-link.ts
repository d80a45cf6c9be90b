/** A reusable address that starts a checkout. Its products are looked up when it is answered. */
import type { ApiObject } from './dataset.ts'

export interface CheckoutLink extends ApiObject {
  organization_id: string
  client_secret: string
  label: string | null
  success_url: string | null
  return_url: string | null
  allow_discount_codes: boolean
  require_billing_address: boolean
  discount_id: string | null
  product_ids: readonly string[]
}

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
