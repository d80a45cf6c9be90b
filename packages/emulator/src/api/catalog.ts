/** What belongs to products and is only read here: benefits and discounts. */
import type { Hono } from 'hono'
import type { EmulatorEnv } from '../environment.ts'
import { containing, oneId, oneWord } from './list.ts'
import { uuidForm } from './query-form.ts'
import { mountResource, ofOrganizations, type ApiOptions } from './resource.ts'

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

export function mountCatalog(app: Hono<EmulatorEnv>, polar: ApiOptions): void {
  mountResource(app, polar, {
    name: 'benefits',
    reads: ['benefits:read', 'benefits:write'],
    items: ofOrganizations('benefits'),
    rules: {
      sortable: { created_at: true, description: true, type: true },
      defaultSorting: '-created_at',
      filters: {
        organization_id: oneId('organization_id'),
        type: oneWord('type', BENEFIT_TYPES),
        id: oneId('id'),
        exclude_id: { form: uuidForm, keeps: (item, values) => !values.includes(item.id) },
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
      filters: { organization_id: oneId('organization_id'), query: containing('name') },
    },
  })
}
