/** What a buyer would see of a checkout session. */
import { html } from 'hono/html'
import type { ApiObject } from '../dataset.ts'
import { page, type Html } from './layout.ts'

export function checkoutPage(checkout: ApiObject): Html {
  const product = checkout['product'] as { name: string }
  const currency = String(checkout['currency']).toUpperCase()
  return page(
    'Test checkout',
    html`
      <h1>Test checkout</h1>
      <p><strong>${product.name}</strong></p>
      <p>${String(checkout['total_amount'])} ${currency} (in the currency's smallest unit)</p>
      <p class="muted">Status: ${String(checkout['status'])}. Nothing can be bought here.</p>
    `,
  )
}
