/**
 * Polar's permissions in human words, the ones that Polar itself shows.
 * The order is part of the session format: add at the end, remove nothing.
 */

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

const WORDS = [
  ['openid', 'Confirm who you are', 'About you', false],
  ['profile', 'Read your profile', 'About you', false],
  ['email', 'Read your email address', 'About you', false],
  ['user:read', 'Read your user account', 'About you', false],
  ['user:write', 'Manage your user account', 'About you', true],
  ['notifications:read', 'Read notifications', 'About you', false],
  ['notifications:write', 'Mark notifications as read', 'About you', true],
  ['notification_recipients:read', 'Read notification recipients', 'About you', false],
  ['notification_recipients:write', 'Create or modify notification recipients', 'About you', true],
  ['organizations:read', 'Read your organizations', 'Organization', false],
  ['organizations:write', 'Create or modify organizations', 'Organization', true],
  ['members:read', 'Read members', 'Organization', false],
  ['members:write', 'Create or modify members', 'Organization', true],
  ['products:read', 'Read products', 'Store', false],
  ['products:write', 'Create or modify products', 'Store', true],
  ['benefits:read', 'Read benefits', 'Store', false],
  ['benefits:write', 'Create or modify benefits', 'Store', true],
  ['discounts:read', 'Read discounts', 'Store', false],
  ['discounts:write', 'Create or modify discounts', 'Store', true],
  ['checkout_links:read', 'Read checkout links', 'Store', false],
  ['checkout_links:write', 'Create or modify checkout links', 'Store', true],
  ['checkouts:read', 'Read checkout sessions', 'Store', false],
  ['checkouts:write', 'Create or modify checkout sessions', 'Store', true],
  ['custom_fields:read', 'Read custom fields', 'Store', false],
  ['custom_fields:write', 'Create or modify custom fields', 'Store', true],
  ['orders:read', 'Read orders made on your organizations', 'Sales', false],
  ['orders:write', 'Modify orders made on your organizations', 'Sales', true],
  ['subscriptions:read', 'Read subscriptions made on your organizations', 'Sales', false],
  [
    'subscriptions:write',
    'Create or modify subscriptions made on your organizations',
    'Sales',
    true,
  ],
  ['refunds:read', 'Read refunds made on your organizations', 'Sales', false],
  ['refunds:write', 'Create or modify refunds', 'Sales', true],
  ['payments:read', 'Read payments made on your organizations', 'Sales', false],
  ['disputes:read', 'Read disputes', 'Sales', false],
  ['disputes:write', 'Create or modify disputes', 'Sales', true],
  ['metrics:read', 'Read metrics', 'Sales', false],
  ['metrics:write', 'Create or modify metric definitions', 'Sales', true],
  ['transactions:read', 'Read transactions', 'Sales', false],
  ['transactions:write', 'Create or modify transactions', 'Sales', true],
  ['payouts:read', 'Read payouts', 'Sales', false],
  ['payouts:write', 'Create or modify payouts', 'Sales', true],
  ['customers:read', 'Read customers', 'Customers', false],
  ['customers:write', 'Create or modify customers', 'Customers', true],
  ['customer_sessions:write', 'Create or modify customer sessions', 'Customers', true],
  ['member_sessions:write', 'Create or modify member sessions', 'Customers', true],
  ['customer_seats:read', 'Read customer seats', 'Customers', false],
  ['customer_seats:write', 'Create or modify customer seats', 'Customers', true],
  ['customer_meters:read', 'Read customer meters', 'Customers', false],
  ['wallets:read', 'Read wallets', 'Customers', false],
  ['wallets:write', 'Create or modify wallets', 'Customers', true],
  ['customer_portal:read', 'Read your orders, subscriptions and benefits', 'Customers', false],
  [
    'customer_portal:write',
    'Create or modify your orders, subscriptions and benefits',
    'Customers',
    true,
  ],
  ['events:read', 'Read events', 'Usage, files and keys', false],
  ['events:write', 'Create events', 'Usage, files and keys', true],
  ['meters:read', 'Read meters', 'Usage, files and keys', false],
  ['meters:write', 'Create or modify meters', 'Usage, files and keys', true],
  ['files:read', 'Read file uploads', 'Usage, files and keys', false],
  ['files:write', 'Create or modify file uploads', 'Usage, files and keys', true],
  ['license_keys:read', 'Read license keys', 'Usage, files and keys', false],
  ['license_keys:write', 'Modify license keys', 'Usage, files and keys', true],
  ['webhooks:read', 'Read webhooks', 'Technical', false],
  ['webhooks:write', 'Create or modify webhooks', 'Technical', true],
] as const satisfies readonly (readonly [string, string, ScopeArea, boolean])[]

/** A permission that Polar knows and an app can register. */
export type Scope = (typeof WORDS)[number][0]

/** Every known permission. Sessions keep positions in this list, so it only ever grows at its end. */
export const SCOPES: readonly Scope[] = WORDS.map(([scope]) => scope)

const BY_SCOPE = new Map<string, ScopeDescription>(
  WORDS.map(([scope, words, area, changes]) => [scope, { scope, words, area, changes }]),
)

/**
 * What `scope` lets an app do. One that is not in the catalogue is named as it is, and counts as
 * able to change data, since nobody here can say that it is not.
 */
export function describeScope(scope: string): ScopeDescription {
  return BY_SCOPE.get(scope) ?? { scope, words: `Use ${scope}`, area: 'Other', changes: true }
}

/** Of permissions any one of which would do, the one to ask for: reading before changing. */
export function leastScope(alternatives: readonly string[]): string | undefined {
  return alternatives.find((scope) => scope.endsWith(':read')) ?? alternatives[0]
}

/** What the connect button asks for where nothing else is configured: reading only. */
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
