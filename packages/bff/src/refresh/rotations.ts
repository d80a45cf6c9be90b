/**
 * What became of a refresh token: one record for each at the coordinator, from the moment somebody
 * sends it until nobody can ask any more. Every change replaces exactly what was read before, so it
 * is never the last writer who wins: a holder whose time ran out finds out here, and harms nothing.
 *
 *   nothing ─▶ held ─▶ rotated ─▶ delivered
 *               ├────▶ refused ──┘ (its holder was only slow: what Polar gave it counts)
 *               └────▶ nothing     (nothing was decided)
 */
import { COORDINATOR_KEYS, updateRecord, type Coordinator } from '../coordinator/coordinator.ts'
import { BffError } from '../errors/bff-error.ts'
import type { KeyRing } from '../sealing/key-ring.ts'
import { s256 } from '../runtime/random.ts'
import { createSessionSeal, type Session } from '../sealing/sealed-session.ts'

/** Until others may try where its holder died. It is renewed for as long as that lives. */
const HOLD_SECONDS = 6
export const RENEW_HOLD_MS = 2000
/** How long a late caller can still be helped. */
const KEPT_SECONDS = 3600

export type Rotation =
  | { readonly status: 'unknown' }
  /** Somebody is sending it to Polar. */
  | { readonly status: 'held' }
  /** Polar gave this for it, and nobody has come with it yet. */
  | { readonly status: 'rotated'; readonly successor: Session }
  /** Somebody came with its successor, so there is nothing left to claim. */
  | { readonly status: 'delivered'; readonly successor: Session | undefined }
  /** Polar refused it, and nobody knows of a successor. */
  | { readonly status: 'refused' }

const HELD = 'held:'
const ROTATED = 'rotated:'
const DELIVERED = 'delivered:'
const REFUSED = 'refused'

export function createRotations(coordinator: Coordinator, keys: KeyRing) {
  const keyOf = async (session: Session) => COORDINATOR_KEYS.rotation(await digestOf(session))
  // Only who held the old token opens what came of it, so the store and our keys are not enough.
  // S43: only the old token opens its successor
  const sealOf = (session: Session) => createSessionSeal(keys, 'successor', session.refreshToken)

  async function toRotation(session: Session, record: string | undefined): Promise<Rotation> {
    if (record === undefined) return { status: 'unknown' }
    if (record === REFUSED) return { status: 'refused' }
    if (record.startsWith(HELD)) return { status: 'held' }
    if (record.startsWith(DELIVERED)) {
      const sealed = record.slice(DELIVERED.length)
      return { status: 'delivered', successor: await sealOf(session).open(sealed) }
    }
    const successor = await sealOf(session).open(record.slice(ROTATED.length))
    if (successor !== undefined) return { status: 'rotated', successor }
    // Sealed by a key that this instance has not been given yet: no reason to send a spent token.
    throw new BffError('coordinator_unavailable', 'a successor under an unknown key')
  }

  const update = (key: string, change: (record: string | undefined) => string | undefined) =>
    updateRecord(coordinator, key, KEPT_SECONDS, change)

  const isOpen = (record: string | undefined) =>
    // S41: another instance may have the new pair
    record === undefined || record === REFUSED || record.startsWith(HELD)

  return {
    async read(session: Session): Promise<Rotation> {
      return toRotation(session, await coordinator.read(await keyOf(session)))
    },

    /** True for the one caller that may send the refresh token; it is `holder` from now on. */
    async hold(session: Session, holder: string): Promise<boolean> {
      // S39: one lock holder across instances
      return coordinator.claim(await keyOf(session), HELD + holder, HOLD_SECONDS)
    },

    /** For as long as it takes. */
    async renew(session: Session, holder: string): Promise<void> {
      const held = HELD + holder
      await coordinator.replace(await keyOf(session), held, held, HOLD_SECONDS)
    },

    /** Nothing came of it: the next one may try. */
    async letGo(session: Session, holder: string): Promise<void> {
      await coordinator.release(await keyOf(session), HELD + holder)
    },

    /** Polar refused it. False when somebody else has been given a successor meanwhile. */
    async refuse(session: Session, holder: string): Promise<boolean> {
      const mine = HELD + holder
      const record = await update(await keyOf(session), (found) =>
        // S39: a lock that expired overwrites nothing
        found === undefined || found === mine ? REFUSED : undefined,
      )
      return record === REFUSED
    },

    /** Polar gave `successor`. What counts from now on is the answer: another's, if that came first. */
    async publish(session: Session, successor: Session, holder: string): Promise<Rotation> {
      const key = await keyOf(session)
      // S43: late callers get the successor
      const record = ROTATED + (await sealOf(session).seal(successor))
      if (await coordinator.replace(key, HELD + holder, record, KEPT_SECONDS)) {
        return { status: 'rotated', successor }
      }
      const counts = await update(key, (found) => (isOpen(found) ? record : undefined))
      if (counts === record) return { status: 'rotated', successor }
      // It was brought by a browser before we could say so.
      if (counts === DELIVERED + (await digestOf(successor)))
        return { status: 'delivered', successor }
      return toRotation(session, counts)
    },

    /** Somebody came with `session`. */
    async deliver(session: Session): Promise<void> {
      if (session.previous === undefined) return
      const brought = DELIVERED + (await digestOf(session))
      await update(COORDINATOR_KEYS.rotation(session.previous), (found) => {
        if (found?.startsWith(DELIVERED)) return undefined
        // Logout must find the newest pair even where it comes with the cookie of before.
        // S53: logout finds the newest pair from an older cookie
        return found?.startsWith(ROTATED) ? DELIVERED + found.slice(ROTATED.length) : brought
      })
    },

    /** The session ended: what waited for a late caller is dropped. */
    async drop(session: Session): Promise<void> {
      await update(await keyOf(session), (found) =>
        found?.startsWith(ROTATED) || found?.startsWith(DELIVERED) ? REFUSED : undefined,
      )
    },
  }
}

/**
 * Names the refresh token of one generation of one session without telling it, so that no two
 * sessions ever share a flight or a successor.
 */
export async function digestOf({ id, generation, refreshToken = '' }: Session): Promise<string> {
  // S40: never shared between sessions
  return (await s256(`${id}.${generation}.${refreshToken}`)).slice(0, 32)
}
