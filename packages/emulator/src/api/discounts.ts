/** Discounts: a percentage or an amount, once, for some months or forever. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { toTimestamp } from '../runtime/clock.ts'
import type { Discount, models } from '../objects/models.ts'
import { createDiscount, type Duration } from '../objects/discount.ts'
import type { Dataset } from '../objects/dataset.ts'
import { bodyOf } from '../http/bodies.ts'
import { requireManage, resolveOrganization } from './access.ts'
import { metadata } from './forms.ts'
import { containing, members, oneId } from './list.ts'
import { given, mountResource, ofOrganizations, type ApiOptions } from './resource.ts'
import type { Operations } from './operations.ts'
import { refused } from '../http/respond.ts'

const moment = v.nullish(v.pipe(v.string(), v.isoTimestamp()))
const count = v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1)))
const details = {
  code: v.nullish(v.pipe(v.string(), v.regex(/^[0-9A-Za-z]{3,256}$/))),
  starts_at: moment,
  ends_at: moment,
  max_redemptions: count,
  metadata: v.optional(metadata),
}
const name = v.pipe(v.string(), v.minLength(1))
const created = {
  ...details,
  name,
  duration: v.picklist(['once', 'forever', 'repeating']),
  duration_in_months: count,
  organization_id: v.nullish(v.string()),
}
const basisPoints = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))
const discountCreate = v.variant('type', [
  v.object({ ...created, type: v.literal('percentage'), basis_points: basisPoints }),
  v.object({
    ...created,
    type: v.literal('fixed'),
    amount: v.pipe(v.number(), v.integer(), v.minValue(1)),
    currency: v.optional(v.pipe(v.string(), v.length(3)), 'usd'),
  }),
])
const discountUpdate = v.object({
  ...details,
  name: v.optional(name),
  basis_points: v.optional(basisPoints),
})

export function mountDiscounts(api: Operations, polar: ApiOptions): void {
  const write = { scope: 'discounts:write', area: 'products' } as const
  mountResource<Discount>(api, polar, {
    name: 'discounts',
    component: 'Discount',
    reads: ['discounts:read', 'discounts:write'],
    items: ofOrganizations('discounts'),
    present: (discount) => discount,
    rules: {
      sortable: members('created_at', 'name', 'code', 'redemptions_count', 'ends_at'),
      defaultSorting: '-created_at',
      filters: { organization_id: oneId('organization_id'), query: containing('name') },
    },
  })
    .create({ ...write, body: bodyOf(discountCreate) }, (body, { dataset, caller, now }) => {
      const organizationId = resolveOrganization(dataset, caller, body.organization_id)
      requireManage(dataset, caller, organizationId, 'products')
      refuseTaken(dataset, organizationId, body.code)
      const discount = createDiscount(
        {
          ...given({
            starts_at: body.starts_at,
            ends_at: body.ends_at,
            max_redemptions: body.max_redemptions,
            metadata: body.metadata,
          }),
          id: randomUUID(),
          created_at: toTimestamp(now),
          organization_id: organizationId,
          name: body.name,
          code: body.code ?? null,
        },
        body,
        durationOf(body),
      )
      dataset.discounts.push(discount)
      return discount
    })
    .update({ ...write, body: bodyOf(discountUpdate) }, (discount, body, { dataset }) => {
      refuseTaken(dataset, discount.organization_id, body.code, discount.id)
      if (body.basis_points !== undefined && discount.type !== 'percentage') {
        throw refused(['body', 'basis_points'], 'This discount is not a percentage.')
      }
      return given(body)
    })
    .remove(write, (discount, { dataset }) => {
      dataset.discounts.splice(dataset.discounts.indexOf(discount), 1)
      return undefined
    })
}

function durationOf(body: {
  readonly duration: models.DiscountDuration
  readonly duration_in_months?: number | null | undefined
}): Duration {
  const { duration, duration_in_months: months } = body
  if (duration !== 'repeating') return { duration }
  if (months === null || months === undefined) {
    throw refused(['body', 'duration_in_months'], 'Field required', null, 'missing')
  }
  return { duration, duration_in_months: months }
}

/** A code must be unique within its organization. */
function refuseTaken(
  dataset: Dataset,
  organizationId: string,
  code: string | null | undefined,
  except?: string,
): void {
  const same = (text: unknown) =>
    typeof text === 'string' && text.toLowerCase() === code?.toLowerCase()
  const taken = dataset.discounts.some(
    (entry) => entry.organization_id === organizationId && same(entry.code) && entry.id !== except,
  )
  if (taken) throw refused(['body', 'code'], 'Discount with this code already exists.')
}
