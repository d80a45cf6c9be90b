/** Polar's permissions in human words, the ones that Polar itself shows. For pages: no server needs them. */
import type { Scope } from './scopes.ts'

export const SCOPE_AREAS = [
  'About you',
  'Organization',
  'Store',
  'Sales',
  'Customers',
  'Usage, files and keys',
  'Technical',
  'Other',
] as const

export type ScopeArea = (typeof SCOPE_AREAS)[number]

export interface ScopeDescription {
  readonly scope: string
  readonly words: string
  readonly area: ScopeArea
  /** Whether it lets the app change data. */
  readonly changes: boolean
}

const WORDS: Readonly<Record<Scope, readonly [words: string, area: ScopeArea]>> = {
  openid: ['Confirm who you are', 'About you'],
  profile: ['Read your profile', 'About you'],
  email: ['Read your email address', 'About you'],
  'user:read': ['Read your user account', 'About you'],
  'user:write': ['Manage your user account', 'About you'],
  'notifications:read': ['Read notifications', 'About you'],
  'notifications:write': ['Mark notifications as read', 'About you'],
  'notification_recipients:read': ['Read notification recipients', 'About you'],
  'notification_recipients:write': ['Create or modify notification recipients', 'About you'],
  'organizations:read': ['Read your organizations', 'Organization'],
  'organizations:write': ['Create or modify organizations', 'Organization'],
  'members:read': ['Read members', 'Organization'],
  'members:write': ['Create or modify members', 'Organization'],
  'products:read': ['Read products', 'Store'],
  'products:write': ['Create or modify products', 'Store'],
  'benefits:read': ['Read benefits', 'Store'],
  'benefits:write': ['Create or modify benefits', 'Store'],
  'discounts:read': ['Read discounts', 'Store'],
  'discounts:write': ['Create or modify discounts', 'Store'],
  'checkout_links:read': ['Read checkout links', 'Store'],
  'checkout_links:write': ['Create or modify checkout links', 'Store'],
  'checkouts:read': ['Read checkout sessions', 'Store'],
  'checkouts:write': ['Create or modify checkout sessions', 'Store'],
  'custom_fields:read': ['Read custom fields', 'Store'],
  'custom_fields:write': ['Create or modify custom fields', 'Store'],
  'orders:read': ['Read orders made on your organizations', 'Sales'],
  'orders:write': ['Modify orders made on your organizations', 'Sales'],
  'subscriptions:read': ['Read subscriptions made on your organizations', 'Sales'],
  'subscriptions:write': ['Create or modify subscriptions made on your organizations', 'Sales'],
  'refunds:read': ['Read refunds made on your organizations', 'Sales'],
  'refunds:write': ['Create or modify refunds', 'Sales'],
  'payments:read': ['Read payments made on your organizations', 'Sales'],
  'disputes:read': ['Read disputes', 'Sales'],
  'disputes:write': ['Create or modify disputes', 'Sales'],
  'metrics:read': ['Read metrics', 'Sales'],
  'metrics:write': ['Create or modify metric definitions', 'Sales'],
  'transactions:read': ['Read transactions', 'Sales'],
  'transactions:write': ['Create or modify transactions', 'Sales'],
  'payouts:read': ['Read payouts', 'Sales'],
  'payouts:write': ['Create or modify payouts', 'Sales'],
  'customers:read': ['Read customers', 'Customers'],
  'customers:write': ['Create or modify customers', 'Customers'],
  'customer_sessions:write': ['Create or modify customer sessions', 'Customers'],
  'member_sessions:write': ['Create or modify member sessions', 'Customers'],
  'customer_seats:read': ['Read customer seats', 'Customers'],
  'customer_seats:write': ['Create or modify customer seats', 'Customers'],
  'customer_meters:read': ['Read customer meters', 'Customers'],
  'wallets:read': ['Read wallets', 'Customers'],
  'wallets:write': ['Create or modify wallets', 'Customers'],
  'customer_portal:read': ['Read your orders, subscriptions and benefits', 'Customers'],
  'customer_portal:write': [
    'Create or modify your orders, subscriptions and benefits',
    'Customers',
  ],
  'events:read': ['Read events', 'Usage, files and keys'],
  'events:write': ['Create events', 'Usage, files and keys'],
  'meters:read': ['Read meters', 'Usage, files and keys'],
  'meters:write': ['Create or modify meters', 'Usage, files and keys'],
  'files:read': ['Read file uploads', 'Usage, files and keys'],
  'files:write': ['Create or modify file uploads', 'Usage, files and keys'],
  'license_keys:read': ['Read license keys', 'Usage, files and keys'],
  'license_keys:write': ['Modify license keys', 'Usage, files and keys'],
  'webhooks:read': ['Read webhooks', 'Technical'],
  'webhooks:write': ['Create or modify webhooks', 'Technical'],
}

/**
 * What `scope` lets an app do. One that is not in the catalogue is named as it is, and counts as
 * able to change data, since nobody here can say that it is not.
 */
export function describeScope(scope: string): ScopeDescription {
  if (!Object.hasOwn(WORDS, scope)) {
    return { scope, words: `Use ${scope}`, area: 'Other', changes: true }
  }
  const [words, area] = WORDS[scope as Scope]
  return { scope, words, area, changes: scope.endsWith(':write') }
}
