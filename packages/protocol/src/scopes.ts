/** Polar's scopes: what an app may register and ask for. */

/** Every known scope. Sealed sessions store positions in this list: add at the end, never remove. */
export const SCOPES = [
  'openid',
  'profile',
  'email',
  'user:read',
  'user:write',
  'notifications:read',
  'notifications:write',
  'notification_recipients:read',
  'notification_recipients:write',
  'organizations:read',
  'organizations:write',
  'members:read',
  'members:write',
  'products:read',
  'products:write',
  'benefits:read',
  'benefits:write',
  'discounts:read',
  'discounts:write',
  'checkout_links:read',
  'checkout_links:write',
  'checkouts:read',
  'checkouts:write',
  'custom_fields:read',
  'custom_fields:write',
  'orders:read',
  'orders:write',
  'subscriptions:read',
  'subscriptions:write',
  'refunds:read',
  'refunds:write',
  'payments:read',
  'disputes:read',
  'disputes:write',
  'metrics:read',
  'metrics:write',
  'transactions:read',
  'transactions:write',
  'payouts:read',
  'payouts:write',
  'customers:read',
  'customers:write',
  'customer_sessions:write',
  'member_sessions:write',
  'customer_seats:read',
  'customer_seats:write',
  'customer_meters:read',
  'wallets:read',
  'wallets:write',
  'customer_portal:read',
  'customer_portal:write',
  'events:read',
  'events:write',
  'meters:read',
  'meters:write',
  'files:read',
  'files:write',
  'license_keys:read',
  'license_keys:write',
  'webhooks:read',
  'webhooks:write',
] as const

/** A scope that Polar knows and an app can register. */
export type Scope = (typeof SCOPES)[number]

/** Chooses from alternatives the scope to ask for: read before write. */
export function leastScope(alternatives: readonly string[]): string | undefined {
  return alternatives.find((scope) => scope.endsWith(':read')) ?? alternatives[0]
}

/** Polar reads these only with the read scope itself. */
const ONLY_READ: readonly string[] = ['orders:read', 'metrics:read']

/**
 * Whether `scopes` allow what `scope` allows. A write scope includes reading, except of orders and
 * metrics.
 *
 * @example
 * hasScope(['products:write'], 'products:read') // true
 * hasScope(['orders:write'], 'orders:read') // false
 */
export function hasScope(scopes: readonly string[], scope: string): boolean {
  const write = scope.replace(/:read$/, ':write')
  return scopes.includes(scope) || (!ONLY_READ.includes(scope) && scopes.includes(write))
}

/** The default scopes of the connect button: read only. */
export const DEFAULT_SCOPES: readonly Scope[] = [
  'openid',
  'profile',
  'email',
  'organizations:read',
  'products:read',
  'orders:read',
  'customers:read',
  'subscriptions:read',
  'metrics:read',
  'checkout_links:read',
]
