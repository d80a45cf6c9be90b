/**
 * What of Polar's API the proxy reaches: a table of method and path, and nothing else. A path that
 * mints or reveals credentials is refused even when an app asks for it.
 */
import type { Scope } from '@polar-connect/protocol'

export type ApiMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

export interface ApiRoute {
  readonly method: ApiMethod
  /** As Polar writes it: a list ends in a slash, `{id}` stands for one UUID. */
  readonly path: `/v1/${string}`
  /** The least permission that opens it, so that it may be asked for. */
  readonly scope?: Scope
}

const resources = [
  ['organizations', 'organizations:read'],
  ['products', 'products:read'],
  ['orders', 'orders:read'],
  ['customers', 'customers:read'],
  ['subscriptions', 'subscriptions:read'],
  ['checkouts', 'checkouts:read'],
  ['checkout-links', 'checkout_links:read'],
  ['benefits', 'benefits:read'],
  ['discounts', 'discounts:read'],
] as const satisfies readonly (readonly [string, Scope])[]

/** Reading what the default permissions open, checkouts, and checkout links with their changes. */
export const DEFAULT_ROUTES: readonly ApiRoute[] = [
  ...resources.flatMap(([name, scope]): ApiRoute[] => [
    { method: 'GET', path: `/v1/${name}/`, scope },
    { method: 'GET', path: `/v1/${name}/{id}`, scope },
  ]),
  { method: 'GET', path: '/v1/metrics/', scope: 'metrics:read' },
  { method: 'GET', path: '/v1/metrics/limits', scope: 'metrics:read' },
  { method: 'POST', path: '/v1/checkouts/', scope: 'checkouts:write' },
  { method: 'POST', path: '/v1/checkout-links/', scope: 'checkout_links:write' },
  { method: 'PATCH', path: '/v1/checkout-links/{id}', scope: 'checkout_links:write' },
  { method: 'DELETE', path: '/v1/checkout-links/{id}', scope: 'checkout_links:write' },
]

/** First segments below `/v1/` behind which a caller could get a credential. */
const MINTING_SEGMENTS: ReadonlySet<string> = new Set([
  'oauth2',
  'organization-access-tokens',
  'personal_access_tokens',
  'personal-access-tokens',
  'customer-sessions',
  'member-sessions',
  'customer-portal',
  'webhooks',
  'auth',
  'login-code',
])

/** Scopes whose only use is behind those paths. They are never asked for. */
const MINTING_SCOPES: ReadonlySet<string> = new Set([
  'organization_access_tokens:read',
  'organization_access_tokens:write',
  'customer_sessions:write',
  'member_sessions:write',
  'customer_portal:read',
  'customer_portal:write',
  'webhooks:read',
  'webhooks:write',
])

/** Whether the only use of `scope` is to get at a credential: it is never asked for. */
export function mintsCredentials(scope: string): boolean {
  // S37: scopes that create credentials
  return MINTING_SCOPES.has(scope)
}

export type RouteMatch =
  /** `path` as Polar writes it: a list with its last slash. */
  | { readonly kind: 'listed'; readonly path: string }
  | { readonly kind: 'other_method'; readonly allow: readonly string[] }
  | { readonly kind: 'unlisted' }

export interface AllowList {
  /** `path` raw, as it stands in the request target below `/bff/api`. */
  match(method: string, path: string): RouteMatch
  /** What the routes need, so that it may be asked for. */
  readonly scopes: readonly Scope[]
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws {TypeError} for a route that is malformed or could mint a credential. */
export function createAllowList(extra: readonly ApiRoute[] = []): AllowList {
  const routes = [...DEFAULT_ROUTES, ...extra]
  for (const { path } of extra) assertAllowable(path)
  const templates: ReadonlyMap<string, readonly ApiRoute[]> = Map.groupBy(
    routes,
    ({ path }) => path,
  )

  function find(path: string): string | undefined {
    for (const template of templates.keys()) if (fits(template, path)) return template
    // A list is taken without its last slash too, as the guide writes it.
    return path.endsWith('/') || !templates.has(`${path}/`) ? undefined : `${path}/`
  }

  return {
    scopes: [...new Set(routes.flatMap(({ scope }) => scope ?? []))],
    match(method, path) {
      const template = find(path)
      const listed = template === undefined ? undefined : templates.get(template)
      // S29: what is not listed is refused
      if (template === undefined || listed === undefined) return { kind: 'unlisted' }
      // S29: the method counts
      if (!listed.some((route) => route.method === method)) {
        return { kind: 'other_method', allow: listed.map((route) => route.method) }
      }
      return { kind: 'listed', path: template.includes('{') ? path : template }
    },
  }
}

/** Segment by segment and to the letter: nothing is decoded, so nothing can be hidden in a code. */
function fits(template: string, path: string): boolean {
  const wanted = template.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) =>
      // S31: a parameter is a UUID
      segment.startsWith('{') ? UUID.test(given[index] ?? '') : segment === given[index],
    )
  )
}

function assertAllowable(path: string): void {
  if (!/^\/v1(\/([a-z0-9_-]+|\{[a-z_]+\}))+\/?$/.test(path)) {
    throw new TypeError(`allow: ${path} is not a path template such as /v1/refunds/{id}`)
  }
  const [, , first = ''] = path.split('/')
  // S37: paths that create credentials
  if (MINTING_SEGMENTS.has(first) || /secret|token/.test(path)) {
    throw new TypeError(`allow: ${path} could mint or reveal a credential`)
  }
}
