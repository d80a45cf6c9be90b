/** Refunds, and what they change in the order. */
import type { Order, Refund } from './models.ts'

/** Only Polar itself uses `dispute_prevention`. */
export const REFUND_REASONS = [
  'customer_request',
  'duplicate',
  'fraudulent',
  'service_disruption',
  'satisfaction_guarantee',
  'other',
] as const
export type RefundReason = (typeof REFUND_REASONS)[number]

/**
 * Refunds an order. Only a successful refund changes the amounts and the status of the order.
 *
 * @param plan.amount before tax, in the currency's smallest unit. Default: all that is left.
 */
export function refundOrder(
  order: Order,
  plan: {
    readonly id: string
    readonly createdAt: string
    readonly reason: RefundReason
    readonly amount?: number
    readonly status?: Refund['status']
  },
): Refund {
  const { status = 'succeeded', amount = order.refundable_amount } = plan
  const share = order.refundable_amount === 0 ? 1 : amount / order.refundable_amount
  const tax = Math.floor(order.refundable_tax_amount * share)
  if (status === 'succeeded') {
    order.refunded_amount += amount
    order.refunded_tax_amount += tax
    order.refundable_amount -= amount
    order.refundable_tax_amount -= tax
    order.status = order.refundable_amount === 0 ? 'refunded' : 'partially_refunded'
    order.modified_at = plan.createdAt
  }
  return {
    id: plan.id,
    created_at: plan.createdAt,
    modified_at: null,
    metadata: {},
    status,
    reason: plan.reason,
    amount,
    tax_amount: tax,
    currency: order.currency,
    organization_id: order.organization_id,
    order_id: order.id,
    subscription_id: order.subscription_id,
    customer_id: order.customer_id,
    revoke_benefits: false,
    dispute: null,
  }
}
