/** What belongs to products and is only read here: benefits and discounts. */
import type { Hono } from 'hono'
import type { EmulatorEnv } from '../environment.ts'
import { containing, oneOf } from './list.ts'
import { mountResource, ofOrganizations, type ApiOptions } from './resource.ts'

export function mountCatalog(app: Hono<EmulatorEnv>, polar: ApiOptions): void {
  mountResource(app, polar, {
    name: 'benefits',
    reads: ['benefits:read', 'benefits:write'],
    items: ofOrganizations('benefits'),
    rules: {
      sortable: { created_at: true, description: true, type: true },
      defaultSorting: '-created_at',
      filters: {
        organization_id: oneOf('organization_id'),
        type: oneOf('type'),
        id: oneOf('id'),
        exclude_id: (item, values) => !values.includes(item.id),
        query: containing('description'),
      },
    },
  })
  mountResource(app, polar, {
    name: 'discounts',
    reads: ['discounts:read', 'discounts:write'],
    items: ofOrganizations('discounts'),
    rules: {
      sortable: {
        created_at: true,
        name: true,
        code: true,
        redemptions_count: true,
        ends_at: true,
      },
      defaultSorting: '-created_at',
      filters: { organization_id: oneOf('organization_id'), query: containing('name') },
    },
  })
}
