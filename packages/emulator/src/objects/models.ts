/**
 * The stored objects, with the types of Polar's SDK, so that wrong member names do not compile. They
 * hold only the IDs of related objects; an answer adds the objects. The SDK is a build dependency.
 */
import type { models } from '@polar-sh/sdk/2026-10'

/** The common members. */
export type ApiObject = Pick<models.Order, 'id' | 'created_at' | 'modified_at'>

/** An object of one organization. */
export interface Owned extends ApiObject {
  organization_id: string
}

export type Organization = models.Organization
/** Seats and usage are not emulated: a price is fixed, or the buyer chooses it. */
export type Price = models.ProductPriceFixed | models.ProductPriceCustom
export type Benefit = models.BenefitCustom
export type Product = Omit<models.Product, 'prices' | 'benefits'> & {
  prices: Price[]
  benefits: Benefit[]
}
/** With literal `type`s, so that TypeScript can narrow. The SDK's types lack them. */
export type Discount = (
  | (Omit<models.DiscountPercentageOnceForeverDuration, 'type'> & { readonly type: 'percentage' })
  | (Omit<models.DiscountFixedOnceForeverDuration, 'type'> & { readonly type: 'fixed' })
) & { duration_in_months?: number }
export type Address = Pick<models.Address, keyof models.Address>
export type Customer = Required<models.OrderCustomer>
export type Subscription = Omit<
  Required<models.Subscription>,
  'customer' | 'product' | 'discount' | 'prices' | 'meters' | 'pending_update'
> & { organization_id: string }
export type Order = Omit<
  Required<models.Order>,
  'customer' | 'product' | 'discount' | 'subscription'
> & { organization_id: string }
export type Refund = models.Refund
export type Checkout = Required<models.Checkout>
export type CheckoutLink = Omit<models.CheckoutLink, 'products' | 'discount' | 'url'> & {
  product_ids: string[]
}

export type { models }
