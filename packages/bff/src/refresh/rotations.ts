/**
 * What happened to a refresh token: one record for each at the coordinator, from the moment it is sent
 * until no one can ask for it any more. Each change replaces exactly what was read, so the last writer
 * never wins by accident: a holder whose lock expired finds out here, and does no harm.
 *
 *   nothing ─▶ held ─▶ rotated ─▶ delivered
 *               ├────▶ refused ──┘ (the holder was only slow: its answer from Polar counts)
 *               ├────▶ lost ─▶ nothing (Polar may still work on it, so no one sends it again yet)
 *               └────▶ nothing     (nothing happened)
 */
import { COORDINATOR_KEYS, updateRecord } from '../coordinator/coordinator.ts'
import { BffError } from '../errors/bff-error.ts'
import { randomId, s256 } from '../runtime/random.ts'
import { createSessionSeal, type Session } from '../sealing/sealed-session.ts'
import type { Settings } from '../settings/settings.ts'
import { POLICY } from './policy.ts'

export type Rotation =
  | { readonly status: 'unknown' }
  /** Another caller is sending it to Polar. */
  | { readonly status: 'held' }
  /** Its answer was lost. Polar may work on it until `until` (epoch seconds). */
  | { readonly status: 'lost'; readonly until: number }
  /** Polar gave `successor` for it, and no request has come with that yet. */
  | { readonly status: 'rotated'; readonly successor: Session }
  /** A request came with its successor, so nothing is left to claim. */
  | { readonly status: 'delivered'; readonly successor: Session | undefined }
  /** Polar refused it, and no successor is known. */
  | { readonly status: 'refused' }

/** See {@link createRotations}. */
export type Rotations = ReturnType<typeof createRotations>
/** See {@link Rotations.of}. */
export type RotationRecord = Awaited<ReturnType<Rotations['of']>>

export function createRotations({ coordinator, keys }: Pick<Settings, 'coordinator' | 'keys'>) {
  const update = (key: string, change: (record: string | undefined) => string | undefined) =>
    updateRecord(coordinator, key, POLICY.successorKept, change)

  /** The record of the refresh token that `session` holds, for a caller that may become its holder. */
  async function of(session: Session) {
    const id = await rotationIdOf(session)
    const key = COORDINATOR_KEYS.rotation(id)
    const lock = `held:${randomId()}`
    // The store and our keys are not enough to open it.
    // S43: only the old token opens its successor
    const seal = createSessionSeal(keys, 'successor', session.refreshToken)

    async function parse(record: string | undefined): Promise<Rotation> {
      if (record === undefined) return { status: 'unknown' }
      const [status, value = ''] = record.split(':')
      if (status === 'held' || status === 'refused') return { status }
      if (status === 'lost') return { status, until: Number(value) }
      const successor = await seal.open(value)
      if (status === 'delivered') return { status, successor }
      if (successor !== undefined) return { status: 'rotated', successor }
      // Sealed by a key that this instance does not have yet: no reason to send a spent token.
      throw new BffError('coordinator_unavailable', 'a successor under an unknown key')
    }

    return {
      id,

      read: async () => parse(await coordinator.read(key)),

      /** True for the one caller that may send the refresh token. It is the holder from now on. */
      hold: () =>
        // S39: one lock holder across instances
        coordinator.claim(key, lock, POLICY.lock),

      /** The answer was lost. No one sends the token again for `seconds`. */
      lose: (now: number, seconds: number) =>
        coordinator.replace(key, lock, `lost:${now + seconds}`, seconds),

      /** Nothing happened: the next caller may try. */
      letGo: () => coordinator.release(key, lock),

      /** Polar refused it. False if another caller has got a successor meanwhile. */
      async refuse(): Promise<boolean> {
        const record = await update(key, (found) =>
          // S39: a lock that expired overwrites nothing
          found === undefined || found === lock ? 'refused' : undefined,
        )
        return record === 'refused'
      },

      /** Polar gave `successor`. Returns what counts from now on: another one, if that came first. */
      async publish(successor: Session): Promise<Rotation> {
        // S43: late callers get the successor
        const record = `rotated:${await seal.seal(successor)}`
        if (await coordinator.replace(key, lock, record, POLICY.successorKept)) {
          return { status: 'rotated', successor }
        }
        // S41: after a refusal too, another instance may have the new pair
        const counts = await update(key, (found) => (hasSuccessor(found) ? undefined : record))
        if (counts === record) return { status: 'rotated', successor }
        // A browser came with it before it could be published.
        if (counts === `delivered:${await rotationIdOf(successor)}`)
          return { status: 'delivered', successor }
        return parse(counts)
      },

      /** The session ended: nothing is left to claim. */
      async drop(): Promise<void> {
        await update(key, (found) => (hasSuccessor(found) ? 'refused' : undefined))
      },
    }
  }

  return {
    of,

    /** A request came with `session`. @param previous the rotation that it came from. */
    async deliver(session: Session, previous: string): Promise<void> {
      const brought = `delivered:${await rotationIdOf(session)}`
      await update(COORDINATOR_KEYS.rotation(previous), (found) => {
        if (found?.startsWith('delivered:')) return undefined
        // S53: logout finds the newest pair from an older cookie
        return found?.startsWith('rotated:') ? found.replace('rotated', 'delivered') : brought
      })
    },
  }
}

/** Whether Polar gave one. Otherwise one may still be published: another instance may have it. */
function hasSuccessor(record = ''): boolean {
  return /^(rotated|delivered):/.test(record)
}

/**
 * Names the refresh token of one generation of one session without revealing it. No two sessions ever
 * share a refresh or a successor.
 */
export async function rotationIdOf(session: Session): Promise<string> {
  const { id, generation, refreshToken = '' } = session
  // S40: never shared between sessions
  return (await s256(`${id}.${generation}.${refreshToken}`)).slice(0, 32)
}
