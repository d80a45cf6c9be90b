/**
 * The next generation of a session: from its record, or from Polar. The holder of the record sends the
 * refresh token, once, and publishes what Polar gives for it.
 */
import { isAway } from '../coordinator/coordinator.ts'
import { BffError, hasCode } from '../errors/bff-error.ts'
import { isFresh, repeatInvalidGrant } from '../polar/freshly-issued.ts'
import type { Tokens } from '../polar/token-answer.ts'
import { quietly, type KeepAlive } from '../runtime/keep-alive.ts'
import { pause, within } from '../runtime/time.ts'
import type { Session } from '../sealing/sealed-session.ts'
import type { Settings } from '../settings/settings.ts'
import { offerAgain } from './offers.ts'
import { POLICY } from './policy.ts'
import type { Refreshed, RefreshState } from './refresh-state.ts'
import type { Rotation, RotationRecord } from './rotations.ts'

/** What one rotation works on. */
interface Turn {
  readonly session: Session
  readonly refreshToken: string
  readonly record: RotationRecord
  readonly keepAlive: KeepAlive
}

export function createRotate({ time }: Settings, state: RefreshState) {
  const { oauth, ended } = state

  return async function rotate(
    session: Session,
    record: RotationRecord,
    keepAlive: KeepAlive,
  ): Promise<Refreshed> {
    const { refreshToken } = session
    if (refreshToken === undefined) throw reauthorizationRequired()
    const turn = { session, refreshToken, record, keepAlive }
    const deadline = time.elapsed() + POLICY.callerWaits * 1000
    for (let waited = false; ; waited = true) {
      const kept = state.unpublished.get(record.id)
      if (kept !== undefined) return { session: kept, how: 'claimed' }
      const found = await record.read()
      switch (found.status) {
        case 'rotated':
          return { session: found.successor, how: waited ? 'joined' : 'claimed' }
        case 'delivered':
        case 'refused':
          throw reauthorizationRequired()
        case 'lost':
          throw stillRunning(found.until - time.now())
        case 'unknown': {
          const next = (await record.hold()) && (await send(turn, waited))
          if (next) return { session: next, how: 'refreshed' }
          break
        }
        case 'held':
          break
      }
      // Another instance holds it: it publishes a successor, lets go, or its lock expires.
      if (time.elapsed() > deadline) throw tooLong()
      await pause(time, POLICY.poll * 1000)
    }
  }

  /** Sends the refresh token, as its holder. Undefined if another caller had sent it. */
  async function send(turn: Turn, waited: boolean): Promise<Session | undefined> {
    const { session, record, refreshToken } = turn
    let sentAt = time.elapsed()
    let tokens: Tokens
    try {
      // Checked after taking the lock: logout marks the session first, then looks for lock holders.
      if (await ended.has(session)) throw endedMeanwhile()
      const isYoung = () => isFresh(time, session.issuedAt)
      tokens = await repeatInvalidGrant(time, isYoung, () => {
        sentAt = time.elapsed()
        return oauth.refresh(refreshToken)
      })
    } catch (cause) {
      if (hasCode(cause, 'invalid_grant')) {
        // An earlier holder may get its answer now.
        if (waited) await pause(time, POLICY.lateAnswer * 1000)
        if (await record.refuse()) throw reauthorizationRequired(cause)
        return undefined
      }
      // Polar answers 500 if another instance refreshes at the same time: that one's pair counts.
      const found = await quietly(record.read())
      if (found?.status === 'rotated') return undefined
      const seconds = POLICY.request - (time.elapsed() - sentAt) / 1000
      if (cause instanceof BffError && cause.details.mayStillRun && seconds > 0) {
        // Polar finishes what it has read, and a second request must not meet the first.
        await quietly(record.lose(time.now(), seconds))
        throw stillRunning(seconds, cause)
      }
      await quietly(record.letGo())
      throw cause
    }
    const generation = session.generation + 1
    return publish(turn, { ...session, ...tokens, generation, previous: record.id })
  }

  /** Polar has rotated: `next` must not get lost, even if the coordinator fails. */
  async function publish(turn: Turn, next: Session): Promise<Session> {
    const { record, keepAlive } = turn
    try {
      const counts = await settle(turn, next)
      const successor = 'successor' in counts ? counts.successor : undefined
      if (successor?.accessToken === next.accessToken) return next
      // Polar takes no lock, so it may give two pairs for one token. One of them goes.
      // S39: a pair that came second is revoked
      await oauth.revoke(next, keepAlive)
      if (counts.status === 'rotated') return counts.successor
      throw reauthorizationRequired()
    } catch (cause) {
      // S43: keep what the coordinator could not take
      if (!isAway(cause)) throw cause
      state.unpublished.set(record.id, next)
      const offer = offerAgain(time, () => settle(turn, next))
      const settled = quietly(offer).finally(() => state.unpublished.delete(record.id))
      keepAlive(within(time, POLICY.offerKeepsAlive * 1000, settled))
      return next
    }
  }

  /** Publishes `next`. After the end of the session, it ends it at Polar. */
  async function settle({ record, keepAlive }: Turn, next: Session): Promise<Rotation> {
    const counts = await record.publish(next)
    // S53: logout wins over a refresh in flight
    if (await ended.has(next)) {
      await oauth.revoke(next, keepAlive)
      throw endedMeanwhile()
    }
    return counts
  }
}

/** The session of the request adds the generation: what its caller sent may be older. */
const reauthorizationRequired = (cause?: unknown) =>
  new BffError('reauthorization_required', 'Polar refused the refresh token', { cause })

const endedMeanwhile = () => new BffError('not_connected', 'the session was ended')

export const tooLong = () =>
  new BffError('refresh_timeout', 'the refresh takes longer than a request waits')

const stillRunning = (seconds: number, cause?: unknown) =>
  new BffError('polar_unavailable', 'the answer to a refresh was lost', {
    cause,
    retryAfterSeconds: Math.ceil(Math.min(Math.max(seconds, 1), POLICY.request)),
  })
