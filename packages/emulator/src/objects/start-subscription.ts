/** A subscription that begins now, with its first period before it. */
import { randomUUID } from 'node:crypto'
import { toTimestamp } from '../world/clock.ts'
import { addInterval } from './calendar.ts'
import { createSubscription, type Subscription } from './subscription.ts'
import type { ApiObject } from './dataset.ts'

/** @param now epoch seconds */
export function startSubscription(
  {
    product,
    ...terms
  }: Pick<Subscription, 'amount' | 'currency' | 'customer_id'> &
    Partial<Subscription> & { readonly product: ApiObject },
  now: number,
): Subscription {
  const interval = String(product['recurring_interval'])
  return createSubscription({
    id: randomUUID(),
    created_at: toTimestamp(now),
    organization_id: String(product['organization_id']),
    status: 'active',
    recurring_interval: interval,
    current_period_start: toTimestamp(now),
    current_period_end: toTimestamp(addInterval(now, interval)),
    started_at: toTimestamp(now),
    product_id: product.id,
    ...terms,
  })
}
