/** Objects as the API answers them, with what they refer to put in. */
import type { ApiObject, Dataset } from './dataset.ts'

/** The short form inside orders and discounts: what is sold, without its prices. */
export function toShortProduct(product: ApiObject): ApiObject {
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

/** What a buyer sees of a product: prices, but of benefits only what they are. */
export function toPublicProduct(product: ApiObject): ApiObject {
  const { attached_custom_fields: _fields, is_deletable: _isDeletable, ...rest } = product
  return { ...rest, benefits: (product['benefits'] as ApiObject[]).map(toPublicBenefit) }
}

export function presentOrder(order: ApiObject, dataset: Dataset): ApiObject {
  const { organization_id: _organizationId, ...rest } = order
  const product = find(dataset.products, order['product_id'])
  const subscription = find(dataset.subscriptions, order['subscription_id'])
  return {
    ...rest,
    id: order.id,
    customer: find(dataset.customers, order['customer_id']) ?? null,
    product: product ? toShortProduct(product) : null,
    discount: shortDiscount(dataset, order),
    subscription: subscription ? toShortSubscription(subscription) : null,
  }
}

export function presentSubscription(subscription: ApiObject, dataset: Dataset): ApiObject {
  const { organization_id: _organizationId, ...rest } = subscription
  const product = find(dataset.products, subscription['product_id'])
  return {
    ...rest,
    customer: find(dataset.customers, subscription['customer_id']) ?? null,
    product: product ?? null,
    discount: shortDiscount(dataset, subscription),
    prices: product?.['prices'] ?? [],
    meters: [],
    pending_update: null,
  }
}

export function presentCheckoutLink(link: ApiObject, dataset: Dataset, origin: string): ApiObject {
  const { product_ids: ids, ...rest } = link
  const products = (ids as string[]).flatMap((id) => find(dataset.products, id) ?? [])
  return {
    ...rest,
    products: products.map(toPublicProduct),
    discount: shortDiscount(dataset, link),
    url: `${origin}/buy/${String(link['client_secret'])}`,
  }
}

function toPublicBenefit(benefit: ApiObject): ApiObject {
  const {
    metadata: _metadata,
    visibility: _visibility,
    properties: _properties,
    visibility_configurable: _configurable,
    ...rest
  } = benefit
  return rest
}

function toShortSubscription(subscription: ApiObject): ApiObject {
  const { organization_id: _organizationId, custom_field_data: _fields, ...rest } = subscription
  return rest
}

function shortDiscount(dataset: Dataset, holder: ApiObject): ApiObject | null {
  const discount = find(dataset.discounts, holder['discount_id'])
  if (discount === undefined) return null
  const { products: _products, ...rest } = discount
  return rest
}

function find(items: readonly ApiObject[], id: unknown): ApiObject | undefined {
  return typeof id === 'string' ? items.find((item) => item.id === id) : undefined
}
