/** What the emulator remembers of the OAuth side, and its settings. */
import type { EmulatorOptions } from '../options.ts'
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
  /** Null for a client that no one registered: the seeded one. */
  readonly registrationToken: string | null
  readonly ownerId: string | null
  readonly createdAt: number
  readonly registered?: Commit
}

export interface Code {
  readonly value: string
  readonly clientId: string
  readonly personId: string
  /** As the request gave it; null where it gave none. */
  readonly redirectUri: string | null
  readonly scopes: readonly string[]
  readonly nonce: string | null
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | null
  readonly organizationIds: readonly string[]
  readonly requiresOrganization: boolean
  readonly createdAt: number
  readonly issued?: Commit
}

/** What a person allowed a client: at Polar one record for both, which the next answer overwrites. */
export interface Consent {
  readonly scope: string
  readonly written?: Commit
  /** What counts until it is written. */
  readonly before?: Consent | undefined
}

/** Access and refresh token are one row at Polar: what ends one half ends both. */
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
  /** What ended it, be it committed or not. */
  ended: 'rotated' | 'revoked' | null
  endedBy?: Commit
  /** Epoch seconds of its rotation. */
  rotatedAt?: number
}

export interface Settings {
  /** Plays Polar as it was in that month. */
  as_of: ProfileName
  /** Overrides the issuer of the profile, in discovery, ID tokens, introspection and callbacks. */
  issuer: string | null
  /** How long an answered write of the OAuth endpoints stays unseen. */
  commit_delay_ms: DelayRange
  /** Seconds, at the exchange. */
  access_token_lifetime: number
  /** Seconds, after a refresh. */
  refreshed_access_token_lifetime: number
  code_lifetime: number
  /** `documented` issues the organization tokens of the older kind. */
  organization_tokens: 'current' | 'documented'
  /** The sandbox says so in a header; set its `rate_limit` too where that matters. */
  environment: 'production' | 'sandbox'
  /** Accepted `Polar-Version` values, the default one first; null goes by the clock. */
  versions: readonly string[] | null
  /** Drift: members that answers and the contract no longer have, such as `Order.due_amount`. */
  removed_members: readonly string[]
  /** Drift: permissions that Polar no longer knows. */
  removed_scopes: readonly string[]
  /** On, as at Polar: off, the same refresh token serves again and again. */
  rotate_refresh_tokens: boolean
  /** On, as at Polar: off, a rotated refresh token still gives another pair. */
  reject_reused_refresh_tokens: boolean
  /** Seconds in which a rotated refresh token gives another pair all the same. Polar has none. */
  refresh_grace_seconds: number
  /**
   * What a refresh gets that meets another one of the same token before that one is committed.
   * `stall`, as at Polar: 500 after 30 seconds, in which every other request waits. `one_wins`: 400.
   * `all_win`: a pair of its own.
   */
  concurrent_refreshes: NonNullable<EmulatorOptions['concurrentRefreshes']>
  /** Requests a minute for each client; null is no limit. Polar has 500, its sandbox 100. */
  rate_limit: number | null
}

/** What has happened since the start or the last reset, whether or not its answer arrived. */
export interface Counters {
  exchanges: number
  refreshes: number
  /** Codes and refresh tokens that were refused. */
  invalid_grants: number
  revocations: number
}
