/** A discount by percentage, with every member that Polar's API answers. */
import type { ApiObject } from './dataset.ts'

export interface Discount extends ApiObject {
  organization_id: string
  name: string
  code: string | null
  basis_points: number
  redemptions_count: number
}

export function createDiscount(given: {
  readonly id: string
  readonly createdAt: string
  readonly organizationId: string
  readonly name: string
  readonly code: string | null
  /** 1000 is ten per cent. */
  readonly basisPoints: number
  readonly endsAt?: string
}): Discount {
  return {
    duration: 'once',
    type: 'percentage',
    basis_points: given.basisPoints,
    created_at: given.createdAt,
    modified_at: null,
    id: given.id,
    metadata: {},
    name: given.name,
    code: given.code,
    starts_at: null,
    ends_at: given.endsAt ?? null,
    max_redemptions: null,
    max_redemptions_per_customer: null,
    redemptions_count: 0,
    organization_id: given.organizationId,
    products: [],
  }
}
