/** A customer, with all members of Polar's API. */
import type { Customer } from './models.ts'

export function createCustomer(
  given: Pick<Customer, 'id' | 'created_at' | 'organization_id' | 'email'> & Partial<Customer>,
): Customer {
  return {
    modified_at: null,
    metadata: {},
    external_id: null,
    email_verified: false,
    type: 'individual',
    name: null,
    billing_name: null,
    billing_address: null,
    tax_id: null,
    locale: 'en',
    default_payment_method_id: null,
    deleted_at: null,
    first_user_event_at: null,
    avatar_url: null,
    ...given,
  }
}
