/**
 * Ends a session for good: no refresh brings it back, and its newest pair is revoked. Logout does it,
 * and so does a sign-in over a living session.
 */
import { tolerateOutage } from '../coordinator/coordinator.ts'
import { quietly, type KeepAlive } from '../runtime/keep-alive.ts'
import { pause, within } from '../runtime/time.ts'
import type { Session } from '../sealing/sealed-session.ts'
import type { Settings } from '../settings/settings.ts'
import { offerAgain } from './offers.ts'
import { POLICY } from './policy.ts'
import type { RefreshState } from './refresh-state.ts'

/** See {@link createEndSession}. */
export type EndSession = ReturnType<typeof createEndSession>

export function createEndSession({ time, onEvent }: Settings, state: RefreshState) {
  const { rotations, ended, oauth } = state

  /** The newest generation that this process knows, also if it could not publish it. */
  async function newestHere(session: Session): Promise<Session> {
    for (let newest = session; ;) {
      const { id } = await rotations.of(newest)
      const flight = state.flights.get(id)
      if (flight !== undefined) await within(time, POLICY.logoutWaits * 1000, quietly(flight))
      const next = state.unpublished.get(id)
      if (next === undefined) return newest
      newest = next
    }
  }

  /**
   * The newest generation that anyone knows. A refresh in flight is waited for, `seconds` at most:
   * `isHeld` tells that it is still running.
   */
  async function newestOf(session: Session, seconds: number) {
    const deadline = time.elapsed() + seconds * 1000
    let newest = await newestHere(session)
    for (;;) {
      const record = await rotations.of(newest)
      const rotation = await record.read()
      const isHeld = rotation.status === 'held' || rotation.status === 'lost'
      if (isHeld && time.elapsed() < deadline) {
        await pause(time, POLICY.poll * 1000)
        continue
      }
      if (!('successor' in rotation) || rotation.successor === undefined) return { newest, isHeld }
      await record.drop()
      newest = rotation.successor
    }
  }

  async function end(session: Session, keepAlive: KeepAlive): Promise<boolean> {
    /** @throws {BffError} `coordinator_unavailable`. */
    async function find(seconds: number) {
      await ended.add(session)
      return newestOf(session, seconds)
    }
    const found = await tolerateOutage(find(POLICY.logoutWaits))
    if (found && !found.isHeld) return oauth.revoke(found.newest, keepAlive)
    // Once the refresh is over or the coordinator is back: a revocation that meets the refresh could
    // stop Polar, as two refreshes do.
    const later = offerAgain(time, async () =>
      oauth.revoke((await find(POLICY.lock)).newest, keepAlive),
    )
    keepAlive(found ? later : within(time, POLICY.offerKeepsAlive * 1000, quietly(later)))
    return found === undefined && oauth.revoke(await newestHere(session), keepAlive)
  }

  /** True if Polar confirmed the end. */
  return async function endSession(session: Session, keepAlive: KeepAlive): Promise<boolean> {
    const revoked = await end(session, keepAlive)
    onEvent({ type: 'logged_out', connection: session.id, revoked })
    return revoked
  }
}
