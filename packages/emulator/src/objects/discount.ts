/** A discount, with all members of Polar's API. */
import type { Discount } from './models.ts'

/** How much is taken off. 1000 basis points are 10%. */
export type Reduction =
  | { readonly type: 'percentage'; readonly basis_points: number }
  | { readonly type: 'fixed'; readonly amount: number; readonly currency: string }

/** For how long it reduces the renewals of a subscription. */
export type Duration =
  | { readonly duration: 'once' | 'forever' }
  | { readonly duration: 'repeating'; readonly duration_in_months: number }

export function createDiscount(
  given: Pick<Discount, 'id' | 'created_at' | 'organization_id' | 'name' | 'code'> &
    Partial<Pick<Discount, 'starts_at' | 'ends_at' | 'max_redemptions' | 'metadata'>>,
  reduction: Reduction,
  duration: Duration = { duration: 'once' },
): Discount {
  const details = {
    modified_at: null,
    metadata: {},
    starts_at: null,
    ends_at: null,
    max_redemptions: null,
    max_redemptions_per_customer: null,
    redemptions_count: 0,
    products: [],
    ...given,
    ...duration,
  }
  if (reduction.type === 'percentage') return { ...details, ...reduction }
  return { ...details, ...reduction, amounts: { [reduction.currency]: reduction.amount } }
}

/** How much is taken off `amount`. */
export function discountOn(amount: number, discount: Reduction): number {
  const off =
    discount.type === 'percentage'
      ? Math.round((amount * discount.basis_points) / 10_000)
      : discount.amount
  return Math.min(amount, off)
}
