/** A test payment: turns a checkout into an order. */
import { randomUUID } from 'node:crypto'
import { toTimestamp } from '../runtime/clock.ts'
import { createCustomer } from './customer.ts'
import type { Dataset } from './dataset.ts'
import type { Checkout, Customer } from './models.ts'
import { createOrder, invoiceNumber } from './order.ts'
import { startSubscription } from './start-subscription.ts'

/**
 * Creates the order, the customer if the e-mail address is new, and a subscription if the product
 * recurs.
 *
 * @param checkout an open checkout.
 * @param payment.now epoch seconds.
 */
export function payCheckout(
  dataset: Dataset,
  checkout: Checkout,
  payment: { readonly email: string; readonly now: number },
): void {
  const createdAt = toTimestamp(payment.now)
  const product = dataset.products.find(({ id }) => id === checkout.product_id)
  if (product === undefined) throw new TypeError(`checkout ${checkout.id} sells nothing`)
  const organizationId = checkout.organization_id
  const customer = findOrCreateCustomer(dataset, checkout, { email: payment.email, createdAt })
  const subscription = product.is_recurring
    ? startSubscription(
        {
          product,
          amount: checkout.amount,
          currency: checkout.currency,
          customer_id: customer.id,
          checkout_id: checkout.id,
          discount_id: checkout.discount_id,
        },
        payment.now,
      )
    : undefined
  if (subscription !== undefined) dataset.subscriptions.push(subscription)
  const earlier = dataset.orders.filter((order) => order.organization_id === organizationId)
  const slug = dataset.organizations.find(({ id }) => id === organizationId)?.slug ?? ''
  dataset.orders.push({
    ...createOrder({
      id: randomUUID(),
      itemId: randomUUID(),
      createdAt,
      organizationId,
      status: 'paid',
      billingReason: subscription === undefined ? 'purchase' : 'subscription_create',
      subtotal: checkout.amount,
      discount: checkout.discount_amount,
      discountId: checkout.discount_id,
      taxRate: 0,
      currency: checkout.currency,
      customer,
      product: {
        id: product.id,
        name: product.name,
        priceId: checkout.product_price_id,
      },
      subscriptionId: subscription?.id ?? null,
      checkoutId: checkout.id,
      invoiceNumber: invoiceNumber(slug, earlier.length + 1),
    }),
    metadata: checkout.metadata,
  })
  const discount = dataset.discounts.find(({ id }) => id === checkout.discount_id)
  if (discount !== undefined) discount.redemptions_count += 1
  Object.assign<Checkout, Partial<Checkout>>(checkout, {
    status: 'succeeded',
    modified_at: createdAt,
    customer_id: customer.id,
    customer_email: payment.email,
    tax_amount: 0,
    subscription_id: subscription?.id ?? null,
  })
}

function findOrCreateCustomer(
  dataset: Dataset,
  checkout: Checkout,
  buyer: { readonly email: string; readonly createdAt: string },
): Customer {
  const known = dataset.customers.find(
    (entry) =>
      entry.organization_id === checkout.organization_id &&
      entry.deleted_at === null &&
      entry.email?.toLowerCase() === buyer.email.toLowerCase(),
  )
  if (known !== undefined) return known
  const customer = createCustomer({
    id: randomUUID(),
    created_at: buyer.createdAt,
    organization_id: checkout.organization_id,
    email: buyer.email,
    name: checkout.customer_name,
    external_id: checkout.external_customer_id,
  })
  dataset.customers.push(customer)
  return customer
}
