/** The orders: the list, and one of them. */
import type { models } from '@polar-sh/sdk/2026-10'
import { count, number } from './counting.ts'

export const orders = {
  count: (amount: number) => count(amount, 'order', 'orders'),
  loaded: (shown: number, all: number) => `Orders loaded, ${number(shown)} of ${number(all)}.`,
  thing: 'orders',
  one: 'order',
  table: 'Orders table',
  search: 'Search orders',
  columns: {
    order: 'Order',
    customer: 'Customer',
    product: 'Product',
    amount: 'Amount',
    status: 'Status',
    date: 'Date',
  },
  statuses: {
    draft: 'Draft',
    pending: 'Pending',
    paid: 'Paid',
    refunded: 'Refunded',
    partially_refunded: 'Partly refunded',
    void: 'Void',
  } satisfies Record<models.OrderStatus, string>,
  empty: 'No orders yet',
  emptyText: 'When someone buys one of your products, the order shows up here.',
  title: (number: string) => `Order ${number}`,
  reason: 'Reason',
  reasons: {
    purchase: 'Purchase',
    subscription_create: 'New subscription',
    subscription_cycle: 'Subscription renewal',
    subscription_update: 'Subscription change',
    subscription_meter_cycle: 'Usage of a subscription',
  } satisfies Record<models.OrderBillingReason, string>,
  billingName: 'Billing name',
  discountName: (name: string) => `Discount: ${name}`,
  id: 'Order ID',
  items: 'Items',
  item: 'Item',
  subtotal: 'Subtotal',
  discount: 'Discount',
  tax: 'Tax',
  total: 'Total',
  refundedAmount: 'Refunded',
}
