/** Organizations: those of the caller, and nothing to change. */
import type { Hono } from 'hono'
import type { EmulatorEnv } from '../http/environment.ts'
import { reachableOrganizations } from './access.ts'
import { oneOf } from './list.ts'
import { mountResource, type ApiOptions } from './resource.ts'

export function mountOrganizations(app: Hono<EmulatorEnv>, polar: ApiOptions): void {
  mountResource(app, polar, {
    name: 'organizations',
    reads: ['organizations:read', 'organizations:write'],
    items(dataset, caller) {
      const reachable = reachableOrganizations(dataset, caller)
      return dataset.organizations.filter(({ id }) => reachable.has(id))
    },
    rules: {
      sortable: { created_at: true, slug: true, name: true },
      defaultSorting: 'created_at',
      filters: { slug: oneOf('slug') },
    },
  })
}
