/** Checkout links: reusable addresses that start a checkout. Default order: oldest first. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { toTimestamp } from '../runtime/clock.ts'
import { createCheckoutLink } from '../objects/checkout-link.ts'
import { withOldCheckoutLink } from '../objects/deprecated.ts'
import type { CheckoutLink, Product } from '../objects/models.ts'
import { createSecret } from '../runtime/secrets.ts'
import { bodyOf, eitherBody } from '../http/bodies.ts'
import { requireManage } from './access.ts'
import { metadata, webAddress } from './forms.ts'
import { members, oneId } from './list.ts'
import { uuids } from '../http/parameters.ts'
import { presentCheckoutLink } from '../objects/present.ts'
import { given, mountResource, ofOrganizations, type ApiOptions } from './resource.ts'
import type { Operations } from './operations.ts'
import { refused } from '../http/respond.ts'
import { byPrice, byProduct, byProducts, chooseProducts, type Selection } from './sold-products.ts'

const details = {
  label: v.optional(v.nullable(v.string())),
  allow_discount_codes: v.optional(v.boolean()),
  require_billing_address: v.optional(v.boolean()),
  success_url: v.optional(v.nullable(webAddress)),
  return_url: v.optional(v.nullable(webAddress)),
  metadata: v.optional(metadata),
}
const creation = { ...details, payment_processor: v.literal('stripe') }
type LinkCreate = Selection & v.InferOutput<typeof linkDetails>
const linkDetails = v.object(details)
const linkCreate = eitherBody<LinkCreate>([
  [variant('CheckoutLinkCreateProductPrice'), v.object({ ...creation, ...byPrice })],
  [variant('CheckoutLinkCreateProduct'), v.object({ ...creation, ...byProduct })],
  [variant('CheckoutLinkCreateProducts'), v.object({ ...creation, ...byProducts })],
])
const linkUpdate = v.object({ ...details, products: v.optional(byProducts.products) })

/** Polar's name of a variant includes its check. */
function variant(name: string): string {
  return `function-after[is_complete_configuration(), ${name}]`
}

export function mountCheckoutLinks(api: Operations, polar: ApiOptions): void {
  const write = { scope: 'checkout_links:write', area: 'products' } as const
  mountResource<CheckoutLink, ReturnType<typeof presentCheckoutLink>>(api, polar, {
    name: 'checkout-links',
    component: 'CheckoutLink',
    reads: ['checkout_links:read', 'checkout_links:write'],
    items: ofOrganizations('checkout_links'),
    present: presentCheckoutLink,
    addDeprecated: withOldCheckoutLink,
    rules: {
      sortable: members('created_at', 'label', 'success_url', 'allow_discount_codes'),
      defaultSorting: 'created_at',
      filters: {
        organization_id: oneId('organization_id'),
        product_id: {
          parameter: uuids,
          keeps: (link, values) => link.product_ids.some((id) => values.includes(id)),
        },
      },
    },
  })
    .create({ ...write, body: linkCreate }, (body, { dataset, caller, now }) => {
      const products = chooseProducts(dataset, caller, body)
      const [{ organization_id }] = products
      refuseSeveralShops(products, organization_id)
      requireManage(dataset, caller, organization_id, 'products')
      const link = createCheckoutLink({
        ...given(v.parse(linkDetails, body)),
        id: randomUUID(),
        created_at: toTimestamp(now),
        organization_id,
        // A link's secret differs from a checkout's only in the prefix.
        client_secret: createSecret('polar_c_').replace('polar_c_', 'polar_cl_'),
        product_ids: products.map(({ id }) => id),
      })
      dataset.checkout_links.push(link)
      return link
    })
    .update({ ...write, body: bodyOf(linkUpdate) }, (link, body, { dataset, caller }) => {
      const { products, ...rest } = body
      if (products === undefined) return given(rest)
      refuseSeveralShops(chooseProducts(dataset, caller, { products }), link.organization_id)
      return { ...given(rest), product_ids: products }
    })
    .remove(write, (link, { dataset }) => {
      dataset.checkout_links.splice(dataset.checkout_links.indexOf(link), 1)
      return undefined
    })
}

function refuseSeveralShops(products: readonly Product[], organizationId: string): void {
  if (products.some(({ organization_id }) => organization_id !== organizationId)) {
    throw refused(['body', 'products'], 'Products must belong to the same organization.')
  }
}
