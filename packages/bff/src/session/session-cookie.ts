/** The cookie that is the session: how it is opened and written. */
import type { CookieJar } from '../http/cookie-jar.ts'
import type { Exchange } from '../http/exchange.ts'
import { createBoundedMap } from '../runtime/bounded-map.ts'
import { createSessionSeal, type Session } from '../sealing/sealed-session.ts'
import type { Settings } from '../settings/settings.ts'

/** About 2 KB each, so 20 MB: browsers send the same cookie again and again. */
const MAX_OPENED = 10_000

export function createSessionCookie(
  { keys, server, time, onEvent }: Settings,
  { session: cookie }: CookieJar,
) {
  const { seal, open } = createSessionSeal(keys, 'session')
  // The exact value is the key, so no cookie ever opens as another. A digest would cost many times
  // the look-up and hide nothing: the tokens are right beside it.
  const opened = createBoundedMap<Session>(MAX_OPENED)

  async function unseal(sealed: string): Promise<Session | undefined> {
    const known = opened.get(sealed)
    if (known !== undefined) return known
    const session = await open(sealed)
    // S52: a sign of an attack or of a lost key
    if (session === undefined) onEvent({ type: 'cookie_refused' })
    else opened.set(sealed, session)
    return session
  }

  return {
    /** The session that the request came with, of any owner. It may have been ended since. */
    async read(exchange: Exchange): Promise<Session | undefined> {
      const sealed = cookie.read(exchange)
      const session = sealed === undefined ? undefined : await unseal(sealed)
      // S25: the absolute end
      const isOurs = session?.server === server.identity.origin && session.expiresAt > time.now()
      return isOurs ? session : undefined
    },

    /** @throws {BffError} `session_too_large` */
    seal,

    write(exchange: Exchange, { expiresAt }: Session, sealed: string): void {
      cookie.set(exchange, sealed, Math.max(1, Math.floor(expiresAt - time.now())))
    },

    clear: cookie.clear,
  }
}
