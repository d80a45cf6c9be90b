/** Amounts below each other, with their sum. */
import { useId, type ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { Money } from '../../parts/money.tsx'

export interface Sum {
  readonly name: string
  /** In the smallest unit. Deductions are negative. */
  readonly amount: number
  /** If it is not the table's. */
  readonly currency?: string
  readonly strong?: boolean
}

interface SumsProps {
  readonly title: string
  readonly currency: string
  readonly items?: readonly {
    readonly id: string
    readonly label: string
    readonly amount: number
  }[]
  readonly sums: readonly Sum[]
  /** A note on what the sums leave out. */
  readonly children?: ReactNode
}

export function Sums({ title, currency, items = [], sums, children }: SumsProps): ReactNode {
  const { orders: words } = useMessages()
  const heading = useId()
  return (
    <section className="pc-section" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <div className="pc-table-scroll">
        <table className="pc-table pc-table--sums">
          <caption className="pc-visually-hidden">{title}</caption>
          {/* Of sums alone there is nothing to name. */}
          <thead className={items.length > 0 ? undefined : 'pc-visually-hidden'}>
            <tr>
              <th scope="col">{words.item}</th>
              <th scope="col" className="pc-number">
                {words.columns.amount}
              </th>
            </tr>
          </thead>
          {items.length > 0 && (
            <tbody>
              {items.map(({ id, label, amount }) => (
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
          )}
          <tfoot>
            {sums.map(({ name, amount, strong, ...of }) => (
              <tr key={name} className={strong ? 'pc-sum' : undefined}>
                <th scope="row">{name}</th>
                <td className="pc-number">
                  <Money amount={amount} currency={of.currency ?? currency} />
                </td>
              </tr>
            ))}
          </tfoot>
        </table>
      </div>
      {children}
    </section>
  )
}
