/** What the customer paid: each line, the total, and refunds. */
import type { models } from '@polar-sh/sdk/2026-10'
import type { ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { Sums } from './sums.tsx'

export function OrderPaid({ order }: { readonly order: models.Order }): ReactNode {
  const { orders: words } = useMessages()
  const { discount } = order
  const refunded = order.refunded_amount + order.refunded_tax_amount
  const discountName = discount ? words.discountName(discount.name) : words.discount
  const sums = [
    { name: words.subtotal, amount: order.subtotal_amount },
    { name: discountName, amount: -order.discount_amount, optional: true },
    { name: words.tax, amount: order.tax_amount },
    { name: words.total, amount: order.total_amount, strong: true },
    { name: words.balance, amount: order.applied_balance_amount, optional: true },
    { name: words.refunded, amount: -refunded, optional: true },
  ].filter(({ amount, optional }) => !optional || amount !== 0)
  return (
    <Sums title={words.customerPaid} currency={order.currency} items={order.items} sums={sums} />
  )
}
