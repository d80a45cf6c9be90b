/** What a caller can see: the token's organizations, as far as the person still belongs to them. */
import type { ApiObject, Caller, Dataset } from '../dataset.ts'

export function reachableOrganizations(dataset: Dataset, caller: Caller): ReadonlySet<string> {
  if (caller.personId === null) return new Set(caller.organizationIds)
  const memberships = dataset.memberships.filter(({ personId }) => personId === caller.personId)
  const { organizationIds } = caller
  return new Set(
    memberships
      .map(({ organizationId }) => organizationId)
      .filter((id) => organizationIds.length === 0 || organizationIds.includes(id)),
  )
}

export function visible(
  dataset: Dataset,
  caller: Caller,
  items: readonly ApiObject[],
): readonly ApiObject[] {
  const reachable = reachableOrganizations(dataset, caller)
  return items.filter((item) => reachable.has(String(item['organization_id'])))
}
