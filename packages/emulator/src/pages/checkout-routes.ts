/** The routes for buyers: checkouts, test payments, checkout links and invoices. */
import { Hono } from 'hono'
import * as v from 'valibot'
import type { Dataset } from '../objects/dataset.ts'
import type { Checkout, CheckoutLink, Product } from '../objects/models.ts'
import type { EmulatorEnv } from '../http/environment.ts'
import { checkoutPage, goneCheckoutPage, paidPage } from './checkout-page.ts'
import { invoicePage } from './invoice-page.ts'
import { createCheckout, expireCheckouts } from '../objects/checkout.ts'
import { payCheckout } from '../objects/pay-checkout.ts'
import type { ApiOptions } from '../api/resource.ts'

const emailAddress = v.pipe(v.string(), v.trim(), v.email())

export function createCheckoutRoutes(polar: ApiOptions): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()

  app.get('/checkout/:secret', (c) => {
    const checkout = findCheckout(c.req.param('secret'))
    if (checkout?.status === 'open') return c.html(checkoutPage(checkout))
    if (checkout?.status === 'succeeded') return c.html(paidPage(checkout))
    return c.html(goneCheckoutPage(), checkout === undefined ? 404 : 410)
  })

  app.get('/checkout/:secret/confirmation', (c) => {
    const checkout = findCheckout(c.req.param('secret'))
    if (checkout?.status === 'succeeded') return c.html(paidPage(checkout))
    return c.redirect(`/checkout/${c.req.param('secret')}`)
  })

  app.post('/checkout/:secret', async (c) => {
    const checkout = findCheckout(c.req.param('secret'))
    if (checkout === undefined) return c.html(goneCheckoutPage(), 404)
    if (checkout.status === 'expired') return c.html(goneCheckoutPage(), 410)
    // A second payment buys nothing and shows the same page.
    if (checkout.status === 'open') {
      const { email = '' } = await c.req.parseBody<{ email?: string }>()
      const parsed = v.safeParse(emailAddress, email)
      if (!parsed.success) return c.html(checkoutPage(checkout, { refusedEmail: email }), 422)
      payCheckout(polar.dataset(), checkout, { email: parsed.output, now: polar.clock.now() })
      c.set('note', 'Test payment received')
    }
    return c.redirect(checkout.success_url, 303)
  })

  app.get('/buy/:secret', (c) => {
    const dataset = polar.dataset()
    const secret = c.req.param('secret')
    const link = dataset.checkout_links.find((entry) => entry.client_secret === secret)
    const [first, ...others] = link === undefined ? [] : soldBy(link, dataset)
    if (link === undefined || first === undefined) return c.html(goneCheckoutPage(), 404)
    const checkout = createCheckout(
      [first, ...others],
      {
        success_url: link.success_url ?? undefined,
        return_url: link.return_url ?? undefined,
        allow_discount_codes: link.allow_discount_codes,
        metadata: link.metadata,
      },
      { origin: polar.origin(), now: polar.clock.now() },
    )
    dataset.checkouts.push(checkout)
    return c.redirect(checkout.url)
  })

  // Anyone with the address may read it, as at Polar.
  app.get('/invoices/:id', (c) => {
    const order = polar.dataset().orders.find(({ id }) => id === c.req.param('id'))
    if (order?.is_invoice_generated !== true) return c.text('Not Found', 404)
    return c.html(invoicePage(order))
  })

  return app

  function findCheckout(secret: string): Checkout | undefined {
    const dataset = polar.dataset()
    expireCheckouts(dataset, polar.clock.now())
    return dataset.checkouts.find((entry) => entry.client_secret === secret)
  }
}

/** The products of a link, without archived ones. */
function soldBy(link: CheckoutLink, { products }: Dataset): Product[] {
  return link.product_ids.flatMap(
    (id) => products.find((entry) => entry.id === id && !entry.is_archived) ?? [],
  )
}
