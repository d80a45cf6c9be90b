/**
 * Refresh without losing anybody. Polar rotates with no grace period: at the moment of success the
 * old pair is dead, and whoever still holds it can only be helped by us. So one caller refreshes
 * while the others wait, and the successor is kept, sealed, for whoever comes late with the cookie
 * of before, until a call with the newer one proves that it arrived.
 */
import { COORDINATOR_KEYS, type Coordinator } from './coordinator.ts'
import { BffError } from './errors.ts'
import type { OnEvent } from './events.ts'
import type { KeepAlive } from './keep-alive.ts'
import type { PolarClient } from './polar-client.ts'
import { randomId, s256 } from './random.ts'
import type { Session, SessionSeal } from './session.ts'

/** How long a late caller can still be helped. */
const SUCCESSOR_SECONDS = 3600
/** Longer than the token endpoint may take, so that a lock is not lost while its holder works. */
const LOCK_SECONDS = 15
const POLL_MS = 50
/** In place of a successor: this refresh token is spent, and never sent again. */
const SPENT = 'spent'

export interface Refreshed {
  readonly session: Session
  readonly how: 'refreshed' | 'joined' | 'claimed'
}

export interface Refresher {
  /**
   * The session of the next generation. It goes on though the caller hangs up.
   *
   * @throws {BffError} `reauthorization_required` when Polar refused this generation's refresh
   *   token and no successor is known; `not_connected` when the session was ended;
   *   `polar_unavailable` or `coordinator_unavailable` when nothing is decided.
   */
  refresh(session: Session, keepAlive: KeepAlive): Promise<Refreshed>
  /** A call came with `session`, so it was delivered: its predecessor has nothing left to claim. */
  confirmDelivery(session: Session): Promise<void>
  /** Whether the session was ended by logout or by a later sign-in. */
  isEnded(session: Session): Promise<boolean>
  /**
   * Ends the session for good: waits for a refresh in flight, forbids any later one, and revokes the
   * newest tokens. True when Polar confirmed it.
   */
  end(session: Session): Promise<boolean>
}

