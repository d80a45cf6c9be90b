/** The caller's organizations, read only. */
import { withOldOrganization } from '../objects/deprecated.ts'
import type { Organization } from '../objects/models.ts'
import { reachableOrganizations } from '../objects/dataset.ts'
import { members, oneText } from './list.ts'
import { mountReadable, type ApiOptions } from './resource.ts'
import type { Operations } from './operations.ts'

export function mountOrganizations(api: Operations, polar: ApiOptions): void {
  mountReadable<Organization>(api, polar, {
    name: 'organizations',
    component: 'Organization',
    reads: ['organizations:read', 'organizations:write'],
    items(dataset, caller) {
      const reachable = reachableOrganizations(dataset, caller)
      return dataset.organizations.filter(({ id }) => reachable.has(id))
    },
    present: (organization) => organization,
    addDeprecated: withOldOrganization,
    rules: {
      sortable: members('created_at', 'slug', 'name'),
      defaultSorting: 'created_at',
      filters: { slug: oneText(({ slug }) => slug) },
    },
  })
}
