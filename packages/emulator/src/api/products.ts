/** Products: create, change, archive, and delete if never bought. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { toTimestamp } from '../runtime/clock.ts'
import { createProduct, soldPrice } from '../objects/product.ts'
import type { Dataset } from '../objects/dataset.ts'
import { withOldProduct } from '../objects/deprecated.ts'
import type { Price, Product } from '../objects/models.ts'
import { AFTER_TRIM, bodyOf, taggedBody } from '../http/bodies.ts'
import { requireManage, resolveOrganization } from './access.ts'
import { metadata } from './forms.ts'
import { containing, flagged, members, oneId, oneWord } from './list.ts'
import { uuids } from '../http/parameters.ts'
import { given, mountResource, ofOrganizations, type ApiOptions } from './resource.ts'
import type { Operations } from './operations.ts'
import { ApiRefusal, refused } from '../http/respond.ts'

const currency = v.optional(v.pipe(v.string(), v.length(3)), 'usd')
const amount = v.pipe(v.number(), v.integer(), v.minValue(0))
const price = v.variant('amount_type', [
  v.looseObject({
    amount_type: v.literal('fixed'),
    price_amount: amount,
    price_currency: currency,
  }),
  v.looseObject({ amount_type: v.literal('custom'), price_currency: currency }),
  v.looseObject({ amount_type: v.literal('free'), price_currency: currency }),
])
const name = v.pipe(v.string(), v.minLength(3, AFTER_TRIM))
const VISIBILITIES = ['draft', 'private', 'public'] as const
const visibility = v.picklist(VISIBILITIES)

const productCreate = v.looseObject({
  name,
  description: v.nullish(v.string()),
  recurring_interval: v.nullish(v.picklist(['day', 'week', 'month', 'year'])),
  prices: v.pipe(v.array(price), v.minLength(1)),
  metadata: v.optional(metadata, {}),
  visibility: v.optional(visibility, 'public'),
  organization_id: v.nullish(v.string()),
})
const productUpdate = v.object({
  name: v.optional(name),
  description: v.optional(v.nullable(v.string())),
  is_archived: v.optional(v.boolean()),
  metadata: v.optional(metadata),
  visibility: v.optional(visibility),
})

/** Recurring products have their own variant of the body. */
const variantOf = (input: unknown) =>
  (input as { recurring_interval?: unknown }).recurring_interval ? ['recurring'] : ['one_time']

const productBenefits = v.object({ benefits: v.array(v.string()) })

export function mountProducts(api: Operations, polar: ApiOptions): void {
  const write = { scope: 'products:write', area: 'products' } as const
  mountResource<Product>(api, polar, {
    name: 'products',
    component: 'Product',
    reads: ['products:read', 'products:write'],
    items: ofOrganizations('products'),
    present: (product, dataset) => ({ ...product, is_deletable: !isUsed(product, dataset) }),
    addDeprecated: withOldProduct,
    rules: {
      sortable: {
        ...members('created_at', 'name'),
        price_amount_type: ({ prices: [price] }) => price?.amount_type,
        price_amount: (product) => soldPrice(product).amount ?? -1,
      },
      defaultSorting: '-created_at',
      metadata: true,
      filters: {
        id: oneId('id'),
        organization_id: oneId('organization_id'),
        query: containing('name'),
        is_archived: flagged((product) => product.is_archived),
        is_recurring: flagged((product) => product.is_recurring),
        visibility: oneWord('visibility', 'ProductVisibility', VISIBILITIES),
        benefit_id: {
          parameter: uuids,
          keeps: ({ benefits }, values) => benefits.some(({ id }) => values.includes(id)),
        },
      },
    },
  })
    .create({ ...write, body: taggedBody(variantOf, productCreate) }, (body, context) => {
      const { dataset, caller, now } = context
      const organizationId = resolveOrganization(dataset, caller, body.organization_id)
      requireManage(dataset, caller, organizationId, 'products')
      const sold = dataset.organizations.find(({ id }) => id === organizationId)
      const usual = body.prices.find(
        ({ price_currency }) => price_currency === sold?.default_presentment_currency,
      )
      if (usual === undefined) {
        throw refused(['body', 'prices'], NO_USUAL_CURRENCY, body.prices.map(withTaxBehavior))
      }
      const product = createProduct({
        id: randomUUID(),
        priceId: randomUUID(),
        organizationId,
        name: body.name,
        // A free price is stored as a fixed price of 0.
        amount:
          usual.amount_type === 'custom'
            ? 'custom'
            : usual.amount_type === 'fixed'
              ? usual.price_amount
              : 0,
        currency: usual.price_currency,
        createdAt: toTimestamp(now),
        ageDays: 0,
        ...(body.recurring_interval && { every: body.recurring_interval }),
      })
      const { description = null, metadata: noted, visibility: seen } = body
      Object.assign(product, { description, metadata: noted, visibility: seen })
      dataset.products.push(product)
      return product
    })
    .update({ ...write, body: bodyOf(productUpdate) }, (_product, body) => given(body))
    .action(
      'benefits',
      { ...write, body: bodyOf(productBenefits) },
      (product, body, { dataset }) => {
        const benefits = body.benefits.map((id, index) => {
          const benefit = dataset.benefits.find(
            (entry) => entry.id === id && entry.organization_id === product.organization_id,
          )
          if (benefit === undefined) {
            throw refused(['body', 'benefits', index], 'Benefit does not exist.')
          }
          return benefit
        })
        return { benefits }
      },
    )
    .remove(write, (product, { dataset }) => {
      if (isUsed(product, dataset)) {
        const detail = 'This product has been used, so it cannot be deleted. Archive it instead.'
        throw new ApiRefusal(409, { error: 'ProductNotDeletable', detail })
      }
      dataset.products.splice(dataset.products.indexOf(product), 1)
      for (const link of dataset.checkout_links) {
        link.product_ids = link.product_ids.filter((id) => id !== product.id)
      }
      for (const discount of dataset.discounts) {
        discount.products = discount.products.filter(({ id }) => id !== product.id)
      }
      return undefined
    })
}

const NO_USUAL_CURRENCY =
  "The organization's default presentment currency must be present in the prices."

/** Polar's refusal repeats the price as parsed. */
function withTaxBehavior(price: Pick<Price, 'price_currency'>) {
  return { ...price, tax_behavior: null }
}

/** Whether the product has orders or subscriptions. */
function isUsed({ id }: Product, { orders, subscriptions }: Dataset): boolean {
  return [...orders, ...subscriptions].some(({ product_id }) => product_id === id)
}
