/**
 * Refreshes a session without losing anyone. Polar rotates with no grace period: the moment it
 * succeeds, the old pair is dead. So one caller refreshes and the others wait for the result. The
 * refresh continues if that caller hangs up. The successor is kept, sealed, for callers with the old
 * cookie, until a request with the new one proves that it arrived.
 */
import type { KeepAlive } from '../runtime/keep-alive.ts'
import { within } from '../runtime/time.ts'
import type { Session } from '../sealing/sealed-session.ts'
import type { Settings } from '../settings/settings.ts'
import { isDue, POLICY } from './policy.ts'
import type { Refreshed, RefreshState } from './refresh-state.ts'
import { createRotate, tooLong } from './rotate.ts'
import type { RotationRecord } from './rotations.ts'

/** See {@link createRefresh}. */
export type Refresh = ReturnType<typeof createRefresh>

export function createRefresh(settings: Settings, state: RefreshState) {
  const { time, onEvent } = settings
  const { rotations, flights } = state
  const rotate = createRotate(settings, state)

  /**
   * The newest generation of `session`, with a living access token.
   *
   * @throws {BffError} `reauthorization_required` if Polar refused the refresh token and no successor
   *   is known; `not_connected` if the session was ended; `refresh_timeout`, `polar_unavailable` or
   *   `coordinator_unavailable` if nothing is decided.
   */
  return async function refresh(session: Session, keepAlive: KeepAlive): Promise<Refreshed> {
    const startedAt = time.elapsed()
    const leftMs = () => POLICY.callerWaits * 1000 - (time.elapsed() - startedAt)
    for (let current = session; ;) {
      const record = await rotations.of(current)
      const running = flights.get(record.id)
      // S39: one refresh in flight in this process
      const found = await within(time, leftMs(), running ?? start(current, record, keepAlive))
      if (found === undefined) throw tooLong()
      current = found.session
      // A claimed one may be old: then its own record leads on, and if it is due it is next.
      if (found.how !== 'claimed' || (await isNewest(current))) {
        const how = running ? 'joined' : found.how
        const duration = Math.round(time.elapsed() - startedAt)
        const { id: connection, generation } = current
        onEvent({ type: 'refreshed', connection, generation, how, duration_ms: duration })
        return { session: current, how }
      }
    }
  }

  async function isNewest(session: Session): Promise<boolean> {
    const { status } = await (await rotations.of(session)).read()
    return status === 'unknown' && !isDue(session, time.now())
  }

  /** A refresh that continues if its caller hangs up. Others join it while it is in flight. */
  function start(session: Session, record: RotationRecord, keepAlive: KeepAlive) {
    const outcome = rotate(session, record, keepAlive)
    const flight = outcome.finally(() => flights.delete(record.id))
    flights.set(record.id, flight)
    keepAlive(flight)
    return flight
  }
}
