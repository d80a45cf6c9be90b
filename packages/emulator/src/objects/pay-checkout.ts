/** A test payment: what a succeeded checkout leaves behind in the shop. */
import { randomUUID } from 'node:crypto'
import { toTimestamp } from '../world/clock.ts'
import { createCustomer, type Customer } from './customer.ts'
import { createOrder } from './order.ts'
import type { ApiObject, Dataset } from './dataset.ts'
import { startSubscription } from './start-subscription.ts'

/**
 * Makes the order, the customer unless the shop knows the address, and a subscription for what
 * recurs.
 *
 * @param checkout an open one
 * @param payment.now epoch seconds
 */
export function payCheckout(
  dataset: Dataset,
  checkout: ApiObject,
  payment: { readonly email: string; readonly now: number },
): void {
  const createdAt = toTimestamp(payment.now)
  const product = checkout['product'] as ApiObject
  const organizationId = String(checkout['organization_id'])
  const customer = findOrCreateCustomer(dataset, checkout, { email: payment.email, createdAt })
  const subscription =
    product['is_recurring'] === true
      ? startSubscription(
          {
            product,
            amount: Number(checkout['amount']),
            currency: String(checkout['currency']),
            customer_id: customer.id,
            checkout_id: checkout.id,
            discount_id: checkout['discount_id'] as string | null,
          },
          payment.now,
        )
      : undefined
  if (subscription !== undefined) dataset.subscriptions.push(subscription)
  const earlier = dataset.orders.filter(
    (order) => order['organization_id'] === organizationId,
  ).length
  const prefix = dataset.organizations.find(({ id }) => id === organizationId)?.['slug']
  dataset.orders.push({
    ...createOrder({
      id: randomUUID(),
      itemId: randomUUID(),
      createdAt,
      organizationId,
      status: 'paid',
      billingReason: subscription === undefined ? 'purchase' : 'subscription_create',
      subtotal: Number(checkout['amount']),
      discount: Number(checkout['discount_amount']),
      discountId: checkout['discount_id'] as string | null,
      taxRate: 0,
      currency: String(checkout['currency']),
      customer,
      product: {
        id: product.id,
        name: String(product['name']),
        priceId: String(checkout['product_price_id']),
      },
      subscriptionId: subscription?.id ?? null,
      checkoutId: checkout.id,
      invoiceNumber:
        `${String(prefix).split('-')[0]}-${String(earlier + 1).padStart(4, '0')}`.toUpperCase(),
    }),
    metadata: checkout['metadata'],
  })
  const discount = dataset.discounts.find(({ id }) => id === checkout['discount_id'])
  if (discount !== undefined) {
    discount['redemptions_count'] = Number(discount['redemptions_count']) + 1
  }
  Object.assign(checkout, {
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
  checkout: ApiObject,
  buyer: { readonly email: string; readonly createdAt: string },
): Customer {
  const known = (dataset.customers as Customer[]).find(
    (entry) =>
      entry.organization_id === checkout['organization_id'] &&
      entry.deleted_at === null &&
      entry.email?.toLowerCase() === buyer.email.toLowerCase(),
  )
  if (known !== undefined) return known
  const customer = createCustomer({
    id: randomUUID(),
    created_at: buyer.createdAt,
    organization_id: String(checkout['organization_id']),
    email: buyer.email,
    name: checkout['customer_name'] as string | null,
    external_id: checkout['external_customer_id'] as string | null,
  })
  dataset.customers.push(customer)
  return customer
}
