/** Sessions that logout or a later sign-in has ended. No refresh brings them back. */
import { COORDINATOR_KEYS } from '../coordinator/coordinator.ts'
import type { Session } from '../sealing/sealed-session.ts'
import type { Settings } from '../settings/settings.ts'

export function createEndedSessions({ coordinator, time }: Settings) {
  return {
    async has({ id }: Session): Promise<boolean> {
      return (await coordinator.read(COORDINATOR_KEYS.endedSession(id))) !== undefined
    },
    /** Remembered for as long as its cookie could open. */
    async add({ id, expiresAt }: Session): Promise<void> {
      const lifetime = Math.max(1, Math.ceil(expiresAt - time.now()))
      await coordinator.write(COORDINATOR_KEYS.endedSession(id), 'ended', lifetime)
    },
  }
}
