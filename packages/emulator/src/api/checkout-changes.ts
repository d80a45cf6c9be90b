/** What may be said of a checkout session when it is made or while it is open, and what it then costs. */
import * as v from 'valibot'
import { soldPrice } from '../objects/product.ts'
import type { ApiObject, Dataset } from '../objects/dataset.ts'
import { metadata, organizationOf, webAddress } from './resource.ts'
import { refused } from './respond.ts'

const text = v.nullish(v.string())

export const checkoutDetails = {
  amount: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
  customer_name: text,
  customer_email: v.nullish(v.pipe(v.string(), v.email('value is not a valid email address'))),
  customer_billing_name: text,
  customer_billing_address: v.nullish(v.looseObject({ country: v.pipe(v.string(), v.length(2)) })),
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

/** Members that cannot be taken back: a null leaves them as they are. */
const LASTING = new Set([
  'amount',
  'allow_discount_codes',
  'require_billing_address',
  'success_url',
  'metadata',
  'customer_metadata',
])

/**
 * What `change` makes of an open session, its sums included.
 *
 * @throws ApiRefusal for a discount of another shop, or an amount where the price is not the buyer's.
 */
export function changedCheckout(
  checkout: ApiObject,
  change: CheckoutChange,
  dataset: Dataset,
): Record<string, unknown> {
  const stated = Object.entries(change).filter(
    ([name, value]) => value !== undefined && !(value === null && LASTING.has(name)),
  )
  const changes: Record<string, unknown> = Object.fromEntries(stated)
  if (typeof changes['success_url'] === 'string') {
    changes['success_url'] = changes['success_url'].replaceAll('{CHECKOUT_ID}', checkout.id)
  }
  const price = soldPrice(checkout['product'] as ApiObject)
  if (changes['amount'] !== undefined && price.amount !== null) {
    throw refused(['body', 'amount'], 'Amount can only be set on a custom price.')
  }
  const discount = discountOf({ ...checkout, ...changes }, dataset)
  const amount = Number(changes['amount'] ?? checkout['amount'])
  const off = discount === null ? 0 : discountOn(amount, discount)
  return {
    ...changes,
    discount,
    amount,
    discount_amount: off,
    net_amount: amount - off,
    total_amount: amount - off,
    is_payment_required: amount > off,
    is_payment_form_required: amount > off,
  }
}

function discountOf(checkout: ApiObject, dataset: Dataset): ApiObject | null {
  const wanted = checkout['discount_id']
  if (wanted === null || wanted === undefined) return null
  const found = dataset.discounts.find(
    (entry) => entry.id === wanted && organizationOf(entry) === organizationOf(checkout),
  )
  if (found === undefined) throw refused(['body', 'discount_id'], 'Discount does not exist.')
  const { products: _products, ...rest } = found
  return rest
}

function discountOn(amount: number, discount: ApiObject): number {
  const off =
    discount['type'] === 'percentage'
      ? Math.round((amount * Number(discount['basis_points'])) / 10_000)
      : Number(discount['amount'])
  return Math.min(amount, off)
}
