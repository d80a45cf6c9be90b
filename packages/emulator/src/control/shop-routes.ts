/** Controls that simulate sales: a purchase, a refund, a cancellation. */
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import * as v from 'valibot'
import { createCheckout } from '../objects/checkout.ts'
import { payCheckout } from '../objects/pay-checkout.ts'
import { REFUND_REASONS, refundOrder } from '../objects/refund.ts'
import { cancelAtPeriodEnd, endNow } from '../api/subscriptions.ts'
import { toTimestamp } from '../runtime/clock.ts'
import type { Owned } from '../objects/models.ts'
import type { World } from '../world/world.ts'
import { readBody } from './body.ts'

const orderBody = v.strictObject({
  /** Default: the first organization. */
  organization: v.optional(v.string()),
  /** Default: the newest product that can be bought. */
  product: v.optional(v.string()),
  email: v.optional(v.pipe(v.string(), v.email()), 'test.buyer@example.com'),
})
const refundBody = v.strictObject({
  organization: v.optional(v.string()),
  /** Default: the newest order that can be refunded. */
  order: v.optional(v.string()),
  /** Before tax, in the currency's smallest unit. Default: all that is left. */
  amount: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  reason: v.optional(v.picklist(REFUND_REASONS), 'customer_request'),
})
const cancelBody = v.strictObject({
  organization: v.optional(v.string()),
  /** Default: the newest active subscription. */
  subscription: v.optional(v.string()),
  /** True ends it now, false at the end of its period. */
  immediately: v.optional(v.boolean(), false),
})

export function mountShop(app: Hono, world: World): void {
  app.post('/orders', async (c) => {
    const body = await readBody(c, orderBody)
    if (body instanceof Response) return body
    const product = newest(
      world.dataset.products,
      (item) =>
        (body.product === undefined || item.id === body.product) &&
        inShop(item, body.organization) &&
        !item.is_archived,
    )
    if (product === undefined) return c.json({ error: 'No product that can be bought' }, 404)
    const now = world.clock.now()
    const checkout = createCheckout([product], {}, { origin: world.origin, now })
    world.dataset.checkouts.push(checkout)
    payCheckout(world.dataset, checkout, { email: body.email, now })
    const { id, customer_id, product_id, subscription_id, total_amount } =
      world.dataset.orders.at(-1) ?? checkout
    return c.json({ id, customer_id, product_id, subscription_id, total_amount }, 201)
  })

  app.post('/refunds', async (c) => {
    const body = await readBody(c, refundBody)
    if (body instanceof Response) return body
    const order = newest(
      world.dataset.orders,
      (item) =>
        (body.order === undefined || item.id === body.order) &&
        (body.order !== undefined || inShop(item, body.organization)) &&
        item.paid &&
        item.refundable_amount >= (body.amount ?? 1),
    )
    if (order === undefined) return c.json({ error: 'No order with that much left to refund' }, 404)
    const refund = refundOrder(order, {
      id: randomUUID(),
      createdAt: toTimestamp(world.clock.now()),
      reason: body.reason,
      amount: body.amount ?? order.refundable_amount,
    })
    world.dataset.refunds.push(refund)
    return c.json(refund, 201)
  })

  app.post('/subscriptions/cancel', async (c) => {
    const body = await readBody(c, cancelBody)
    if (body instanceof Response) return body
    const subscription = newest(
      world.dataset.subscriptions,
      (item) =>
        (body.subscription === undefined || item.id === body.subscription) &&
        inShop(item, body.organization) &&
        item.status === 'active' &&
        !item.cancel_at_period_end,
    )
    if (subscription === undefined)
      return c.json({ error: 'No active subscription to cancel' }, 404)
    const at = toTimestamp(world.clock.now())
    const change = body.immediately ? endNow(at) : cancelAtPeriodEnd(subscription, at)
    Object.assign(subscription, change, { modified_at: at })
    const { id, status, cancel_at_period_end, ends_at } = subscription
    return c.json({ id, status, cancel_at_period_end, ends_at })
  })

  function inShop(item: Owned, organization: string | undefined): boolean {
    const shop = organization ?? world.dataset.organizations[0]?.id
    return item.organization_id === shop
  }
}

function newest<Item extends Owned>(
  items: readonly Item[],
  fits: (item: Item) => boolean,
): Item | undefined {
  return items
    .filter(fits)
    .toSorted((left, right) => (left.created_at < right.created_at ? 1 : -1))
    .at(0)
}
