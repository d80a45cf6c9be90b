/** A checkout session and its products. */
import { randomUUID } from 'node:crypto'
import { toTimestamp } from '../runtime/clock.ts'
import type { Dataset } from './dataset.ts'
import type { Checkout, models, Product } from './models.ts'
import { createSecret } from '../runtime/secrets.ts'
import { toPublicProduct } from './present.ts'

const LIFETIME_SECONDS = 86_400

export interface CheckoutWishes {
  readonly customer_email?: string | undefined
  readonly customer_name?: string | undefined
  readonly success_url?: string | undefined
  readonly return_url?: string | undefined
  readonly external_customer_id?: string | undefined
  readonly allow_discount_codes?: boolean | undefined
  readonly metadata?: Checkout['metadata'] | undefined
}

/** @param options.now epoch seconds. */
export function createCheckout(
  products: readonly [Product, ...Product[]],
  wishes: CheckoutWishes,
  options: { readonly origin: string; readonly now: number },
): Checkout {
  const id = randomUUID()
  const secret = createSecret('polar_c_')
  const [product] = products
  const priced = pricedFor(toCheckoutProduct(product))
  return {
    id,
    created_at: toTimestamp(options.now),
    modified_at: null,
    custom_field_data: {},
    payment_processor: 'stripe',
    status: 'open',
    client_secret: secret,
    url: `${options.origin}/checkout/${secret}`,
    expires_at: toTimestamp(options.now + LIFETIME_SECONDS),
    success_url:
      wishes.success_url?.replaceAll('{CHECKOUT_ID}', id) ??
      `${options.origin}/checkout/${secret}/confirmation`,
    return_url: wishes.return_url ?? null,
    embed_origin: null,
    seats: null,
    min_seats: null,
    max_seats: null,
    units: null,
    min_units: null,
    max_units: null,
    tax_behavior: null,
    allow_trial: true,
    active_trial_interval: null,
    active_trial_interval_count: null,
    trial_end: null,
    organization_id: product.organization_id,
    discount_id: null,
    allow_discount_codes: wishes.allow_discount_codes ?? true,
    require_billing_address: false,
    customer_id: null,
    is_business_customer: false,
    customer_name: wishes.customer_name ?? null,
    customer_email: wishes.customer_email ?? null,
    customer_ip_address: null,
    customer_billing_name: null,
    customer_billing_address: null,
    customer_tax_id: null,
    // Localized checkouts are not emulated.
    locale: 'en',
    payment_method_type: null,
    payment_processor_metadata: { publishable_key: 'pk_test_emulator' },
    billing_address_fields: {
      country: 'required',
      state: 'disabled',
      city: 'disabled',
      postal_code: 'disabled',
      line1: 'disabled',
      line2: 'disabled',
    },
    trial_interval: null,
    trial_interval_count: null,
    metadata: wishes.metadata ?? {},
    external_customer_id: wishes.external_customer_id ?? null,
    products: products.map(toCheckoutProduct),
    prices: Object.fromEntries(products.map((entry) => [entry.id, entry.prices])),
    discount: null,
    subscription_id: null,
    attached_custom_fields: [],
    customer_metadata: {},
    ...priced,
  }
}

/** The chosen product of a session and its amounts. */
export function pricedFor(product: models.CheckoutProduct) {
  const [price] = product.prices
  if (price === undefined) throw new TypeError(`product ${product.id} has no price`)
  const amount =
    price.amount_type === 'fixed'
      ? price.price_amount
      : price.amount_type === 'custom'
        ? (price.preset_amount ?? 0)
        : 0
  const free = price.amount_type === 'fixed' && amount === 0
  return {
    product,
    product_id: product.id,
    product_price: price,
    product_price_id: price.id,
    amount,
    discount_amount: 0,
    net_amount: amount,
    // Tax is unknown until there is an address. Free products have none.
    tax_amount: free ? 0 : null,
    total_amount: amount,
    currency: price.price_currency,
    is_discount_applicable: !free,
    is_free_product_price: free,
    is_payment_required: !free,
    is_payment_setup_required: product.is_recurring,
    is_payment_form_required: !free,
  } satisfies Partial<Checkout>
}

/** Marks open sessions as expired after a day. @param now epoch seconds. */
export function expireCheckouts(dataset: Dataset, now: number): void {
  for (const checkout of dataset.checkouts) {
    const over = Date.parse(checkout.expires_at) <= now * 1000
    if (over && checkout.status === 'open') checkout.status = 'expired'
  }
}

/** In a checkout, Polar hides the merchant's metadata too. */
function toCheckoutProduct(product: Product): models.CheckoutProduct {
  const { metadata: _metadata, ...rest } = toPublicProduct(product)
  return rest
}
