/**
 * What the emulator's Polar holds: people, the organizations they belong to, and the API objects of
 * each organization, in the shape in which the API answers them.
 */
import type {
  Benefit,
  Checkout,
  CheckoutLink,
  Customer,
  Discount,
  Order,
  Organization,
  Product,
  Refund,
  Subscription,
} from './models.ts'

export type Role = 'owner' | 'admin' | 'member' | 'finance'

export interface Person {
  readonly id: string
  readonly name: string
  email: string
  emailVerified: boolean
  avatarUrl: string | null
}

export interface Membership {
  readonly personId: string
  readonly organizationId: string
  role: Role
}

/** Whoever holds a live access token, as the OAuth side has established it. */
export interface Caller {
  readonly clientId: string
  /** Null for an organization token of the older kind, which stands for no person. */
  readonly personId: string | null
  readonly scopes: ReadonlySet<string>
  /** Empty means not restricted: all organizations of the person, now and later. */
  readonly organizationIds: readonly string[]
}

export interface Dataset {
  people: Person[]
  memberships: Membership[]
  organizations: Organization[]
  products: Product[]
  benefits: Benefit[]
  discounts: Discount[]
  customers: Customer[]
  subscriptions: Subscription[]
  orders: Order[]
  refunds: Refund[]
  checkouts: Checkout[]
  checkout_links: CheckoutLink[]
}
