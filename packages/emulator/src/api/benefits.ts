/** Benefits. Only those of type `custom` can be created and changed. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { toTimestamp } from '../runtime/clock.ts'
import { createBenefit } from '../objects/benefit.ts'
import type { Dataset } from '../objects/dataset.ts'
import { withOldBenefit } from '../objects/deprecated.ts'
import type { Benefit } from '../objects/models.ts'
import { bodyOf } from '../http/bodies.ts'
import { requireManage, resolveOrganization } from './access.ts'
import { uuids } from '../http/parameters.ts'
import { metadata } from './forms.ts'
import { containing, members, oneId, oneWord } from './list.ts'
import { given, mountResource, ofOrganizations, type ApiOptions } from './resource.ts'
import type { Operations } from './operations.ts'

const BENEFIT_TYPES = [
  'custom',
  'discord',
  'github_repository',
  'downloadables',
  'license_keys',
  'meter_credit',
  'feature_flag',
  'slack_shared_channel',
]

const description = v.pipe(v.string(), v.minLength(3), v.maxLength(42))
const properties = v.object({ note: v.nullish(v.string(), null) })
const benefitCreate = v.object({
  type: v.literal('custom'),
  description,
  properties,
  metadata: v.optional(metadata, {}),
  organization_id: v.nullish(v.string()),
})
const benefitUpdate = v.object({
  type: v.literal('custom'),
  description: v.optional(description),
  properties: v.optional(properties),
  metadata: v.optional(metadata),
})

export function mountBenefits(api: Operations, polar: ApiOptions): void {
  const write = { scope: 'benefits:write', area: 'products' } as const
  mountResource<Benefit>(api, polar, {
    name: 'benefits',
    component: 'Benefit',
    reads: ['benefits:read', 'benefits:write'],
    items: ofOrganizations('benefits'),
    present: (benefit) => benefit,
    addDeprecated: withOldBenefit,
    rules: {
      sortable: members('created_at', 'description', 'type'),
      defaultSorting: '-created_at',
      metadata: true,
      filters: {
        organization_id: oneId('organization_id'),
        type: oneWord('type', 'BenefitType', BENEFIT_TYPES),
        id: oneId('id'),
        exclude_id: { parameter: uuids, keeps: (item, values) => !values.includes(item.id) },
        query: containing('description'),
      },
    },
  })
    .create({ ...write, body: bodyOf(benefitCreate) }, (body, { dataset, caller, now }) => {
      const organizationId = resolveOrganization(dataset, caller, body.organization_id)
      requireManage(dataset, caller, organizationId, 'products')
      const benefit = createBenefit({
        id: randomUUID(),
        createdAt: toTimestamp(now),
        organizationId,
        description: body.description,
        note: body.properties.note,
      })
      benefit.metadata = body.metadata
      dataset.benefits.push(benefit)
      return benefit
    })
    .update(
      { ...write, body: bodyOf(benefitUpdate) },
      (benefit, { type: _type, ...body }, { dataset }) => {
        const changed = given(body)
        for (const copy of copiesOf(benefit, dataset)) Object.assign(copy, changed)
        return changed
      },
    )
    .remove(write, (benefit, { dataset }) => {
      dataset.benefits.splice(dataset.benefits.indexOf(benefit), 1)
      for (const product of dataset.products) {
        product.benefits = product.benefits.filter(({ id }) => id !== benefit.id)
      }
      return undefined
    })
}

/** Products contain their benefits. After a restart, these are copies. */
function copiesOf({ id }: Benefit, dataset: Dataset): readonly Benefit[] {
  return dataset.products.flatMap((product) =>
    product.benefits.filter((benefit) => benefit.id === id),
  )
}
