/**
 * An order. It stores only the IDs of customer, product, discount and subscription. Its amounts
 * follow Polar's arithmetic.
 */
import type { Address, Order } from './models.ts'

export interface OrderPlan {
  readonly id: string
  readonly itemId: string
  readonly createdAt: string
  readonly organizationId: string
  /** The status before any refund. `refundOrder` changes it. */
  readonly status: 'paid' | 'pending' | 'void' | 'draft'
  readonly billingReason: 'purchase' | 'subscription_create' | 'subscription_cycle'
  /** In the currency's smallest unit. So is `discount`. */
  readonly subtotal: number
  readonly discount?: number
  /** 0.19 is 19%. */
  readonly taxRate: number
  readonly currency: string
  readonly customer: {
    readonly id: string
    readonly name: string | null
    readonly billing_address: Address | null
  }
  readonly product: { readonly id: string; readonly name: string; readonly priceId: string | null }
  readonly discountId?: string | null
  readonly subscriptionId?: string | null
  readonly checkoutId?: string | null
  readonly invoiceNumber: string | null
  readonly isInvoiceGenerated?: boolean
}

export function createOrder(plan: OrderPlan): Order {
  const { status, subtotal, customer, product, createdAt } = plan
  const discountAmount = plan.discount ?? 0
  const net = subtotal - discountAmount
  const tax = Math.round(net * plan.taxRate)
  const total = net + tax
  const paid = status === 'paid'
  const fee = paid && total > 0 ? Math.round(total * 0.04 + 40) : 0
  return {
    id: plan.id,
    created_at: createdAt,
    modified_at: null,
    organization_id: plan.organizationId,
    status,
    paid,
    subtotal_amount: subtotal,
    discount_amount: discountAmount,
    net_amount: net,
    tax_amount: tax,
    total_amount: total,
    applied_balance_amount: 0,
    due_amount: total,
    refunded_amount: 0,
    refunded_tax_amount: 0,
    currency: plan.currency,
    billing_reason: plan.billingReason,
    billing_name: customer.name,
    billing_address: customer.billing_address,
    invoice_number: plan.invoiceNumber,
    is_invoice_generated: plan.isInvoiceGenerated ?? false,
    receipt_number: null,
    seats: null,
    units: null,
    customer_id: customer.id,
    product_id: product.id,
    discount_id: plan.discountId ?? null,
    subscription_id: plan.subscriptionId ?? null,
    checkout_id: plan.checkoutId ?? null,
    next_payment_attempt_at: null,
    metadata: {},
    custom_field_data: {},
    platform_fee_amount: fee,
    platform_fee_currency: fee > 0 ? plan.currency : null,
    items: [
      {
        created_at: createdAt,
        modified_at: null,
        id: plan.itemId,
        label: product.name,
        amount: subtotal,
        tax_amount: tax,
        proration: false,
        product_price_id: product.priceId,
        start_timestamp: null,
        end_timestamp: null,
      },
    ],
    description: product.name,
    refundable_amount: net,
    refundable_tax_amount: tax,
  }
}

/** `ACME-0042`: each organization counts its own invoices. */
export function invoiceNumber(slug: string, number: number): string {
  return `${slug.split('-')[0]}-${String(number).padStart(4, '0')}`.toUpperCase()
}
