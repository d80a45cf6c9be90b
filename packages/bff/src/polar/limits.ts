/**
 * How much one address or one session may take, so that nobody uses up what Polar gives to all of
 * us together: its limits count per client and per calling address, and we are one of each.
 */
import { COORDINATOR_KEYS, tolerateOutage, type Coordinator } from '../coordinator/coordinator.ts'
import { BffError } from '../errors/bff-error.ts'
import type { Session } from '../sealing/sealed-session.ts'
import type { Time } from '../runtime/time.ts'

const WINDOW_SECONDS = 60
/** One merchant must not stall the others. */
// S61: one session's share
const SESSION_SHARE = 1 / 4
/** People behind one address sign in one by one; a script does not. */
// S61: one address's share
const ADDRESS_SHARE = 1 / 10
/** Token requests of all sign-ins: what is left over is for refreshes, which nobody may starve. */
const SIGN_IN_SHARE = 1 / 2

/**
 * Each of the counts throws `rate_limited` past its share.
 *
 * @param perMinute Polar's limit for the client, all users together; `Infinity` for none.
 */
export function createLimits(options: {
  readonly perMinute: number
  readonly coordinator: Coordinator
  /** Epoch seconds. */
  readonly time: Time
}) {
  const { perMinute, coordinator, time } = options

  async function take(who: string, share: number): Promise<void> {
    if (perMinute === Infinity) return
    const now = time.now()
    const window = Math.floor(now / WINDOW_SECONDS)
    const key = COORDINATOR_KEYS.count(`${who}:${window}`)
    const count = await tolerateOutage(coordinator.count(key, WINDOW_SECONDS))
    if (count === undefined || count <= Math.max(1, Math.floor(perMinute * share))) return
    throw new BffError('rate_limited', `more than the share of one ${who.split(':')[0]}`, {
      retryAfterSeconds: Math.ceil((window + 1) * WINDOW_SECONDS - now),
    })
  }

  /** Where the runtime tells no address there is nobody to count. */
  const takeAddress = async (step: string, address: string | undefined) => {
    if (address !== undefined) await take(`address:${step}:${address}`, ADDRESS_SHARE)
  }

  return {
    begin: (address: string | undefined) => takeAddress('begin', address),
    finish: (address: string | undefined) => takeAddress('finish', address),
    /** The share of all sign-ins together. */
    exchange: () => take('app', SIGN_IN_SHARE),
    call: (session: Session) => take(`session:${session.id}`, SESSION_SHARE),
  }
}
