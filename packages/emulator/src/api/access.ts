/** What a caller may do. The token's scopes and organizations and the person's role decide. */
import type { Context } from 'hono'
import { reachableOrganizations, type Caller, type Dataset, type Role } from '../objects/dataset.ts'
import type { Owned } from '../objects/models.ts'
import type { EmulatorEnv } from '../http/environment.ts'
import { NO_STORE } from '../http/cache.ts'
import { ApiRefusal, notPermitted, refused } from '../http/respond.ts'

export type Area = 'products' | 'customers' | 'sales' | 'analytics'

/** What a role may change. Every role may read everything. */
const MANAGES: Record<Role, readonly Area[]> = {
  owner: ['products', 'customers', 'sales', 'analytics'],
  admin: ['products', 'customers', 'sales', 'analytics'],
  member: ['products', 'customers', 'sales', 'analytics'],
  finance: ['sales'],
}

/** @throws ApiRefusal unless the token has one of `scopes`. */
export function requireScope(c: Context<EmulatorEnv>, scopes: readonly string[]): Caller {
  const caller = c.get('caller')
  const realm = 'Bearer realm="polar"'
  if (caller === undefined) {
    const body = { error: 'Unauthorized', detail: 'Unauthorized' }
    throw new ApiRefusal(401, body, { 'WWW-Authenticate': realm })
  }
  if (scopes.some((scope) => caller.scopes.has(scope))) return caller
  const description = 'The request requires higher privileges than provided by the access token.'
  throw new ApiRefusal(
    403,
    { error: 'insufficient_scope', error_description: description },
    {
      // Polar sends them in no fixed order. Reversed, so that no client relies on the order.
      'WWW-Authenticate': `${realm}, scope="${scopes.toReversed().join(' ')}", error="insufficient_scope", error_description="${description}"`,
      ...NO_STORE,
    },
  )
}

export function visible<Item extends Owned>(
  dataset: Dataset,
  caller: Caller,
  items: readonly Item[],
): readonly Item[] {
  const reachable = reachableOrganizations(dataset, caller)
  return items.filter((item) => reachable.has(item.organization_id))
}

/** @throws ApiRefusal if the person's role does not allow it. */
export function requireManage(
  dataset: Dataset,
  caller: Caller,
  organizationId: string,
  area: Area,
): void {
  if (caller.personId === null) return
  const membership = dataset.memberships.find(
    (entry) => entry.personId === caller.personId && entry.organizationId === organizationId,
  )
  if (membership === undefined || !MANAGES[membership.role].includes(area)) {
    throw notPermitted(`manage ${area}`)
  }
}

/**
 * The organization of a new object. Optional for a token that is limited to one organization.
 *
 * @throws ApiRefusal if the organization is missing, or if the token cannot access it.
 */
export function resolveOrganization(dataset: Dataset, caller: Caller, given: unknown): string {
  const reachable = reachableOrganizations(dataset, caller)
  const loc = ['body', 'organization_id']
  if (given === undefined || given === null) {
    const [only] = caller.organizationIds
    if (caller.organizationIds.length === 1 && only !== undefined && reachable.has(only)) {
      return only
    }
    throw refused(loc, 'organization_id is required.', null, 'missing')
  }
  if (typeof given !== 'string' || !reachable.has(given)) {
    throw refused(loc, 'Organization not found.', given)
  }
  return given
}
