/** A benefit of a product, with all members of Polar's API. */
import type { Benefit } from './models.ts'

export function createBenefit(given: {
  readonly id: string
  readonly createdAt: string
  readonly organizationId: string
  readonly description: string
  readonly note: string | null
}): Benefit {
  return {
    id: given.id,
    created_at: given.createdAt,
    modified_at: null,
    type: 'custom',
    description: given.description,
    selectable: true,
    deletable: true,
    is_deleted: false,
    organization_id: given.organizationId,
    metadata: {},
    visibility: 'public',
    properties: { note: given.note },
    visibility_configurable: true,
  }
}