export function createRefresher(options: {
  readonly client: PolarClient
  readonly coordinator: Coordinator
  /** Seals what waits at the coordinator. */
  readonly seal: SessionSeal
  readonly clock: () => number
  readonly onEvent: OnEvent
}): Refresher {
  const { client, coordinator, seal, clock, onEvent } = options
  const inFlight = new Map<string, Promise<Refreshed>>()
  const delivered = new Set<string>()

  async function refresh(session: Session, keepAlive: KeepAlive): Promise<Refreshed> {
    const token = await digestOf(session)
    if (token === undefined) throw reauthorizationRequired(session)
    const startedAt = performance.now()
    const running = inFlight.get(token)
    const work = running ?? run(session, token).finally(() => inFlight.delete(token))
    if (running === undefined) {
      inFlight.set(token, work)
      keepAlive(work)
    }
    const outcome = await work
    const how = running === undefined ? outcome.how : 'joined'
    onEvent({
      type: 'refreshed',
      connection: session.id,
      generation: outcome.session.generation,
      how,
      duration_ms: Math.round(performance.now() - startedAt),
    })
    return { session: outcome.session, how }
  }

  async function run(session: Session, token: string): Promise<Refreshed> {
    const holder = randomId()
    for (;;) {
      const successor = await findSuccessor(session, token)
      if (successor !== undefined) return { session: successor, how: 'claimed' }
      const lock = COORDINATOR_KEYS.refreshLock(token)
      if (await coordinator.claim(lock, holder, LOCK_SECONDS)) {
        try {
          return await rotate(session, token)
        } finally {
          await coordinator.release(lock, holder)
        }
      }
      // Another instance holds the lock: it writes a successor, lets go, or its time runs out.
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }

  async function rotate(session: Session, token: string): Promise<Refreshed> {
    const successor = await findSuccessor(session, token)
    if (successor !== undefined) return { session: successor, how: 'claimed' }
    if (await isEnded(session)) throw new BffError('not_connected', 'the session was ended')
    const key = COORDINATOR_KEYS.successor(token)
    let tokens
    try {
      tokens = await client.refresh(session.refreshToken ?? '')
    } catch (cause) {
      if (!(cause instanceof BffError && cause.code === 'invalid_grant')) throw cause
      await coordinator.write(key, SPENT, SUCCESSOR_SECONDS)
      throw reauthorizationRequired(session, cause)
    }
    const { refreshToken = session.refreshToken, ...rest } = tokens
    const next: Session = {
      ...session,
      ...rest,
      ...(refreshToken !== undefined && { refreshToken }),
      generation: session.generation + 1,
      previous: token,
    }
    await coordinator.write(key, await seal.seal(next), SUCCESSOR_SECONDS)
    // Logout wins over a refresh that it could not wait for.
    if (await isEnded(session)) {
      await client.revoke(next)
      throw new BffError('not_connected', 'the session was ended')
    }
    return { session: next, how: 'refreshed' }
  }

  /** @throws {BffError} `reauthorization_required` when it is known that there will be none. */
  async function findSuccessor(session: Session, token: string): Promise<Session | undefined> {
    const found = await coordinator.read(COORDINATOR_KEYS.successor(token))
    if (found === SPENT) throw reauthorizationRequired(session)
    const successor = found === undefined ? undefined : await seal.open(found)
    return successor?.id === session.id ? successor : undefined
  }

  async function isEnded(session: Session): Promise<boolean> {
    return (await coordinator.read(COORDINATOR_KEYS.endedSession(session.id))) !== undefined
  }

  /** The newest generation that is known, so that logout revokes what really lives. */
  async function newestOf(session: Session): Promise<Session> {
    let newest = session
    for (;;) {
      const token = await digestOf(newest)
      if (token === undefined) return newest
      const running = inFlight.get(token)?.catch(() => undefined)
      const found = await coordinator.read(COORDINATOR_KEYS.successor(token))
      const next = (await running)?.session ?? (found && (await seal.open(found)))
      if (!next || next.id !== session.id) return newest
      await coordinator.write(COORDINATOR_KEYS.successor(token), SPENT, SUCCESSOR_SECONDS)
      newest = next
    }
  }

  return {
    refresh,
    isEnded,

    async confirmDelivery({ previous }) {
      if (previous === undefined || delivered.has(previous)) return
      if (delivered.size >= 10_000) delivered.clear()
      delivered.add(previous)
      await coordinator.write(COORDINATOR_KEYS.successor(previous), SPENT, SUCCESSOR_SECONDS)
    },

    async end(session) {
      const lifetime = Math.max(1, Math.ceil(session.expiresAt - clock()))
      let newest = session
      let coordinated = true
      try {
        newest = await newestOf(session)
        await coordinator.write(COORDINATOR_KEYS.endedSession(session.id), 'ended', lifetime)
      } catch (cause) {
        if (!(cause instanceof BffError && cause.code === 'coordinator_unavailable')) throw cause
        coordinated = false
      }
      // A refresh that began between the two is caught by its own look at the end.
      const late = coordinated ? await newestOf(newest) : newest
      const revoked = await client.revoke(late)
      onEvent({ type: 'logged_out', connection: session.id, revoked })
      return revoked
    },
  }
}

/**
 * Names a refresh token without telling it. It is joined with the session, so that no two sessions
 * ever share a flight or a successor.
 */
async function digestOf(session: Session): Promise<string | undefined> {
  if (session.refreshToken === undefined) return undefined
  return (await s256(`${session.id}.${session.refreshToken}`)).slice(0, 32)
}

function reauthorizationRequired(session: Session, cause?: unknown): BffError {
  return new BffError('reauthorization_required', 'Polar refused the refresh token', {
    cause,
    generation: session.generation,
  })
}
