/** Products: made, changed and archived, never deleted. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { toTimestamp } from '../world/clock.ts'
import { createProduct } from '../objects/product.ts'
import type { ApiObject } from '../objects/dataset.ts'
import { bodyOf } from './bodies.ts'
import { requireManage, resolveOrganization } from './access.ts'
import { containing, flagged, oneId, oneWord } from './list.ts'
import { uuids } from './parameters.ts'
import {
  given,
  metadata,
  mountResource,
  ofOrganizations,
  organizationOf,
  type ApiOptions,
} from './resource.ts'
import type { Operations } from './operations.ts'
import { refused } from './respond.ts'

const price = v.variant('amount_type', [
  v.looseObject({
    amount_type: v.literal('fixed'),
    price_amount: v.pipe(v.number(), v.integer(), v.minValue(0)),
    price_currency: v.optional(v.pipe(v.string(), v.length(3))),
  }),
  v.looseObject({
    amount_type: v.literal('custom'),
    price_currency: v.optional(v.pipe(v.string(), v.length(3))),
  }),
  v.looseObject({
    amount_type: v.literal('free'),
    price_currency: v.optional(v.pipe(v.string(), v.length(3))),
  }),
])
const name = v.pipe(v.string(), v.minLength(3))
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

const productBenefits = v.object({ benefits: v.array(v.string()) })

export function mountProducts(api: Operations, polar: ApiOptions): void {
  const write = { scope: 'products:write', area: 'products' } as const
  mountResource(api, polar, {
    name: 'products',
    component: 'Product',
    reads: ['products:read', 'products:write'],
    items: ofOrganizations('products'),
    rules: {
      sortable: {
        created_at: true,
        name: true,
        price_amount_type: (item) => firstPrice(item)?.['amount_type'],
        price_amount: (item) => firstPrice(item)?.['price_amount'] ?? -1,
      },
      defaultSorting: '-created_at',
      metadata: true,
      filters: {
        id: oneId('id'),
        organization_id: oneId('organization_id'),
        query: containing('name'),
        is_archived: flagged((item) => item['is_archived'] === true),
        is_recurring: flagged((item) => item['is_recurring'] === true),
        visibility: oneWord('visibility', 'ProductVisibility', VISIBILITIES),
        benefit_id: {
          parameter: uuids,
          keeps: (item, values) =>
            (item['benefits'] as ApiObject[]).some(({ id }) => values.includes(id)),
        },
      },
    },
  })
    .create({ ...write, body: bodyOf(productCreate) }, (body, { dataset, caller, now }) => {
      const organizationId = resolveOrganization(dataset, caller, body.organization_id)
      requireManage(dataset, caller, organizationId, 'products')
      const organization = dataset.organizations.find(({ id }) => id === organizationId)
      const [first] = body.prices
      const product = {
        ...createProduct({
          id: randomUUID(),
          priceId: randomUUID(),
          organizationId,
          name: body.name,
          // A free price is kept as a fixed one of nothing.
          amount:
            first?.amount_type === 'custom'
              ? 'custom'
              : first?.amount_type === 'fixed'
                ? first.price_amount
                : 0,
          currency: first?.price_currency ?? String(organization?.['default_presentment_currency']),
          createdAt: toTimestamp(now),
          ageDays: 0,
          ...(body.recurring_interval && { every: body.recurring_interval }),
        }),
        description: body.description ?? null,
        metadata: body.metadata,
        visibility: body.visibility,
      }
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
            (entry) => entry.id === id && organizationOf(entry) === organizationOf(product),
          )
          if (benefit === undefined) {
            throw refused(['body', 'benefits', index], 'Benefit does not exist.')
          }
          return benefit
        })
        return { benefits }
      },
    )
}

function firstPrice(product: ApiObject): Record<string, unknown> | undefined {
  return (product['prices'] as Record<string, unknown>[])[0]
}
