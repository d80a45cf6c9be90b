/** The OAuth records that the emulator keeps, and its settings. */
import type { EmulatorOptions } from './options.ts'
import type { Commit, DelayRange } from './commits.ts'
import type { ProfileName } from './profile.ts'

export type AuthMethod = 'client_secret_basic' | 'client_secret_post' | 'none'

export interface Client {
  readonly id: string
  secret: string
  name: string
  description: string
  uri: string | null
  logoUri: string | null
  tosUri: string | null
  policyUri: string | null
  redirectUris: string[]
  scopes: string[]
  grantTypes: string[]
  authMethod: AuthMethod
  /** Null for the seeded client: no one registered it. */
  readonly registrationToken: string | null
  readonly ownerId: string | null
  readonly createdAt: number
  readonly registered?: Commit
}

export interface Code {
  readonly value: string
  readonly clientId: string
  readonly personId: string
  /** As the request sent it. Null if it sent none. */
  readonly redirectUri: string | null
  readonly scopes: readonly string[]
  readonly nonce: string | null
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | null
  readonly organizationIds: readonly string[]
  readonly requiresOrganization: boolean
  readonly createdAt: number
  readonly issued?: Commit
}

/** What a person allowed a client. Polar keeps one record for both; the next consent overwrites it. */
export interface Consent {
  readonly scope: string
  readonly written?: Commit
  /** Counts until this consent is committed. */
  readonly before?: Consent | undefined
}

/** Access and refresh token are one row at Polar: revoking one revokes both. */
export interface Pair {
  readonly id: string
  readonly kind: 'user' | 'organization'
  readonly clientId: string
  readonly personId: string | null
  readonly accessToken: string
  refreshToken: string | null
  scopes: readonly string[]
  readonly organizationIds: readonly string[]
  readonly issuedAt: number
  expiresAt: number
  readonly issued?: Commit
  /** Why the tokens ended. Set before the commit. */
  ended: 'rotated' | 'revoked' | null
  endedBy?: Commit
  /** Epoch seconds. */
  rotatedAt?: number
}

export interface Settings {
  /** Behaves as Polar did in that month. */
  as_of: ProfileName
  /** Replaces the issuer of the profile in discovery, ID tokens, introspection and callbacks. */
  issuer: string | null
  /** The delay between an answer of the OAuth endpoints and its commit. */
  commit_delay_ms: DelayRange
  /** Seconds, for the access token of the exchange. */
  access_token_lifetime: number
  /** Seconds, for the access token of a refresh. */
  refreshed_access_token_lifetime: number
  code_lifetime: number
  /** `documented` issues organization tokens of the older kind. */
  organization_tokens: 'current' | 'documented'
  /** `sandbox` sends the sandbox's header. Set `rate_limit` separately. */
  environment: 'production' | 'sandbox'
  /** Accepted `Polar-Version` values, the default first. Null: those of the clock's time. */
  versions: readonly string[] | null
  /** Simulates a change: removes members from answers and contract, such as `Order.due_amount`. */
  removed_members: readonly string[]
  /** Simulates a change: scopes that Polar no longer knows. */
  removed_scopes: readonly string[]
  /** True, as at Polar. False: a refresh returns the same refresh token again. */
  rotate_refresh_tokens: boolean
  /** True, as at Polar. False: a rotated refresh token still gives new tokens. */
  reject_reused_refresh_tokens: boolean
  /** How many seconds a rotated refresh token still gives new tokens. At Polar: 0. */
  refresh_grace_seconds: number
  /**
   * What a second refresh with the same token gets before the first is committed. `stall`, as at
   * Polar: 500 after 30 seconds, and every other request waits that long. `one_wins`: 400.
   * `all_win`: new tokens too.
   */
  concurrent_refreshes: NonNullable<EmulatorOptions['concurrentRefreshes']>
  /** Requests per minute for each client. Null: no limit. At Polar: 500, in its sandbox: 100. */
  rate_limit: number | null
}

export const DEFAULT_SETTINGS: Settings = {
  as_of: '2026-11',
  issuer: null,
  commit_delay_ms: [0, 10],
  access_token_lifetime: 864_000,
  refreshed_access_token_lifetime: 3600,
  code_lifetime: 300,
  organization_tokens: 'current',
  environment: 'production',
  versions: null,
  removed_members: [],
  removed_scopes: [],
  rotate_refresh_tokens: true,
  reject_reused_refresh_tokens: true,
  refresh_grace_seconds: 0,
  concurrent_refreshes: 'stall',
  rate_limit: null,
}

/** Counts since the start or the last reset. A lost answer counts too. */
export interface Counters {
  exchanges: number
  refreshes: number
  /** Refused codes and refresh tokens. */
  invalid_grants: number
  revocations: number
}
