/** Checkout sessions. Whether one has expired is for the clock to say when it is read. */
import * as v from 'valibot'
import type { ApiObject } from '../objects/dataset.ts'
import { bodyOf } from './bodies.ts'
import { requireManage } from './access.ts'
import { changedCheckout, checkoutDetails } from './checkout-changes.ts'
import { createCheckout, expireCheckouts, pricedFor } from '../objects/checkout.ts'
import { containing, oneId, oneText, oneWord } from './list.ts'
import { mountResource, ofOrganizations, organizationOf, type ApiOptions } from './resource.ts'
import type { Operations } from './operations.ts'
import { ApiRefusal, refused } from './respond.ts'
import { chooseProducts } from './sold-products.ts'

const checkoutCreate = v.looseObject({
  ...checkoutDetails,
  products: v.pipe(v.array(v.pipe(v.string(), v.uuid())), v.minLength(1)),
  external_customer_id: v.nullish(v.string()),
})
const checkoutUpdate = v.object({ ...checkoutDetails, product_id: v.nullish(v.string()) })

export function mountCheckouts(api: Operations, polar: ApiOptions): void {
  const write = { scope: 'checkouts:write', area: 'sales' } as const
  const ofCallers = ofOrganizations('checkouts')
  mountResource(api, polar, {
    name: 'checkouts',
    component: 'Checkout',
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
        external_customer_id: oneText((item) => item['external_customer_id']),
        status: oneWord('status', 'CheckoutStatus', [
          'open',
          'expired',
          'confirmed',
          'succeeded',
          'failed',
        ]),
        query: containing('customer_email'),
      },
    },
  })
    .create(
      { ...write, body: bodyOf(checkoutCreate) },
      (
        { products: ids, external_customer_id: external, ...wishes },
        { dataset, caller, now, origin },
      ) => {
        const products = chooseProducts(dataset, caller, ids)
        requireManage(dataset, caller, organizationOf(products[0]), 'sales')
        const checkout = createCheckout(
          products,
          { external_customer_id: external ?? undefined },
          { origin, now },
        )
        Object.assign(checkout, changedCheckout(checkout, wishes, dataset))
        dataset.checkouts.push(checkout)
        return checkout
      },
    )
    .update(
      { ...write, body: bodyOf(checkoutUpdate) },
      (checkout, { product_id: wanted, ...change }, { dataset }) => {
        refuseClosed(checkout)
        const moved = wanted ? movedTo(checkout, wanted) : {}
        return { ...moved, ...changedCheckout({ ...checkout, ...moved }, change, dataset) }
      },
    )
}

/** Another of the products that the session offers. */
function movedTo(checkout: ApiObject, productId: string) {
  const product = (checkout['products'] as ApiObject[]).find(({ id }) => id === productId)
  if (product === undefined)
    throw refused(['body', 'product_id'], 'Product is not available in this checkout.')
  return pricedFor(product)
}

function refuseClosed({ status }: ApiObject): void {
  if (status === 'expired') {
    const detail = 'This checkout session has expired.'
    throw new ApiRefusal(410, { error: 'ExpiredCheckoutError', detail })
  }
  if (status !== 'open') {
    throw new ApiRefusal(403, {
      error: 'NotOpenCheckout',
      detail: `Checkout is not open: ${String(status)}`,
    })
  }
}
