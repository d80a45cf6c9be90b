/** The whole state of the emulator, and the rules that keep it consistent. */
import { randomUUID } from 'node:crypto'
import { createClock, type Clock } from '../runtime/clock.ts'
import { beginCommit, drawDelay, isCommitted, type Commit, type DelayRange } from './commits.ts'
import { PROFILES, type Profile } from './profile.ts'
import { createRandom, type Random } from '../runtime/random.ts'
import { versionsAt } from './versions.ts'
import { createStall, type Stall } from './stall.ts'
import type { EmulatorOptions } from './options.ts'
import { createDataset } from '../seed/create-dataset.ts'
import type { Dataset, Person } from '../objects/dataset.ts'
import { createFaultBook, type FaultBook } from '../faults/fault-book.ts'
import { KNOWN_SCOPES } from './scopes.ts'
import { createSigningKeys, type SigningKeys } from './signing-keys.ts'
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from './default-client.ts'
import type { Client, Code, Consent, Pair, Settings, Counters } from './records.ts'
import { createSecret } from '../runtime/secrets.ts'

const NOTHING_YET: Counters = { exchanges: 0, refreshes: 0, invalid_grants: 0, revocations: 0 }

const DEFAULT_COMMIT_DELAY_MS: DelayRange = [0, 10]

export interface World {
  readonly clock: Clock
  /** The emulator's own address. `listen` sets it. */
  origin: string
  dataset: Dataset
  clients: Map<string, Client>
  codes: Map<string, Code>
  pairs: Pair[]
  /** The key is `clientId personId`. */
  consents: Map<string, Consent>
  /** The ID of the person who is signed in, for browsers that chose no one. Null: no one. */
  signedIn: string | null
  settings: Settings
  /** The settings among the options of the start. */
  readonly given: Partial<Settings>
  /** How many refreshes are running, by refresh token. */
  readonly refreshing: Map<string, number>
  /** Rotated pairs since the start or the last reset, oldest first. */
  readonly rotated: Pair[]
  readonly counters: Counters
  readonly faults: FaultBook
  readonly keys: SigningKeys
  readonly stall: Stall
  readonly profile: Profile
  readonly issuer: string
  /** The accepted `Polar-Version` values now, the default first. */
  readonly versions: readonly string[]
  /** Every scope that Polar knows. */
  readonly scopes: readonly string[]
  /** Restores the state at the start, including the clock. `next` can choose other data. */
  reset(next?: Pick<EmulatorOptions, 'dataset' | 'seed'>): void
  person(id: string | null | undefined): Person | undefined
  organizationsOf(personId: string): Dataset['organizations']
  /** The organizations that a person can give an app access to: not blocked, no enforced SSO. */
  organizationsToGrant(personId: string): Dataset['organizations']
  /** Begins a write that becomes visible after the usual delay, or after `delayMs`. */
  commit(delayMs?: number): Commit
  /** Shuffles with the seed, for lists that have no order at Polar. */
  shuffled<Item>(items: readonly Item[]): Item[]
  /** A number within the range, drawn from the seed. */
  draw(range: DelayRange): number
  /** Undefined for an unknown client, and for one that is not committed yet. */
  client(id: string): Client | undefined
  code(value: string): Code | undefined
  consentOf(clientId: string, personId: string): string | undefined
  /** Overwrites the earlier consent: allowing less now removes the rest. */
  writeConsent(clientId: string, personId: string, scope: string, written?: Commit): void
  createCode(code: Omit<Code, 'value' | 'createdAt'>): string
  issuePair(pair: Omit<Pair, 'id' | 'accessToken' | 'refreshToken' | 'issuedAt' | 'ended'>): Pair
  /** Undefined for an unknown token, and for one that is not committed yet. */
  pairByToken(token: string): { pair: Pair; half: 'access' | 'refresh' } | undefined
  /** Whether the access token of the pair works now. */
  isLive(pair: Pair): boolean
  /** Revokes a pair from Polar's side, without a commit delay. */
  revoke(pair: Pair): void
}

