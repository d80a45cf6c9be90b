/**
 * Members that Polar no longer documents but still sends. The contract and the SDK lack them. Only
 * this file adds them, so that an app which relies on one can be found.
 */
import type { customerState } from './customer-state.ts'
import type { Dataset } from './dataset.ts'
import type { Benefit, Checkout, Customer, models, Organization, Price, Product } from './models.ts'
import type { presentCheckoutLink, presentOrder, presentSubscription } from './present.ts'

type Interval = Product['recurring_interval']

export function withOldOrganization(organization: Organization) {
  return {
    ...organization,
    bio: null,
    company: null,
    blog: null,
    location: null,
    twitter_username: null,
    pledge_minimum_amount: 0,
    pledge_badge_show_amount: false,
    default_upfront_split_to_contributors: null,
    notification_settings: {
      new_order: true,
      new_subscription: true,
      chargeback_prevention: true,
      subscription_renewal: false,
    },
  }
}

export function withOldBenefit(benefit: Benefit) {
  return { ...benefit, is_tax_applicable: true }
}

export function withOldProduct(product: Product) {
  return { ...withOldPrices(product), benefits: product.benefits.map(withOldBenefit) }
}

/** Orders once had one price and a user. */
export function withOldOrder(order: ReturnType<typeof presentOrder>, dataset: Dataset) {
  const price = priceOf(dataset, order.items[0]?.product_price_id)
  const { subscription } = order
  return {
    ...order,
    ...userOf(order.customer),
    product_price_id: price?.id ?? null,
    product_price: price && withOldPrice(price, order.product?.recurring_interval ?? null),
    subscription: subscription && {
      ...subscription,
      price_id: firstPriceOf(dataset, subscription.product_id)?.id ?? null,
      user_id: order.customer_id,
    },
    amount: order.net_amount,
    from_balance_amount: order.applied_balance_amount,
  }
}

export function withOldSubscription(subscription: ReturnType<typeof presentSubscription>) {
  const product = withOldProduct(subscription.product)
  const [price = null] = product.prices
  return {
    ...subscription,
    ...userOf(subscription.customer),
    product,
    prices: product.prices,
    price_id: price?.id ?? null,
    price,
  }
}

export function withOldCustomerState(state: ReturnType<typeof customerState>, dataset: Dataset) {
  return {
    ...state,
    active_subscriptions: state.active_subscriptions.map((subscription) => ({
      ...subscription,
      price_id: firstPriceOf(dataset, subscription.product_id)?.id ?? null,
    })),
  }
}

/** Links once had one product. */
export function withOldCheckoutLink(link: ReturnType<typeof presentCheckoutLink>) {
  const products = link.products.map(withOldPrices)
  const [product = null] = products
  const price = product?.prices[0] ?? null
  return {
    ...link,
    products,
    product_id: product?.id ?? null,
    product,
    product_price_id: price?.id ?? null,
    product_price: price,
  }
}

export function withOldCheckout(checkout: Checkout) {
  const { product, product_price: price, billing_address_fields: fields } = checkout
  const products = checkout.products.map(withOldPrices)
  return {
    ...checkout,
    products,
    product: product && withOldPrices(product),
    product_price: price && withOldPrice(price, product?.recurring_interval ?? null),
    prices: Object.fromEntries(products.map(({ id, prices }) => [id, prices])),
    customer_billing_address_fields: Object.fromEntries(
      Object.entries(fields).map(([name, mode]) => [name, mode === 'required']),
    ),
    customer_external_id: checkout.external_customer_id,
    subtotal_amount: checkout.net_amount,
  }
}

type AnyPrice = Price | models.CheckoutProduct['prices'][number]

/** Prices once had the billing interval. */
function withOldPrice<Kind extends AnyPrice>(price: Kind, interval: Interval) {
  const type = interval === null ? 'one_time' : 'recurring'
  return { ...price, type, recurring_interval: interval }
}

function withOldPrices<
  Item extends {
    readonly prices: readonly AnyPrice[]
    readonly recurring_interval: Interval
  },
>(product: Item) {
  const prices = product.prices.map((price) => withOldPrice(price, product.recurring_interval))
  return { ...product, prices }
}

/** Customers were once users of Polar. */
function userOf({ id, name, email, avatar_url }: Customer) {
  const public_name = (name ?? email ?? '').charAt(0).toUpperCase()
  return { user_id: id, user: { id, email, public_name, avatar_url, github_username: null } }
}

function priceOf({ products }: Dataset, wanted: string | null | undefined): Price | null {
  return products.flatMap(({ prices }) => prices).find(({ id }) => id === wanted) ?? null
}

function firstPriceOf({ products }: Dataset, productId: string): Price | undefined {
  return products.find(({ id }) => id === productId)?.prices[0]
}
