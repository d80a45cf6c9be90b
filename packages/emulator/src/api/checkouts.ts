/** Checkout sessions. They expire by the emulator's clock, when they are read. */
import * as v from 'valibot'
import { withOldCheckout } from '../objects/deprecated.ts'
import type { Checkout } from '../objects/models.ts'
import { bodyOf, eitherBody } from '../http/bodies.ts'
import { requireManage } from './access.ts'
import { changedCheckout, checkoutDetails, type CheckoutChange } from './checkout-changes.ts'
import { createCheckout, expireCheckouts, pricedFor } from '../objects/checkout.ts'
import { containing, members, oneId, oneText, oneWord } from './list.ts'
import { mountResource, ofOrganizations, type ApiOptions } from './resource.ts'
import type { Operations } from './operations.ts'
import { ApiRefusal, refused } from '../http/respond.ts'
import { byPrice, byProduct, byProducts, chooseProducts, type Selection } from './sold-products.ts'

const creation = { ...checkoutDetails, external_customer_id: v.nullish(v.string()) }
type CheckoutCreate = Selection &
  CheckoutChange & { readonly external_customer_id?: string | null | undefined }
const checkoutCreate = eitherBody<CheckoutCreate>([
  [variant('CheckoutProductsCreate'), v.looseObject({ ...creation, ...byProducts })],
  [variant('CheckoutProductCreate'), v.looseObject({ ...creation, ...byProduct })],
  [variant('CheckoutPriceCreate'), v.looseObject({ ...creation, ...byPrice })],
])
const checkoutUpdate = v.object({ ...checkoutDetails, product_id: v.nullish(v.string()) })

/** Polar's name of a variant includes its checks. */
function variant(name: string): string {
  const checks = [
    '_validate_unit_constraints',
    '_validate_seat_constraints',
    'is_complete_configuration',
  ]
  return checks.reduceRight((inner, check) => `function-after[${check}(), ${inner}]`, name)
}

export function mountCheckouts(api: Operations, polar: ApiOptions): void {
  const write = { scope: 'checkouts:write', area: 'sales' } as const
  const ofCallers = ofOrganizations('checkouts')
  mountResource<Checkout>(api, polar, {
    name: 'checkouts',
    component: 'Checkout',
    reads: ['checkouts:read', 'checkouts:write'],
    items(dataset, caller) {
      expireCheckouts(dataset, polar.clock.now())
      return ofCallers(dataset, caller)
    },
    present: (checkout) => checkout,
    addDeprecated: withOldCheckout,
    rules: {
      sortable: members('created_at', 'expires_at', 'status'),
      defaultSorting: '-created_at',
      filters: {
        organization_id: oneId('organization_id'),
        product_id: oneId('product_id'),
        customer_id: oneId('customer_id'),
        external_customer_id: oneText((checkout) => checkout.external_customer_id),
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
    .create({ ...write, body: checkoutCreate }, (body, { dataset, caller, now, origin }) => {
      const products = chooseProducts(dataset, caller, body)
      requireManage(dataset, caller, products[0].organization_id, 'sales')
      const external = body.external_customer_id ?? undefined
      const checkout = createCheckout(products, { external_customer_id: external }, { origin, now })
      Object.assign(checkout, changedCheckout(checkout, body, dataset))
      dataset.checkouts.push(checkout)
      return checkout
    })
    .update(
      { ...write, body: bodyOf(checkoutUpdate) },
      (checkout, { product_id: wanted, ...change }, { dataset }) => {
        refuseClosed(checkout)
        const moved = wanted ? movedTo(checkout, wanted) : {}
        return { ...moved, ...changedCheckout({ ...checkout, ...moved }, change, dataset) }
      },
    )
}

/** Switches to another product that the session offers. */
function movedTo(checkout: Checkout, productId: string) {
  const product = checkout.products.find(({ id }) => id === productId)
  if (product === undefined)
    throw refused(['body', 'product_id'], 'Product is not available in this checkout.')
  return pricedFor(product)
}

function refuseClosed({ status }: Checkout): void {
  if (status === 'expired') {
    const detail = 'This checkout session has expired.'
    throw new ApiRefusal(410, { error: 'ExpiredCheckoutError', detail })
  }
  if (status !== 'open') {
    throw new ApiRefusal(403, {
      error: 'NotOpenCheckout',
      detail: `Checkout is not open: ${status}`,
    })
  }
}
