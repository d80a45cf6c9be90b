/** An invoice as a page. Polar's invoice is a file. */
import { html } from 'hono/html'
import type { Order } from '../objects/models.ts'
import { page, type Html } from './layout.ts'
import { formatMoney } from './money.ts'

export function invoicePage(order: Order): Html {
  const sum = (amount: number) => formatMoney(amount, order.currency)
  const rows = [
    ['Number', order.invoice_number],
    ['Date', order.created_at.slice(0, 10)],
    ['Billed to', order.billing_name],
    ['For', order.description],
    ['Net', sum(order.net_amount)],
    ['Tax', sum(order.tax_amount)],
    ['Total', sum(order.total_amount)],
  ] as const
  return page(
    'Test invoice',
    html`
      <h1>Test invoice</h1>
      <table>
        <tbody>
          ${rows.map(
            ([title, value]) => html`
              <tr>
                <th scope="row">${title}</th>
                <td>${value}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    `,
  )
}
