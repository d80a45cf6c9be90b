/** Organizations: those of the caller, and nothing to change. */
import { reachableOrganizations } from './access.ts'
import { oneText } from './list.ts'
import { mountResource, type ApiOptions } from './resource.ts'
import type { Operations } from './operations.ts'

export function mountOrganizations(api: Operations, polar: ApiOptions): void {
  mountResource(api, polar, {
    name: 'organizations',
    component: 'Organization',
    reads: ['organizations:read', 'organizations:write'],
    items(dataset, caller) {
      const reachable = reachableOrganizations(dataset, caller)
      return dataset.organizations.filter(({ id }) => reachable.has(id))
    },
    rules: {
      sortable: { created_at: true, slug: true, name: true },
      defaultSorting: 'created_at',
      filters: { slug: oneText((item) => item['slug']) },
    },
  })
}
