/** The permissions of Polar's consent page: every one that a client can register. */

export interface ScopeWords {
  readonly area: string
  readonly words: string
  readonly changes: boolean
}

const AREAS = {
  'About you': {
    openid: 'Confirm who you are',
    profile: 'Read your profile',
    email: 'Read your email address',
    'user:read': 'Read your user account',
    'user:write': 'Manage your user account',
    'notifications:read': 'Read notifications',
    'notifications:write': 'Mark notifications as read',
    'notification_recipients:read': 'Read notification recipients',
    'notification_recipients:write': 'Create or modify notification recipients',
  },
  Organization: {
    'organizations:read': 'Read your organizations',
    'organizations:write': 'Create or modify organizations',
    'members:read': 'Read members',
    'members:write': 'Create or modify members',
  },
  Store: {
    'products:read': 'Read products',
    'products:write': 'Create or modify products',
    'benefits:read': 'Read benefits',
    'benefits:write': 'Create or modify benefits',
    'discounts:read': 'Read discounts',
    'discounts:write': 'Create or modify discounts',
    'checkout_links:read': 'Read checkout links',
    'checkout_links:write': 'Create or modify checkout links',
    'checkouts:read': 'Read checkout sessions',
    'checkouts:write': 'Create or modify checkout sessions',
    'custom_fields:read': 'Read custom fields',
    'custom_fields:write': 'Create or modify custom fields',
  },
  Sales: {
    'orders:read': 'Read orders made on your organizations',
    'orders:write': 'Modify orders made on your organizations',
    'subscriptions:read': 'Read subscriptions made on your organizations',
    'subscriptions:write': 'Create or modify subscriptions made on your organizations',
    'refunds:read': 'Read refunds made on your organizations',
    'refunds:write': 'Create or modify refunds',
    'payments:read': 'Read payments made on your organizations',
    'disputes:read': 'Read disputes',
    'disputes:write': 'Create or modify disputes',
    'metrics:read': 'Read metrics',
    'metrics:write': 'Create or modify metric definitions',
    'transactions:read': 'Read transactions',
    'transactions:write': 'Create or modify transactions',
    'payouts:read': 'Read payouts',
    'payouts:write': 'Create or modify payouts',
  },
  Customers: {
    'customers:read': 'Read customers',
    'customers:write': 'Create or modify customers',
    'customer_sessions:write': 'Create or modify customer sessions',
    'member_sessions:write': 'Create or modify member sessions',
    'customer_seats:read': 'Read customer seats',
    'customer_seats:write': 'Create or modify customer seats',
    'customer_meters:read': 'Read customer meters',
    'wallets:read': 'Read wallets',
    'wallets:write': 'Create or modify wallets',
    'customer_portal:read': 'Read your orders, subscriptions and benefits',
    'customer_portal:write': 'Create or modify your orders, subscriptions and benefits',
  },
  'Usage, files and keys': {
    'events:read': 'Read events',
    'events:write': 'Create events',
    'meters:read': 'Read meters',
    'meters:write': 'Create or modify meters',
    'files:read': 'Read file uploads',
    'files:write': 'Create or modify file uploads',
    'license_keys:read': 'Read license keys',
    'license_keys:write': 'Modify license keys',
  },
  Technical: {
    'webhooks:read': 'Read webhooks',
    'webhooks:write': 'Create or modify webhooks',
  },
} as const satisfies Record<string, Record<string, string>>

const WORDS: ReadonlyMap<string, ScopeWords> = new Map(
  Object.entries(AREAS).flatMap(([area, scopes]) =>
    Object.entries(scopes).map(([scope, words]) => [
      scope,
      { area, words, changes: scope.endsWith(':write') },
    ]),
  ),
)

export const KNOWN_SCOPES: readonly string[] = [...WORDS.keys()]

export function isKnownScope(scope: string): boolean {
  return WORDS.has(scope)
}

export function wordsOf(scope: string): ScopeWords {
  return WORDS.get(scope) ?? { area: 'Other', words: `Use ${scope}`, changes: true }
}
