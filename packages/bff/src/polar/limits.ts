/**
 * How many calls one address or one session may make. Polar counts by client and by address, and all
 * our users together are one client at one address. So no one may use up the limit of the others.
 */
import { COORDINATOR_KEYS, tolerateOutage } from '../coordinator/coordinator.ts'
import { BffError } from '../errors/bff-error.ts'
import type { Settings } from '../settings/settings.ts'

const WINDOW_SECONDS = 60
/** One merchant must not stall the others. At the sandbox it is 50 calls: all pages, opened twice. */
// S61: one session's share
const SESSION_SHARE = 1 / 2
/** People behind one address sign in one by one; a script does not. */
// S61: one address's share
const ADDRESS_SHARE = 1 / 10
/** Token requests of all sign-ins. The rest is for refreshes. */
const SIGN_IN_SHARE = 1 / 2

/** See {@link createLimits}. */
export type Limits = ReturnType<typeof createLimits>

/** Each count throws `rate_limited` past its share. Without the coordinator nothing is counted. */
export function createLimits({ rateLimit, coordinator, time }: Settings) {
  async function take(who: string, share: number): Promise<void> {
    if (rateLimit === Infinity) return
    const now = time.now()
    const window = Math.floor(now / WINDOW_SECONDS)
    const key = COORDINATOR_KEYS.count(`${who}:${window}`)
    const count = await tolerateOutage(coordinator.count(key, WINDOW_SECONDS))
    if (count === undefined || count <= Math.max(1, Math.floor(rateLimit * share))) return
    throw new BffError('rate_limited', `more than the share of one ${who.split(':')[0]}`, {
      retryAfterSeconds: Math.ceil((window + 1) * WINDOW_SECONDS - now),
    })
  }

  return {
    /** Sign-ins of one address. Without an address there is no one to count. */
    async signIn(step: 'begin' | 'finish', address: string | undefined): Promise<void> {
      if (address !== undefined) await take(`address:${step}:${address}`, ADDRESS_SHARE)
    },
    /** The share of all sign-ins together. */
    exchange: () => take('app', SIGN_IN_SHARE),
    /** @param id of the session. */
    call: (id: string) => take(`session:${id}`, SESSION_SHARE),
  }
}
