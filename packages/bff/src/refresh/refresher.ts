/**
 * Refresh without losing anybody. Polar rotates with no grace period: at the moment of success the
 * old pair is dead, and whoever still holds it can only be helped by us. So one caller refreshes
 * while the others wait, and the successor is kept, sealed, for whoever comes late with the cookie
 * of before, until a call with the newer one proves that it arrived.
 */
import { createBoundedMap } from '../runtime/bounded-map.ts'
import { COORDINATOR_KEYS, isAway, type Coordinator } from '../coordinator/coordinator.ts'
import { BffError, hasCode } from '../errors/bff-error.ts'
import type { OnEvent } from '../errors/events.ts'
import type { KeepAlive } from '../runtime/keep-alive.ts'
import type { KeyRing } from '../sealing/key-ring.ts'
import type { OAuthClient } from '../polar/oauth-client.ts'
import { randomId } from '../runtime/random.ts'
import { createRotations, digestOf, RENEW_HOLD_MS, type Rotation } from './rotations.ts'
import { decideRefresh, type Session } from '../sealing/sealed-session.ts'
import { pause, within, type Time } from '../runtime/time.ts'

/** How long a call waits for a refresh. The refresh itself goes on: what Polar may have done counts. */
const PATIENCE_MS = 10_000
/** Logout is not held up by a refresh that does not end. */
const LOGOUT_PATIENCE_MS = 5000
/** Where another holder's time ran out, its answer from Polar may still be on the way to us. */
const GRACE_MS = 2000
const POLL_MS = 50
/** How long what the coordinator must learn is offered to it again after an outage. */
const OFFER_MS = 10 * 60_000
const OFFER_PAUSE_MS = 500
/** How much of that a runtime is asked to wait for which ends with its answers. */
const OFFER_KEPT_MS = 5000
const MAX_REMEMBERED = 10_000

export interface Refreshed {
  readonly session: Session
  readonly how: 'refreshed' | 'joined' | 'claimed'
}

export interface Refresher {
  /**
   * The newest session that is known, with an access token that lives. It goes on though the caller
   * hangs up.
   *
   * @throws {BffError} `reauthorization_required` when Polar refused this generation's refresh
   *   token and no successor is known; `not_connected` when the session was ended;
   *   `polar_unavailable` or `coordinator_unavailable` when nothing is decided.
   */
  refresh(session: Session, keepAlive: KeepAlive): Promise<Refreshed>
  /** Whether a newer generation is known, so that a slow answer does not bring this one back. */
  isSuperseded(session: Session): Promise<boolean>
  /** A call came with `session`, so it was delivered: its predecessor has nothing left to claim. */
  confirmDelivery(session: Session): Promise<void>
  /** Whether the session was ended by logout or by a later sign-in. */
  isEnded(session: Session): Promise<boolean>
  /**
   * Ends the session for good: forbids any later refresh, waits for one in flight, and revokes the
   * newest tokens. True when Polar confirmed it.
   */
  end(session: Session, keepAlive: KeepAlive): Promise<boolean>
}

