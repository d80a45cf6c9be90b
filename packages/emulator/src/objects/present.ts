/** Turns stored objects into API answers: adds the objects that they refer to. */
import { createHash } from 'node:crypto'
import type { Dataset } from './dataset.ts'
import type {
  Benefit,
  Checkout,
  CheckoutLink,
  Customer,
  Discount,
  models,
  Order,
  Product,
  Subscription,
} from './models.ts'

/** The short form in orders and discounts: without prices. */
export function toShortProduct(product: Product): models.OrderProduct {
  const {
    prices: _prices,
    benefits: _benefits,
    medias: _medias,
    attached_custom_fields: _fields,
    is_deletable: _isDeletable,
    ...rest
  } = product
  return rest
}

/** The form for buyers: with prices, but without the details of benefits. */
export function toPublicProduct(product: Product) {
  const { attached_custom_fields: _fields, is_deletable: _isDeletable, ...rest } = product
  return { ...rest, benefits: product.benefits.map(toPublicBenefit) }
}

/** The billing name defaults to the name. The avatar depends on the e-mail address. */
export function presentCustomer(customer: Customer): Customer {
  const { name, billing_name: billingName, email, avatar_url: avatar } = customer
  return { ...customer, billing_name: billingName ?? name, avatar_url: avatar ?? gravatar(email) }
}

function gravatar(email: string | null): string | null {
  if (email === null) return null
  const digest = createHash('sha256').update(email.toLowerCase()).digest('hex')
  return `https://www.gravatar.com/avatar/${digest}?d=404`
}

/** @throws {TypeError} if the customer does not exist. */
export function presentOrder(order: Order, dataset: Dataset) {
  const { organization_id: _organizationId, ...rest } = order
  const customer = presentCustomer(required(dataset.customers, order.customer_id))
  const product = find(dataset.products, order.product_id)
  const subscription = find(dataset.subscriptions, order.subscription_id)
  return {
    ...rest,
    billing_name: order.billing_name ?? customer.billing_name,
    customer,
    product: product ? toShortProduct(product) : null,
    discount: shortDiscount(dataset, order.discount_id),
    subscription: subscription ? toShortSubscription(subscription) : null,
  } satisfies models.Order
}

/** @throws {TypeError} if the customer or the product does not exist. */
export function presentSubscription(subscription: Subscription, dataset: Dataset) {
  const { organization_id: _organizationId, ...rest } = subscription
  const product = required(dataset.products, subscription.product_id)
  return {
    ...rest,
    customer: presentCustomer(required(dataset.customers, subscription.customer_id)),
    product,
    discount: shortDiscount(dataset, subscription.discount_id),
    prices: product.prices,
    meters: [],
    pending_update: null,
  } satisfies models.Subscription
}

export function presentCheckoutLink(link: CheckoutLink, dataset: Dataset, origin: string) {
  const { product_ids: ids, ...rest } = link
  return {
    ...rest,
    products: ids.map((id) => toPublicProduct(required(dataset.products, id))),
    discount: shortDiscount(dataset, link.discount_id),
    url: `${origin}/buy/${link.client_secret}`,
  } satisfies models.CheckoutLink
}

/** The form in a checkout session. */
export function toCheckoutDiscount(discount: Discount): NonNullable<Checkout['discount']> {
  const { id, name, code, duration, duration_in_months: months } = discount
  const common = {
    id,
    name,
    code,
    duration,
    ...(months !== undefined && { duration_in_months: months }),
  }
  if (discount.type === 'percentage') {
    return { ...common, type: discount.type, basis_points: discount.basis_points }
  }
  const { type, amount, currency, amounts } = discount
  return { ...common, type, amount, currency, amounts }
}

function toPublicBenefit(benefit: Benefit): models.BenefitCustomPublic {
  const {
    metadata: _metadata,
    visibility: _visibility,
    properties: _properties,
    visibility_configurable: _configurable,
    ...rest
  } = benefit
  return rest
}

function toShortSubscription(subscription: Subscription): models.OrderSubscription {
  const { organization_id: _organizationId, custom_field_data: _fields, ...rest } = subscription
  return rest
}

function shortDiscount(dataset: Dataset, id: string | null) {
  const discount = find(dataset.discounts, id)
  if (discount === undefined) return null
  const { products: _products, ...rest } = discount
  return rest
}

function find<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string | null,
): Item | undefined {
  return id === null ? undefined : items.find((item) => item.id === id)
}

function required<Item extends { readonly id: string }>(items: readonly Item[], id: string): Item {
  const item = find(items, id)
  if (item === undefined) throw new TypeError(`the data set lacks the object ${id}`)
  return item
}
