/** The session as it comes and goes with a request: what may be relied on, and when it is written. */
import type { Context } from 'hono'
import { createBoundedMap } from '../runtime/bounded-map.ts'
import { tolerateOutage } from '../coordinator/coordinator.ts'
import type { CookieJar } from '../http/cookie-jar.ts'
import { BffError } from '../errors/bff-error.ts'
import type { OnEvent } from '../errors/events.ts'
import type { Refresher } from '../refresh/refresher.ts'
import type { Session, SessionSeal } from '../sealing/sealed-session.ts'
import type { Time } from '../runtime/time.ts'

/** About 2 KB each: what opens again and again is what its owner calls with just now. */
const MAX_OPENED = 2000

export interface SessionCookie {
  /** As far as the cookie alone can tell: it may have been ended since. */
  open(c: Context): Promise<Session | undefined>
  /** A session that counts, and whose generation is now known to have arrived. */
  get(c: Context): Promise<Session | undefined>
  /** @throws {BffError} `not_connected` where {@link SessionCookie.get} finds none. */
  require(c: Context): Promise<Session>
  /** Called by nothing but a sign-in. */
  keep(c: Context, session: Session): Promise<void>
  /** Called by nothing but a call whose own handling refreshed, when it is done. */
  keepRefreshed(c: Context, session: Session): Promise<void>
}

export function createSessionCookie(options: {
  readonly jar: CookieJar
  readonly seal: SessionSeal
  readonly refresher: Refresher
  /** Origin of the server whose sessions count here. */
  readonly server: string
  readonly time: Time
  readonly onEvent: OnEvent
}): SessionCookie {
  const { jar, seal, refresher, server, time, onEvent } = options
  // The exact value is the key, so that nobody is ever given what another cookie opens. A digest of
  // it would cost many times the look-up and hide nothing: the tokens lie right beside it.
  const opened = createBoundedMap<Session>(MAX_OPENED)

  async function unseal(sealed: string): Promise<Session | undefined> {
    const known = opened.get(sealed)
    if (known !== undefined) return known
    const session = await seal.open(sealed)
    // S52: a sign of an attack or of a lost key
    if (session === undefined) onEvent({ type: 'cookie_refused' })
    else opened.set(sealed, session)
    return session
  }

  async function open(c: Context): Promise<Session | undefined> {
    const sealed = jar.read(c).session
    if (sealed === undefined) return undefined
    const session = await unseal(sealed)
    // S25: the absolute end
    return session?.server === server && session.expiresAt > time.now() ? session : undefined
  }

  async function get(c: Context): Promise<Session | undefined> {
    const session = await open(c)
    if (session === undefined) return undefined
    const [ended] = await Promise.all([
      // Without the coordinator a living token is still good: what ended it, Polar has been told.
      tolerateOutage(refresher.isEnded(session)),
      tolerateOutage(refresher.confirmDelivery(session)),
    ])
    return ended ? undefined : session
  }

  async function keep(c: Context, session: Session): Promise<void> {
    const maxAge = Math.max(1, Math.floor(session.expiresAt - time.now()))
    jar.setSession(c, await seal.seal(session), maxAge)
  }

  return {
    open,
    get,
    keep,
    async require(c) {
      const session = await get(c)
      if (session === undefined) throw new BffError('not_connected', 'no session')
      return session
    },
    async keepRefreshed(c, session) {
      // What took long since then may have been overtaken, and the jar holds something newer.
      // S44: not if a newer one is known
      if (!(await tolerateOutage(refresher.isSuperseded(session)))) await keep(c, session)
    },
  }
}
