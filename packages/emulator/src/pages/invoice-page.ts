/** What the address of an invoice leads to: a page, where Polar has a file. */
import { html } from 'hono/html'
import type { ApiObject } from '../objects/dataset.ts'
import { page, type Html } from './layout.ts'
import { formatMoney } from './money.ts'

export function invoicePage(order: ApiObject): Html {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const sum = (amount: unknown) => formatMoney(Number(amount), String(order['currency']))
  const rows = [
    ['Number', text(order['invoice_number'])],
    ['Date', order.created_at.slice(0, 10)],
    ['Billed to', text(order['billing_name'])],
    ['For', text(order['description'])],
    ['Net', sum(order['net_amount'])],
    ['Tax', sum(order['tax_amount'])],
    ['Total', sum(order['total_amount'])],
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
