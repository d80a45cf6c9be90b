/** What a caller may set on an open checkout session, and the amounts that follow. */
import * as v from 'valibot'
import type { Dataset } from '../objects/dataset.ts'
import { discountOn } from '../objects/discount.ts'
import type { Checkout, Discount } from '../objects/models.ts'
import { toCheckoutDiscount } from '../objects/present.ts'
import { address, email, metadata, webAddress } from './forms.ts'
import { given } from './resource.ts'
import { refused } from '../http/respond.ts'

const text = v.nullish(v.string())

export const checkoutDetails = {
  amount: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
  customer_name: text,
  customer_email: v.nullish(email),
  customer_billing_name: text,
  customer_billing_address: v.nullish(address),
  discount_id: v.nullish(v.pipe(v.string(), v.uuid())),
  allow_discount_codes: v.nullish(v.boolean()),
  require_billing_address: v.nullish(v.boolean()),
  success_url: v.nullish(webAddress),
  return_url: v.nullish(webAddress),
  embed_origin: text,
  locale: text,
  metadata: v.nullish(metadata),
  customer_metadata: v.nullish(metadata),
}

export type CheckoutChange = v.InferOutput<typeof checkoutChange>
const checkoutChange = v.object(checkoutDetails)

/**
 * The members that `change` sets on an open session, including the amounts.
 *
 * @throws ApiRefusal for a discount of another organization.
 */
export function changedCheckout(
  checkout: Checkout,
  change: CheckoutChange,
  dataset: Dataset,
): Partial<Checkout> {
  // These members cannot be removed: null leaves them unchanged.
  const lasting = given({
    allow_discount_codes: change.allow_discount_codes ?? undefined,
    require_billing_address: change.require_billing_address ?? undefined,
    success_url: change.success_url?.replaceAll('{CHECKOUT_ID}', checkout.id),
    metadata: change.metadata ?? undefined,
    customer_metadata: change.customer_metadata ?? undefined,
  })
  const others = given({
    customer_name: change.customer_name,
    customer_email: change.customer_email,
    customer_billing_name: change.customer_billing_name,
    customer_billing_address: change.customer_billing_address,
    discount_id: change.discount_id,
    return_url: change.return_url,
    embed_origin: change.embed_origin,
  })
  const changed = { ...checkout, ...lasting, ...others }
  const discount = discountOf(changed, dataset)
  const isCustom = checkout.product_price?.amount_type === 'custom'
  // The amount counts only if the buyer chooses the price.
  const amount = isCustom ? (change.amount ?? checkout.amount) : checkout.amount
  const off = discount === null ? 0 : discountOn(amount, discount)
  return {
    ...lasting,
    ...others,
    discount: discount === null ? null : toCheckoutDiscount(discount),
    amount,
    discount_amount: off,
    net_amount: amount - off,
    total_amount: amount - off,
    is_payment_required: amount > off,
    is_payment_form_required: amount > off,
  }
}

function discountOf(checkout: Checkout, dataset: Dataset): Discount | null {
  if (checkout.discount_id === null) return null
  const found = dataset.discounts.find(
    ({ id, organization_id }) =>
      id === checkout.discount_id && organization_id === checkout.organization_id,
  )
  if (found === undefined) throw refused(['body', 'discount_id'], 'Discount does not exist.')
  return found
}
