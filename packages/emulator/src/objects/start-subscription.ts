/** A subscription whose first period begins now. */
import { randomUUID } from 'node:crypto'
import { toTimestamp } from '../runtime/clock.ts'
import { addInterval } from './calendar.ts'
import type { Product, Subscription } from './models.ts'
import { createSubscription } from './subscription.ts'

/** @param now epoch seconds. */
export function startSubscription(
  {
    product,
    ...terms
  }: Pick<Subscription, 'amount' | 'currency' | 'customer_id'> &
    Partial<Subscription> & { readonly product: Product },
  now: number,
): Subscription {
  const interval = product.recurring_interval
  if (interval === null) throw new TypeError(`product ${product.id} does not renew`)
  return createSubscription({
    id: randomUUID(),
    created_at: toTimestamp(now),
    organization_id: product.organization_id,
    status: 'active',
    recurring_interval: interval,
    current_period_start: toTimestamp(now),
    current_period_end: toTimestamp(addInterval(now, interval)),
    started_at: toTimestamp(now),
    product_id: product.id,
    ...terms,
  })
}
