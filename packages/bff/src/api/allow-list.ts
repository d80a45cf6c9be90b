/**
 * What the proxy reaches of Polar's API: a table of methods and paths. A path that mints or reveals
 * credentials is refused even if an app asks for it.
 */
import type { Scope } from '@polar-connect/protocol'
import { BffError } from '../errors/bff-error.ts'

/** A method that a route can allow. */
export type ApiMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/**
 * One call of Polar's API that a page may make.
 *
 * @example
 * createBff({ ...options, allow: [{ method: 'GET', path: '/v1/meters/', scope: 'meters:read' }] })
 */
export interface ApiRoute {
  readonly method: ApiMethod
  /** As Polar writes it: a list ends in a slash, `{id}` stands for one UUID. */
  readonly path: `/v1/${string}`
  /** The least scope that it needs. The app may then ask for it. */
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

/**
 * What the default scopes can read, refunds, new checkouts, and checkout links with their changes.
 * `refunds:read` is no default scope: the app asks for it when someone wants to see refunds.
 */
export const DEFAULT_ROUTES: readonly ApiRoute[] = [
  ...resources.flatMap(([name, scope]): ApiRoute[] => [
    { method: 'GET', path: `/v1/${name}/`, scope },
    { method: 'GET', path: `/v1/${name}/{id}`, scope },
  ]),
  { method: 'GET', path: '/v1/orders/{id}/invoice', scope: 'orders:read' },
  { method: 'GET', path: '/v1/refunds/', scope: 'refunds:read' },
  { method: 'GET', path: '/v1/metrics/', scope: 'metrics:read' },
  { method: 'GET', path: '/v1/metrics/limits', scope: 'metrics:read' },
  { method: 'POST', path: '/v1/checkouts/', scope: 'checkouts:write' },
  { method: 'POST', path: '/v1/checkout-links/', scope: 'checkout_links:write' },
  { method: 'PATCH', path: '/v1/checkout-links/{id}', scope: 'checkout_links:write' },
  { method: 'DELETE', path: '/v1/checkout-links/{id}', scope: 'checkout_links:write' },
]

/** Below `/v1/`, these lead to credentials. As scopes write them: paths have hyphens too. */
const MINTING_AREAS: ReadonlySet<string | undefined> = new Set([
  'auth',
  'customer_portal',
  'customer_sessions',
  'login_code',
  'member_sessions',
  'oauth2',
  'organization_access_tokens',
  'personal_access_tokens',
  'webhooks',
])

/** Whether `scope` is only good for getting a credential. Such a scope is never asked for. */
export function mintsCredentials(scope: string): boolean {
  // S37: scopes that create credentials
  return MINTING_AREAS.has(scope.split(':')[0])
}

export type AllowList = ReturnType<typeof createAllowList>

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

export function createAllowList(extra: readonly ApiRoute[] = []) {
  const routes = [...DEFAULT_ROUTES, ...extra]
  const fixed = new Map<string, readonly ApiRoute[]>()
  const patterns: { readonly form: RegExp; readonly listed: readonly ApiRoute[] }[] = []
  for (const [path, listed] of Map.groupBy(routes, (route) => route.path)) {
    // To the letter: nothing is decoded, so an escape can hide nothing.
    // S31: a parameter is a UUID
    const form = path.replaceAll(/\{[a-z_]+\}/g, UUID)
    if (form === path) fixed.set(path, listed)
    else patterns.push({ form: new RegExp(`^${form}$`), listed })
  }

  return {
    /** What the routes need. The app may ask for it. */
    scopes: routes.flatMap(({ scope }) => scope ?? []),

    /**
     * `path` as Polar writes it: a list with its last slash.
     *
     * @param path as it was sent, below `/bff/api`.
     * @throws {BffError} `not_found` if it is not listed, `method_not_allowed`.
     */
    find(method: string, path: string): string {
      // A list is accepted without its last slash too, as Polar's guide writes it.
      const whole = fixed.has(path) || !fixed.has(`${path}/`) ? path : `${path}/`
      const listed = fixed.get(whole) ?? patterns.find(({ form }) => form.test(path))?.listed
      // S29: what is not listed is refused
      if (listed === undefined) throw new BffError('not_found', 'not on the allow-list')
      // S29: the method counts
      if (!listed.some((route) => route.method === method)) {
        const allow = listed.map((route) => route.method)
        throw new BffError('method_not_allowed', 'a listed path, by another method', { allow })
      }
      return whole
    },
  }
}

/** Why a route with `path` is refused: it is malformed, or could mint a credential. */
export function routeFault(path: string): string | undefined {
  if (!/^\/v1(\/([a-z0-9_-]+|\{[a-z_]+\}))+\/?$/.test(path)) {
    return `allow: ${path} is not a path template such as /v1/meters/{id}`
  }
  const [, , first] = path.replaceAll('-', '_').split('/')
  // S37: paths that create credentials
  const mints = MINTING_AREAS.has(first) || /secret|token|seats\/claim/.test(path)
  return mints ? `allow: ${path} could mint or reveal a credential` : undefined
}
