/** What was bought, line by line, down to what was paid and what went back. */
import type { models } from '@polar-sh/sdk/2026-10'
import { useId, type ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { Money } from '../../parts/money.tsx'

export function OrderItems({ order }: { readonly order: models.Order }): ReactNode {
  const { orders: words } = useMessages()
  const { currency, discount } = order
  const refunded = order.refunded_amount + order.refunded_tax_amount
  const sums: readonly Sum[] = [
    { name: words.subtotal, amount: order.subtotal_amount },
    ...(order.discount_amount === 0
      ? []
      : [
          {
            name: discount ? words.discountName(discount.name) : words.discount,
            amount: -order.discount_amount,
          },
        ]),
    { name: words.tax, amount: order.tax_amount },
    { name: words.total, amount: order.total_amount, strong: true },
    ...(refunded === 0 ? [] : [{ name: words.refundedAmount, amount: -refunded }]),
  ]
  const heading = useId()
  return (
    <section className="pc-section" aria-labelledby={heading}>
      <h2 id={heading}>{words.items}</h2>
      <div className="pc-table-scroll">
        <table className="pc-table pc-table--sums">
          <caption className="pc-visually-hidden">{words.items}</caption>
          <thead>
            <tr>
              <th scope="col">{words.item}</th>
              <th scope="col" className="pc-number">
                {words.columns.amount}
              </th>
            </tr>
          </thead>
          <tbody>
            {order.items.map(({ id, label, amount }) => (
              <tr key={id}>
                <th scope="row">
                  <bdi>{label}</bdi>
                </th>
                <td className="pc-number">
                  <Money amount={amount} currency={currency} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {sums.map(({ name, amount, strong }) => (
              <tr key={name} className={strong ? 'pc-sum' : undefined}>
                <th scope="row">{name}</th>
                <td className="pc-number">
                  <Money amount={amount} currency={currency} />
                </td>
              </tr>
            ))}
          </tfoot>
        </table>
      </div>
    </section>
  )
}

interface Sum {
  readonly name: string
  /** In the smallest unit; what is taken off is below zero. */
  readonly amount: number
  readonly strong?: boolean
}
