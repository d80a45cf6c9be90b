/** The checkout pages: the form, the confirmation, and the page for an expired session. */
import { html } from 'hono/html'
import type { Checkout } from '../objects/models.ts'
import { page, type Html } from './layout.ts'
import { formatMoney } from './money.ts'

/** @param options.refusedEmail the text that was entered, if it is not an e-mail address. */
export function checkoutPage(
  checkout: Checkout,
  { refusedEmail }: { readonly refusedEmail?: string } = {},
): Html {
  const refused = refusedEmail !== undefined
  const email = refusedEmail ?? checkout.customer_email ?? ''
  const invalid = refused
    ? html`aria-invalid="true" aria-describedby="email-problem" autofocus`
    : ''
  return page(
    'Test checkout',
    html`
      <h1>Test checkout</h1>
      ${summary(checkout)}
      <form method="post">
        <p><label for="email">Email</label></p>
        <input
          type="text"
          inputmode="email"
          autocomplete="email"
          id="email"
          name="email"
          value="${email}"
          ${invalid}
        />
        ${refused ? html`<p id="email-problem" role="alert">Enter an email address.</p>` : ''}
        <p class="muted">No card is asked for, and no money moves.</p>
        <p class="actions"><button class="primary">Pay (test)</button></p>
      </form>
      ${backToShop(checkout)}
    `,
  )
}

export function paidPage(checkout: Checkout): Html {
  return page(
    'Payment received (test)',
    html`
      <h1>Payment received (test)</h1>
      ${summary(checkout)}
      <p class="muted">Bought by ${checkout.customer_email}.</p>
      ${backToShop(checkout)}
    `,
  )
}

export function goneCheckoutPage(): Html {
  return page(
    'Checkout not available',
    html`
      <h1>Checkout not available</h1>
      <p>It has expired or never existed. Start again from the shop.</p>
    `,
  )
}

function summary(checkout: Checkout): Html {
  const { product, total_amount, currency } = checkout
  const interval = product?.recurring_interval ?? null
  const every = interval === null ? '' : ` every ${interval}`
  const price = formatMoney(total_amount, currency)
  return html`<p><strong>${product?.name}</strong></p>
    <p>${price}${every}</p>`
}

function backToShop(checkout: Checkout): Html | string {
  const { return_url: address } = checkout
  return address === null ? '' : html`<p><a href="${address}">Back to shop</a></p>`
}
