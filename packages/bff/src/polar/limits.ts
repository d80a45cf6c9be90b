/**
 * How many calls one address or one person may make. Polar counts by client and by address, and all
 * our users together are one client at one address. So no one may use up the limit of the others.
 */
import { COORDINATOR_KEYS, tolerateOutage } from '../coordinator/coordinator.ts'
import { BffError } from '../errors/bff-error.ts'
import type { Session } from '../sealing/sealed-session.ts'
import type { Settings } from '../settings/settings.ts'

const WINDOW_SECONDS = 60
/** One person must not stall the others. At the sandbox it is 50 calls: all pages, opened twice. */
// S61: one person's share
const PERSON_SHARE = 1 / 2
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
    /** Calls of one person, in all browsers together. */
    call: ({ user }: Session) => take(`person:${user.id}`, PERSON_SHARE),
    /** Refreshes that the page asks for. The others come when they are due. */
    refresh: ({ user }: Session) => take(`refreshing:${user.id}`, ADDRESS_SHARE),
  }
}
