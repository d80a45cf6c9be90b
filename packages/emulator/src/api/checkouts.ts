/** Checkout sessions. Whether one has expired is for the clock to say when it is read. */
import type { Hono } from 'hono'
import * as v from 'valibot'
import type { EmulatorEnv } from '../environment.ts'
import { requireManage } from './access.ts'
import { createCheckout, expireCheckouts } from './checkout.ts'
import { containing, oneId, oneOf, oneWord } from './list.ts'
import {
  given,
  mountResource,
  ofOrganizations,
  organizationOf,
  webAddress,
  type ApiOptions,
} from './resource.ts'
import { chooseProducts } from './sold-products.ts'

const optionalText = v.nullish(v.string())
const checkoutCreate = v.looseObject({
  products: v.pipe(v.array(v.pipe(v.string(), v.uuid())), v.minLength(1)),
  customer_email: optionalText,
  customer_name: optionalText,
  success_url: v.nullish(webAddress),
  return_url: v.nullish(webAddress),
  external_customer_id: optionalText,
  allow_discount_codes: v.nullish(v.boolean()),
  metadata: v.nullish(v.record(v.string(), v.unknown())),
})

export function mountCheckouts(app: Hono<EmulatorEnv>, polar: ApiOptions): void {
  const ofCallers = ofOrganizations('checkouts')
  mountResource(app, polar, {
    name: 'checkouts',
    reads: ['checkouts:read', 'checkouts:write'],
    items(dataset, caller) {
      expireCheckouts(dataset, polar.clock.now())
      return ofCallers(dataset, caller)
    },
    rules: {
      sortable: { created_at: true, expires_at: true, status: true },
      defaultSorting: '-created_at',
      filters: {
        organization_id: oneId('organization_id'),
        product_id: oneId('product_id'),
        customer_id: oneId('customer_id'),
        external_customer_id: oneOf('external_customer_id'),
        status: oneWord('status', ['open', 'expired', 'confirmed', 'succeeded', 'failed']),
        query: containing('customer_email'),
      },
    },
  }).create(
    { scope: 'checkouts:write', area: 'sales', body: checkoutCreate },
    ({ products: ids, ...wishes }, { dataset, caller, now, origin }) => {
      const products = chooseProducts(dataset, caller, ids)
      requireManage(dataset, caller, organizationOf(products[0]), 'sales')
      const stated = Object.entries(given(wishes)).filter(([, value]) => value !== null)
      const checkout = createCheckout(products, Object.fromEntries(stated), { origin, now })
      dataset.checkouts.push(checkout)
      return checkout
    },
  )
}