export function createRefresher(options: {
  readonly client: OAuthClient
  readonly coordinator: Coordinator
  /** Seal what waits at the coordinator. */
  readonly keys: KeyRing
  readonly time: Time
  readonly onEvent: OnEvent
}): Refresher {
  const { client, coordinator, keys, time, onEvent } = options
  const rotations = createRotations(coordinator, keys)
  const inFlight = new Map<string, Promise<Refreshed>>()
  const delivered = createBoundedMap<true>(MAX_REMEMBERED)
  /** Successors that the coordinator has not taken yet: until then this process alone knows them. */
  const unpublished = createBoundedMap<Session>(MAX_REMEMBERED)

  async function refresh(session: Session, keepAlive: KeepAlive): Promise<Refreshed> {
    const startedAt = time.elapsed()
    try {
      const { outcome, joined } = await join(session, keepAlive)
      const how = joined ? 'joined' : outcome.how
      onEvent({
        type: 'refreshed',
        connection: session.id,
        generation: outcome.session.generation,
        how,
        duration_ms: Math.round(time.elapsed() - startedAt),
      })
      return { session: outcome.session, how }
    } catch (cause) {
      // Whichever generation Polar refused, it is the caller's that has no successor.
      // S41: the generation that the caller sent
      throw hasCode(cause, 'reauthorization_required')
        ? reauthorizationRequired(session, cause)
        : cause
    }
  }

  /** Waits for the flight of this session's refresh token, and begins it where there is none. */
  async function join(session: Session, keepAlive: KeepAlive) {
    const token = await digestOf(session)
    // S39: one refresh in flight in this process
    const running = inFlight.get(token)
    const work = running ?? run(session, token, keepAlive).finally(() => inFlight.delete(token))
    if (running === undefined) {
      inFlight.set(token, work)
      keepAlive(work)
    }
    const outcome = await within(time, PATIENCE_MS, work)
    if (outcome === undefined) throw undecided('the refresh takes longer than a call waits')
    return { outcome, joined: running !== undefined }
  }

  async function run(session: Session, token: string, keepAlive: KeepAlive): Promise<Refreshed> {
    if (session.refreshToken === undefined) throw reauthorizationRequired(session)
    const holder = randomId()
    const deadline = time.elapsed() + PATIENCE_MS
    for (let waited = false; ; waited = true) {
      const mine = unpublished.get(token)
      if (mine !== undefined) return { session: mine, how: 'claimed' }
      const rotation = await rotations.read(session)
      if (rotation.status === 'rotated') return resume(rotation.successor, waited, keepAlive)
      if (rotation.status === 'delivered' || rotation.status === 'refused') {
        throw reauthorizationRequired(session)
      }
      if (rotation.status === 'unknown' && (await rotations.hold(session, holder))) {
        const refreshed = await rotate(session, { token, holder, waited, keepAlive })
        if (refreshed !== undefined) return refreshed
      }
      // Another instance holds it: it publishes a successor, lets go, or its time runs out.
      if (time.elapsed() > deadline) throw undecided('another instance refreshes for too long')
      await pause(time, POLL_MS)
    }
  }

  /** What waited may have been refreshed in its turn, or have aged. */
  async function resume(
    successor: Session,
    waited: boolean,
    keepAlive: KeepAlive,
  ): Promise<Refreshed> {
    const { status } = await rotations.read(successor)
    return status === 'unknown' && (waited || decideRefresh(successor, time.now()) === 'keep')
      ? { session: successor, how: waited ? 'joined' : 'claimed' }
      : (await join(successor, keepAlive)).outcome
  }

  /** Sends the refresh token. Undefined where somebody else turned out to have sent it. */
  async function rotate(
    session: Session,
    flight: { token: string; holder: string; waited: boolean; keepAlive: KeepAlive },
  ): Promise<Refreshed | undefined> {
    const { token, holder, waited, keepAlive } = flight
    const stopRenewing = every(time, RENEW_HOLD_MS, () => {
      void quietly(rotations.renew(session, holder))
    })
    try {
      // Asked after taking hold of it: logout writes first and looks for holders then.
      if (await isEnded(session)) throw ended()
      const { refreshToken = session.refreshToken, ...tokens } = await client.refresh(
        session.refreshToken ?? '',
      )
      const next: Session = {
        ...session,
        ...tokens,
        ...(refreshToken !== undefined && { refreshToken }),
        generation: session.generation + 1,
        previous: token,
      }
      return await publish(session, next, holder, keepAlive)
    } catch (cause) {
      if (!hasCode(cause, 'invalid_grant')) {
        await quietly(rotations.letGo(session, holder))
        throw cause
      }
      if (waited) await pause(time, GRACE_MS)
      if (await rotations.refuse(session, holder)) throw reauthorizationRequired(session, cause)
      return undefined
    } finally {
      stopRenewing()
    }
  }

  /** From here on Polar has rotated: whatever the coordinator does, `next` must not be lost. */
  async function publish(
    session: Session,
    next: Session,
    holder: string,
    keepAlive: KeepAlive,
  ): Promise<Refreshed> {
    try {
      const counts = await settle(session, next, holder)
      if (counts.status === 'rotated') return { session: counts.successor, how: 'refreshed' }
      throw reauthorizationRequired(session)
    } catch (cause) {
      // S43: keep what the coordinator could not take
      if (!isAway(cause)) throw cause
      const token = await digestOf(session)
      unpublished.set(token, next)
      const offer = offerAgain(time, () => settle(session, next, holder, 'handed out'))
      keepAlive(
        within(
          time,
          OFFER_KEPT_MS,
          quietly(offer).finally(() => unpublished.delete(token)),
        ),
      )
      return { session: next, how: 'refreshed' }
    }
  }

  /** Publishes `next`, unless it came second or too late: then it must not live on at Polar. */
  async function settle(
    session: Session,
    next: Session,
    holder: string,
    state: 'kept' | 'handed out' = 'kept',
  ): Promise<Rotation> {
    const counts = await rotations.publish(session, next, holder)
    const isOurs = 'successor' in counts && counts.successor?.accessToken === next.accessToken
    // S53: logout wins over a refresh in flight
    if (await isEnded(session)) {
      await client.revoke(next)
      throw ended()
    }
    // Polar takes no lock, so two may have been given a pair for one token: one of them goes.
    // S39: a pair that came second is revoked
    if (!isOurs && state === 'kept') await client.revoke(next)
    return isOurs ? { status: 'rotated', successor: next } : counts
  }

  async function isEnded(session: Session): Promise<boolean> {
    return (await coordinator.read(COORDINATOR_KEYS.endedSession(session.id))) !== undefined
  }

  /** The newest generation that this process alone knows of: those that it could not publish. */
  async function newestHere(session: Session): Promise<Session> {
    const token = await digestOf(session)
    const flight = inFlight.get(token)
    if (flight !== undefined) await within(time, LOGOUT_PATIENCE_MS, quietly(flight))
    const next = unpublished.get(token)
    return next === undefined ? session : newestHere(next)
  }

  /** Forbids refreshes from now on, and gives the newest generation, so that it can be revoked. */
  async function forbid(session: Session): Promise<Session> {
    const lifetime = Math.max(1, Math.ceil(session.expiresAt - time.now()))
    await coordinator.write(COORDINATOR_KEYS.endedSession(session.id), 'ended', lifetime)
    const deadline = time.elapsed() + LOGOUT_PATIENCE_MS
    let newest = await newestHere(session)
    for (;;) {
      const rotation = await rotations.read(newest)
      if (rotation.status === 'held' && time.elapsed() < deadline) {
        await pause(time, POLL_MS)
        continue
      }
      // Its holder asks once more when it is done, and then revokes what it was given itself.
      if (!('successor' in rotation) || rotation.successor === undefined) return newest
      await rotations.drop(newest)
      newest = rotation.successor
    }
  }

  return {
    refresh,
    isEnded,

    async isSuperseded(session) {
      const { status } = await rotations.read(session)
      return status === 'rotated' || status === 'delivered'
    },

    async confirmDelivery(session) {
      const { previous } = session
      // S43: delivery ends the claim
      if (previous === undefined || delivered.get(previous)) return
      await rotations.deliver(session)
      delivered.set(previous, true)
    },

    async end(session, keepAlive) {
      let newest: Session
      try {
        newest = await forbid(session)
      } catch (cause) {
        if (!isAway(cause)) throw cause
        newest = await newestHere(session)
        const revokeLater = async () => {
          const late = await forbid(session)
          if (late.accessToken !== newest.accessToken) await client.revoke(late)
        }
        keepAlive(within(time, OFFER_KEPT_MS, quietly(offerAgain(time, revokeLater))))
      }
      // S53: logout revokes
      const revoked = await client.revoke(newest)
      onEvent({ type: 'logged_out', connection: session.id, revoked })
      return revoked
    },
  }
}

/** Where what comes of it changes nothing: others recover by the record's own lifetime. */
const quietly = (work: Promise<unknown>) => work.catch(() => undefined)

/** Does `work` as soon as the coordinator can be reached, for as long as that makes sense. */
async function offerAgain(time: Time, work: () => Promise<unknown>): Promise<void> {
  const deadline = time.elapsed() + OFFER_MS
  while (time.elapsed() < deadline) {
    await pause(time, OFFER_PAUSE_MS)
    try {
      await work()
      return
    } catch (cause) {
      if (!isAway(cause)) throw cause
    }
  }
}

function reauthorizationRequired(session: Session, cause?: unknown): BffError {
  return new BffError('reauthorization_required', 'Polar refused the refresh token', {
    cause,
    generation: session.generation,
  })
}

const ended = () => new BffError('not_connected', 'the session was ended')

const undecided = (message: string) => new BffError('polar_unavailable', message)

function every(time: Time, milliseconds: number, work: () => void): () => void {
  let cancel = time.after(milliseconds, again)
  function again(): void {
    cancel = time.after(milliseconds, again)
    work()
  }
  return () => cancel()
}
