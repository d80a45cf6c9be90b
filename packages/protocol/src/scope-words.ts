/** Polar's permissions in everyday words. For pages: no server needs them. */
import type { Scope } from './scopes.ts'

/** In the order in which pages show them. */
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

/** One of {@link SCOPE_AREAS}. */
export type ScopeArea = (typeof SCOPE_AREAS)[number]

/** What {@link describeScope} returns. */
export interface ScopeDescription {
  /** As Polar writes it: `orders:read`. */
  readonly scope: string
  /** What it is about: `your orders`. */
  readonly thing: string
  /** What it allows, inside a sentence: `see your orders`. */
  readonly words: string
  /** The same by itself, in a list: `See your orders`. */
  readonly label: string
  readonly area: ScopeArea
  /** Whether it lets the app change data. */
  readonly changes: boolean
}

type ResourceOf<Name> = Name extends `${infer Resource}:${string}` ? Resource : Name

/** The thing, its area, and what `:write` allows if that is not to create and edit it. */
const RESOURCES: Readonly<
  Record<ResourceOf<Scope>, readonly [thing: string, area: ScopeArea, change?: string]>
> = {
  openid: ['who you are', 'About you'],
  profile: ['your profile', 'About you'],
  email: ['your email address', 'About you'],
  user: ['your Polar account', 'About you', 'edit {thing}'],
  notifications: ['your notifications', 'About you', 'mark {thing} as read'],
  notification_recipients: ['devices for notifications', 'About you'],
  organizations: ['your organizations', 'Organization'],
  members: ['customer members', 'Organization'],
  products: ['your products', 'Store'],
  benefits: ['benefits', 'Store'],
  discounts: ['discounts', 'Store'],
  checkout_links: ['checkout links', 'Store'],
  checkouts: ['checkout sessions', 'Store'],
  custom_fields: ['custom fields', 'Store'],
  orders: ['your orders', 'Sales', 'edit {thing}'],
  subscriptions: ['your subscriptions', 'Sales'],
  refunds: ['your refunds', 'Sales'],
  payments: ['payments', 'Sales'],
  disputes: ['disputes', 'Sales', 'answer {thing}'],
  metrics: ['metrics', 'Sales'],
  transactions: ['transactions', 'Sales'],
  payouts: ['payouts', 'Sales'],
  customers: ['your customers', 'Customers'],
  customer_sessions: ['customer portal sessions', 'Customers'],
  member_sessions: ['member portal sessions', 'Customers'],
  customer_seats: ['customer seats', 'Customers'],
  customer_meters: ['customer usage', 'Customers'],
  wallets: ['customer wallets', 'Customers'],
  customer_portal: ['your own purchases', 'Customers'],
  events: ['usage events', 'Usage, files and keys', 'send {thing}'],
  meters: ['meters', 'Usage, files and keys'],
  files: ['uploaded files', 'Usage, files and keys'],
  license_keys: ['license keys', 'Usage, files and keys', 'edit {thing}'],
  webhooks: ['webhooks', 'Technical'],
}

/**
 * What a permission lets an app do. One that the catalogue lacks keeps its own name, and counts as
 * able to change data: no one here knows that it is not.
 *
 * @example
 * describeScope('orders:read').label // 'See your orders'
 */
export function describeScope(scope: string): ScopeDescription {
  const [resource = '', action] = scope.split(':')
  if (!Object.hasOwn(RESOURCES, resource)) {
    return describe(scope, { thing: scope, words: `use ${scope}`, area: 'Other', changes: true })
  }
  const [thing, area, change = 'create and edit {thing}'] =
    RESOURCES[resource as keyof typeof RESOURCES]
  const changes = action === 'write'
  const words = (changes ? change : 'see {thing}').replace('{thing}', thing)
  return describe(scope, { thing, words, area, changes })
}

function describe(
  scope: string,
  rest: Omit<ScopeDescription, 'scope' | 'label'>,
): ScopeDescription {
  return { scope, label: rest.words.charAt(0).toUpperCase() + rest.words.slice(1), ...rest }
}

const and = new Intl.ListFormat('en')

/**
 * What several permissions let an app do, inside a sentence.
 *
 * @example
 * describeScopes(['orders:read', 'metrics:read']) // 'see your orders and metrics'
 */
export function describeScopes(scopes: readonly string[]): string {
  const described = scopes.map(describeScope)
  const onlySees = described.every(({ words, thing }) => words === `see ${thing}`)
  return onlySees
    ? `see ${and.format(described.map(({ thing }) => thing))}`
    : and.format(described.map(({ words }) => words))
}
