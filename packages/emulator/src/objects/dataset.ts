/** The emulator's data: people, their organizations, and the API objects of each organization. */
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

/** The caller of the API: what its access token allows. */
export interface Caller {
  readonly clientId: string
  /** Null for an organization token of the older kind: it belongs to no person. */
  readonly personId: string | null
  readonly scopes: ReadonlySet<string>
  /** Empty: all organizations of the person, including future ones. */
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

/** The token's organizations, without those that the person has left. */
export function reachableOrganizations(dataset: Dataset, caller: Caller): ReadonlySet<string> {
  const { personId, organizationIds } = caller
  const unrestricted = organizationIds.length === 0
  const members = new Set(
    dataset.memberships
      .filter((membership) => membership.personId === personId)
      .map(({ organizationId }) => organizationId),
  )
  // Blocked organizations refuse every token. Those with enforced SSO refuse unlimited tokens.
  const open = dataset.organizations.filter(
    ({ status, sso_enforced }) => status !== 'blocked' && !(unrestricted && sso_enforced),
  )
  return new Set(
    open
      .map(({ id }) => id)
      .filter((id) => personId === null || members.has(id))
      .filter((id) => unrestricted || organizationIds.includes(id)),
  )
}
