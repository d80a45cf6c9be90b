/** Checkout links: reusable addresses that start a checkout. Their oldest come first. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { toTimestamp } from '../world/clock.ts'
import { createCheckoutLink } from '../objects/checkout-link.ts'
import { createSecret } from '../world/secrets.ts'
import { bodyOf } from './bodies.ts'
import { requireManage } from './access.ts'
import { oneId } from './list.ts'
import { uuids } from './parameters.ts'
import { presentCheckoutLink } from '../objects/present.ts'
import {
  given,
  metadata,
  mountResource,
  ofOrganizations,
  organizationOf,
  webAddress,
  type ApiOptions,
} from './resource.ts'
import type { Operations } from './operations.ts'
import { refused } from './respond.ts'
import { chooseProducts } from './sold-products.ts'

const details = {
  label: v.optional(v.nullable(v.string())),
  allow_discount_codes: v.optional(v.boolean()),
  require_billing_address: v.optional(v.boolean()),
  success_url: v.optional(v.nullable(webAddress)),
  return_url: v.optional(v.nullable(webAddress)),
  metadata: v.optional(metadata),
}
const products = v.pipe(v.array(v.pipe(v.string(), v.uuid())), v.minLength(1))
const linkCreate = v.object({ ...details, payment_processor: v.literal('stripe'), products })
const linkUpdate = v.object({ ...details, products: v.optional(products) })

export function mountCheckoutLinks(api: Operations, polar: ApiOptions): void {
  const write = { scope: 'checkout_links:write', area: 'products' } as const
  mountResource(api, polar, {
    name: 'checkout-links',
    component: 'CheckoutLink',
    reads: ['checkout_links:read', 'checkout_links:write'],
    items: ofOrganizations('checkout_links'),
    present: presentCheckoutLink,
    rules: {
      sortable: { created_at: true, label: true, success_url: true, allow_discount_codes: true },
      defaultSorting: 'created_at',
      filters: {
        organization_id: oneId('organization_id'),
        product_id: {
          parameter: uuids,
          keeps: (link, values) =>
            (link['product_ids'] as string[]).some((id) => values.includes(id)),
        },
      },
    },
  })
    .create({ ...write, body: bodyOf(linkCreate) }, (body, { dataset, caller, now }) => {
      const { products: ids, ...rest } = body
      const [first, ...others] = chooseProducts(dataset, caller, ids)
      const organizationId = organizationOf(first)
      if (others.some((product) => organizationOf(product) !== organizationId)) {
        throw refused(['body', 'products'], 'Products must belong to the same organization.')
      }
      requireManage(dataset, caller, organizationId, 'products')
      const link = createCheckoutLink({
        ...given(rest),
        id: randomUUID(),
        created_at: toTimestamp(now),
        organization_id: organizationId,
        // A link's secret differs from a checkout's in its prefix alone.
        client_secret: createSecret('polar_c_').replace('polar_c_', 'polar_cl_'),
        product_ids: ids,
      })
      dataset.checkout_links.push(link)
      return link
    })
    .update({ ...write, body: bodyOf(linkUpdate) }, (link, body, { dataset, caller }) => {
      const { products: ids, ...rest } = body
      if (ids === undefined) return given(rest)
      if (
        chooseProducts(dataset, caller, ids).some(
          (product) => organizationOf(product) !== organizationOf(link),
        )
      ) {
        throw refused(['body', 'products'], 'Products must belong to the same organization.')
      }
      return { ...given(rest), product_ids: ids }
    })
    .remove(write, (link, { dataset }) => {
      dataset.checkout_links.splice(dataset.checkout_links.indexOf(link), 1)
      return undefined
    })
}
