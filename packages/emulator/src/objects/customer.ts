/** A customer with every member that Polar's API answers. */
import type { ApiObject } from './dataset.ts'

export interface Address {
  readonly line1: string | null
  readonly line2: string | null
  readonly postal_code: string | null
  readonly city: string | null
  readonly state: string | null
  readonly country: string
}

export interface Customer extends ApiObject {
  organization_id: string
  email: string | null
  name: string | null
  external_id: string | null
  type: string
  billing_name: string | null
  billing_address: Address | null
  deleted_at: string | null
}

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
