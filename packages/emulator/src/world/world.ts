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
import type { Dataset } from '../objects/dataset.ts'
import { createFaultBook, type FaultBook } from '../faults/fault-book.ts'
import { KNOWN_SCOPES } from './scopes.ts'
import { createSigningKeys, type SigningKeys } from './signing-keys.ts'
import { createSeededClient } from './default-client.ts'
import { DEFAULT_SETTINGS } from './records.ts'
import type { Client, Code, Consent, Counters, Pair, Settings } from './records.ts'
import { createSecret } from '../runtime/secrets.ts'

const NOTHING_YET: Counters = { exchanges: 0, refreshes: 0, invalid_grants: 0, revocations: 0 }

interface State {
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
  random: Random
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
  /** Begins a write that becomes visible after the usual delay, or after `delayMs`. */
  commit(delayMs?: number): Commit
  /** Shuffles with the seed, for lists that have no order at Polar. */
  shuffled<Item>(items: readonly Item[]): Item[]
  /** A number within the range, drawn from the seed. */
  draw(range: DelayRange): number
}

export type World = State &
  ReturnType<typeof people> &
  ReturnType<typeof grants> &
  ReturnType<typeof pairs>

export function createWorld(options: EmulatorOptions = {}): World {
  const clock = options.clock ?? createClock()
  const given: Partial<Settings> = {
    ...(options.asOf && { as_of: options.asOf }),
    ...(options.issuer !== undefined && { issuer: options.issuer }),
    ...(options.commitDelayMs && { commit_delay_ms: options.commitDelayMs }),
    ...(options.concurrentRefreshes && { concurrent_refreshes: options.concurrentRefreshes }),
  }
  const initial = (next: EmulatorOptions = {}) => ({
    ...createRecords({ ...options, ...next }, clock.now()),
    settings: { ...DEFAULT_SETTINGS, ...given },
  })
  const state: State = {
    clock,
    given,
    stall: createStall(clock),
    get profile() {
      return PROFILES[state.settings.as_of]
    },
    get issuer() {
      return state.settings.issuer ?? state.profile.issuer ?? state.origin
    },
    get versions() {
      return state.settings.versions ?? versionsAt(state.profile.versionsAt ?? clock.now())
    },
    get scopes() {
      const removed = new Set(state.settings.removed_scopes)
      return KNOWN_SCOPES.filter((scope) => !removed.has(scope))
    },
    refreshing: new Map(),
    rotated: [],
    counters: { ...NOTHING_YET },
    faults: createFaultBook(clock),
    keys: createSigningKeys(),
    origin: options.origin ?? 'http://127.0.0.1:4567',
    ...initial(),

    reset(next) {
      state.faults.clear()
      clock.reset()
      state.stall.end()
      state.rotated.length = 0
      Object.assign(state.counters, NOTHING_YET)
      Object.assign(state, initial(next))
    },

    commit: (delayMs) => beginCommit(clock, delayMs ?? state.draw(state.settings.commit_delay_ms)),
    shuffled: (items) =>
      items
        .map((item) => ({ item, place: state.random.next() }))
        .toSorted((left, right) => left.place - right.place)
        .map(({ item }) => item),
    draw: (range) => drawDelay(state.random, range),
  }
  return Object.assign(state, people(state), grants(state), pairs(state))
}

function createRecords(options: EmulatorOptions, now: number) {
  const { seed = 1, dataset: name = 'small' } = options
  const dataset = createDataset({ name, seed, now })
  const client = createSeededClient(options, now)
  return {
    dataset,
    clients: new Map([[client.id, client]]),
    codes: new Map<string, Code>(),
    pairs: [] as Pair[],
    consents: new Map<string, Consent>(),
    random: createRandom(seed + 2),
    signedIn: dataset.people[0]?.id ?? null,
  }
}

function people(state: State) {
  const organizationsOf = (personId: string): Dataset['organizations'] => {
    const ids = new Set(
      state.dataset.memberships
        .filter((membership) => membership.personId === personId)
        .map((membership) => membership.organizationId),
    )
    return state.dataset.organizations.filter(({ id }) => ids.has(id))
  }
  return {
    person: (id: string | null | undefined) =>
      state.dataset.people.find((person) => person.id === id),

    organizationsOf,

    /** The organizations that a person can give an app access to: not blocked, no enforced SSO. */
    organizationsToGrant: (personId: string): Dataset['organizations'] =>
      organizationsOf(personId).filter(
        (entry) => entry.status !== 'blocked' && !entry.sso_enforced,
      ),
  }
}

function grants(state: State) {
  return {
    /** Undefined for an unknown client, and for one that is not committed yet. */
    client(id: string): Client | undefined {
      const client = state.clients.get(id)
      return isCommitted(client?.registered) ? client : undefined
    },

    code(value: string): Code | undefined {
      const code = state.codes.get(value)
      return isCommitted(code?.issued) ? code : undefined
    },

    consentOf(clientId: string, personId: string): string | undefined {
      let consent = state.consents.get(consentKey(clientId, personId))
      while (consent !== undefined && !isCommitted(consent.written)) consent = consent.before
      return consent?.scope
    },

    /** Overwrites the earlier consent: allowing less now removes the rest. */
    writeConsent(clientId: string, personId: string, scope: string, written?: Commit): void {
      const key = consentKey(clientId, personId)
      const last = state.consents.get(key)
      const before = isCommitted(last?.written) ? last && { scope: last.scope } : last
      state.consents.set(key, written === undefined ? { scope } : { scope, written, before })
    },

    createCode(details: Omit<Code, 'value' | 'createdAt'>): string {
      const value = createSecret('polar_ac_')
      state.codes.set(value, { ...details, value, createdAt: state.clock.now() })
      return value
    },
  }
}

type PairDetails = Omit<Pair, 'id' | 'accessToken' | 'refreshToken' | 'issuedAt' | 'ended'>

function pairs(state: State) {
  return {
    issuePair(details: PairDetails): Pair {
      const letter = details.kind === 'user' ? 'u' : 'o'
      const refreshes = state.clients.get(details.clientId)?.grantTypes.includes('refresh_token')
      const pair: Pair = {
        ...details,
        id: randomUUID(),
        accessToken: createSecret(`polar_at_${letter}_`),
        refreshToken: refreshes ? createSecret(`polar_rt_${letter}_`) : null,
        issuedAt: state.clock.now(),
        ended: null,
      }
      state.pairs.push(pair)
      return pair
    },

    /** Undefined for an unknown token, and for one that is not committed yet. */
    pairByToken(token: string): { pair: Pair; half: 'access' | 'refresh' } | undefined {
      for (const pair of state.pairs) {
        if (!isCommitted(pair.issued)) continue
        if (pair.accessToken === token) return { pair, half: 'access' }
        if (pair.refreshToken === token) return { pair, half: 'refresh' }
      }
      return undefined
    },

    /** Whether the access token of the pair works now. */
    isLive: ({ ended, endedBy, expiresAt }: Pair) =>
      (ended === null || !isCommitted(endedBy)) && expiresAt > state.clock.now(),

    /** Revokes a pair from Polar's side, without a commit delay. */
    revoke(pair: Pair): void {
      pair.ended ??= 'revoked'
      delete pair.endedBy
    },
  }
}

function consentKey(clientId: string, personId: string): string {
  return `${clientId} ${personId}`
}
