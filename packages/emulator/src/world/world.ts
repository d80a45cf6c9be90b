/** All that the emulator remembers, and the few rules that keep it consistent. */
import { randomUUID } from 'node:crypto'
import { createClock, type Clock } from './clock.ts'
import { createDataset, type DatasetName } from '../seed/create-dataset.ts'
import type { Dataset, Person } from '../objects/dataset.ts'
import { createFaultBook, type FaultBook } from '../faults/fault-book.ts'
import { KNOWN_SCOPES } from '../oauth/scopes.ts'
import { createSigningKeys, type SigningKeys } from '../oauth/signing-keys.ts'
import { createSecret } from './secrets.ts'

export const DEFAULT_CLIENT_ID = 'polar_ci_FakeLocalEmulatorClientFakeLocalEmulatorCli'
export const DEFAULT_CLIENT_SECRET = 'polar_cs_FakeLocalEmulatorSecretFakeLocalEmulatorSec'

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
  /** Null for a client that nobody registered: the seeded one. */
  readonly registrationToken: string | null
  readonly ownerId: string | null
  readonly createdAt: number
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
  ended: 'rotated' | 'revoked' | null
  /** Epoch seconds of its rotation. */
  rotatedAt?: number
  /** Epoch seconds before which nobody knows its tokens. */
  readonly visibleFrom?: number
}