export function createWorld(options: EmulatorOptions = {}): World {
  const clock = options.clock ?? createClock()

  const given: Partial<Settings> = {
    ...(options.asOf && { as_of: options.asOf }),
    ...(options.issuer !== undefined && { issuer: options.issuer }),
    ...(options.commitDelayMs && { commit_delay_ms: options.commitDelayMs }),
    ...(options.concurrentRefreshes && { concurrent_refreshes: options.concurrentRefreshes }),
  }

  const initial = (chosen: Pick<EmulatorOptions, 'dataset' | 'seed'>) => {
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
      as_of: '2026-11',
      issuer: null,
      commit_delay_ms: DEFAULT_COMMIT_DELAY_MS,
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
      ...given,
    }
    return {
      dataset,
      clients: new Map([[client.id, client]]),
      codes: new Map<string, Code>(),
      pairs: [] as Pair[],
      consents: new Map<string, Consent>(),
      random: createRandom(seed + 2),
      signedIn: dataset.people[0]?.id ?? null,
      settings,
    }
  }

  const world: World & { random: Random } = {
    clock,
    given,
    stall: createStall(clock),
    get profile() {
      return PROFILES[world.settings.as_of]
    },
    get issuer() {
      return world.settings.issuer ?? world.profile.issuer ?? world.origin
    },
    get versions() {
      return world.settings.versions ?? versionsAt(world.profile.versionsAt ?? clock.now())
    },
    get scopes() {
      const removed = new Set(world.settings.removed_scopes)
      return KNOWN_SCOPES.filter((scope) => !removed.has(scope))
    },
    refreshing: new Map(),
    rotated: [],
    counters: { ...NOTHING_YET },
    faults: createFaultBook(clock),
    keys: createSigningKeys(),
    origin: options.origin ?? 'http://127.0.0.1:4567',
    ...initial({}),

    reset(next = {}) {
      world.faults.clear()
      clock.reset()
      world.stall.end()
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
        .filter(({ status, sso_enforced: sso }) => status !== 'blocked' && !sso),

    commit: (delayMs) => beginCommit(clock, delayMs ?? world.draw(world.settings.commit_delay_ms)),
    shuffled: (items) =>
      items
        .map((item) => ({ item, place: world.random.next() }))
        .toSorted((left, right) => left.place - right.place)
        .map(({ item }) => item),
    draw: (range) => drawDelay(world.random, range),

    client(id) {
      const client = world.clients.get(id)
      return isCommitted(client?.registered) ? client : undefined
    },

    code(value) {
      const code = world.codes.get(value)
      return isCommitted(code?.issued) ? code : undefined
    },

    consentOf(clientId, personId) {
      let consent = world.consents.get(consentKey(clientId, personId))
      while (consent !== undefined && !isCommitted(consent.written)) consent = consent.before
      return consent?.scope
    },

    writeConsent(clientId, personId, scope, written) {
      const key = consentKey(clientId, personId)
      const last = world.consents.get(key)
      const before = isCommitted(last?.written) ? last && { scope: last.scope } : last
      world.consents.set(key, written === undefined ? { scope } : { scope, written, before })
    },

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
        if (!isCommitted(pair.issued)) continue
        if (pair.accessToken === token) return { pair, half: 'access' }
        if (pair.refreshToken === token) return { pair, half: 'refresh' }
      }
      return undefined
    },

    isLive: ({ ended, endedBy, expiresAt }) =>
      (ended === null || !isCommitted(endedBy)) && expiresAt > clock.now(),

    revoke(pair) {
      pair.ended ??= 'revoked'
      delete pair.endedBy
    },
  }
  return world
}

function consentKey(clientId: string, personId: string): string {
  return `${clientId} ${personId}`
}