export interface Settings {
  /** Seconds, at the exchange. */
  access_token_lifetime: number
  /** Seconds, after a refresh. */
  refreshed_access_token_lifetime: number
  code_lifetime: number
  /** `documented` issues the organization tokens of the older kind. */
  organization_tokens: 'current' | 'documented'
  /** The sandbox says so in a header; set its `rate_limit` too where that matters. */
  environment: 'production' | 'sandbox'
  /** Accepted `Polar-Version` values, the default one first. */
  versions: string[]
  /** On, as at Polar: off, the same refresh token serves again and again. */
  rotate_refresh_tokens: boolean
  /** On, as at Polar: off, a rotated refresh token still gives another pair. */
  reject_reused_refresh_tokens: boolean
  /** Seconds in which a rotated refresh token gives another pair all the same. Polar has none. */
  refresh_grace_seconds: number
  /** `all_win`: a refresh that arrived before another had rotated the token succeeds too. */
  concurrent_refreshes: 'one_wins' | 'all_win'
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

const NOTHING_YET: Counters = { exchanges: 0, refreshes: 0, invalid_grants: 0, revocations: 0 }

export interface World {
  readonly clock: Clock
  /** Where it is reached: set once it listens. */
  origin: string
  dataset: Dataset
  clients: Map<string, Client>
  codes: Map<string, Code>
  pairs: Pair[]
  /** Scope strings by `client person`: Polar keeps one record for both, and overwrites it. */
  consents: Map<string, string>
  /** Who is signed in where a browser has not chosen for itself; null is nobody. */
  signedIn: string | null
  settings: Settings
  /** Pairs in the order of their rotation, since the start of the process. */
  readonly rotated: Pair[]
  readonly counters: Counters
  readonly faults: FaultBook
  readonly keys: SigningKeys
  /** Everything as at the start, the time included, or with other data where `next` says so. */
  reset(next?: Pick<WorldOptions, 'dataset' | 'seed'>): void
  person(id: string | null | undefined): Person | undefined
  organizationsOf(personId: string): Dataset['organizations']
  /** Those that a person can let an app reach: not blocked, and no single sign-on enforced. */
  organizationsToGrant(personId: string): Dataset['organizations']
  createCode(code: Omit<Code, 'value' | 'createdAt'>): string
  issuePair(pair: Omit<Pair, 'id' | 'accessToken' | 'refreshToken' | 'issuedAt' | 'ended'>): Pair
  /** Nothing where its tokens are not known yet. */
  pairByToken(token: string): { pair: Pair; half: 'access' | 'refresh' } | undefined
}

export interface WorldOptions {
  readonly origin?: string
  readonly clock?: Clock
  readonly redirectUris?: readonly string[]
  readonly clientId?: string
  readonly clientSecret?: string
  readonly dataset?: DatasetName
  readonly seed?: number
}

export function createWorld(options: WorldOptions = {}): World {
  const clock = options.clock ?? createClock()

  const initial = (chosen: Pick<WorldOptions, 'dataset' | 'seed'>) => {
    const { seed = 1, dataset: name = 'small' } = { ...options, ...chosen }
    const dataset = createDataset({ name, seed, now: clock.now() })
    const client: Client = {
      id: options.clientId ?? DEFAULT_CLIENT_ID,
      secret: options.clientSecret ?? DEFAULT_CLIENT_SECRET,
      name: 'Polar Connect',
      description: 'Your products, orders and revenue on one page.',
      uri: null,
      logoUri: null,
      tosUri: null,
      policyUri: null,
      registrationToken: null,
      ownerId: null,
      createdAt: clock.now(),
      redirectUris: [...(options.redirectUris ?? ['http://localhost:5173/auth/callback'])],
      scopes: [...KNOWN_SCOPES],
      grantTypes: ['authorization_code', 'refresh_token'],
      authMethod: 'client_secret_post',
    }
    const settings: Settings = {
      access_token_lifetime: 864_000,
      refreshed_access_token_lifetime: 3600,
      code_lifetime: 300,
      organization_tokens: 'current',
      environment: 'production',
      versions: ['2026-04', '2026-10', '2027-01'],
      rotate_refresh_tokens: true,
      reject_reused_refresh_tokens: true,
      refresh_grace_seconds: 0,
      concurrent_refreshes: 'one_wins',
      rate_limit: null,
    }
    return {
      dataset,
      clients: new Map([[client.id, client]]),
      codes: new Map<string, Code>(),
      pairs: [] as Pair[],
      consents: new Map<string, string>(),
      signedIn: dataset.people[0]?.id ?? null,
      settings,
    }
  }

  const world: World = {
    clock,
    rotated: [],
    counters: { ...NOTHING_YET },
    faults: createFaultBook(clock),
    keys: createSigningKeys(),
    origin: options.origin ?? 'http://127.0.0.1:4567',
    ...initial({}),

    reset(next = {}) {
      world.faults.clear()
      clock.reset()
      world.rotated.length = 0
      Object.assign(world.counters, NOTHING_YET)
      Object.assign(world, initial(next))
    },

    person: (id) => world.dataset.people.find((person) => person.id === id),

    organizationsOf(personId) {
      const ids = new Set(
        world.dataset.memberships
          .filter((membership) => membership.personId === personId)
          .map((membership) => membership.organizationId),
      )
      return world.dataset.organizations.filter(({ id }) => ids.has(id))
    },

    organizationsToGrant: (personId) =>
      world
        .organizationsOf(personId)
        .filter(({ status, sso_enforced: sso }) => status !== 'blocked' && sso !== true),

    createCode(details) {
      const code: Code = { ...details, value: createSecret('polar_ac_'), createdAt: clock.now() }
      world.codes.set(code.value, code)
      return code.value
    },

    issuePair(details) {
      const letter = details.kind === 'user' ? 'u' : 'o'
      const refreshes = world.clients.get(details.clientId)?.grantTypes.includes('refresh_token')
      const pair: Pair = {
        ...details,
        id: randomUUID(),
        accessToken: createSecret(`polar_at_${letter}_`),
        refreshToken: refreshes ? createSecret(`polar_rt_${letter}_`) : null,
        issuedAt: clock.now(),
        ended: null,
      }
      world.pairs.push(pair)
      return pair
    },

    pairByToken(token) {
      for (const pair of world.pairs) {
        if (pair.visibleFrom !== undefined && pair.visibleFrom > clock.now()) continue
        if (pair.accessToken === token) return { pair, half: 'access' }
        if (pair.refreshToken === token) return { pair, half: 'refresh' }
      }
      return undefined
    },
  }
  return world
}

export function consentKey(clientId: string, personId: string): string {
  return `${clientId} ${personId}`
}
