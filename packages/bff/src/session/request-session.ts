/**
 * The session of one request: the one owner of "the newest generation". It is opened once, and leaves
 * as a cookie only if this request refreshed it or signed in.
 */
import { tolerateOutage } from '../coordinator/coordinator.ts'
import { BffError, hasCode } from '../errors/bff-error.ts'
import type { CookieJar } from '../http/cookie-jar.ts'
import { exchangeOf, type Exchange } from '../http/exchange.ts'
import type { EndSession } from '../refresh/end-session.ts'
import { isDue } from '../refresh/policy.ts'
import type { Refreshed, RefreshState } from '../refresh/refresh-state.ts'
import type { Refresh } from '../refresh/refresh.ts'
import type { Incoming } from '../runtime/incoming.ts'
import type { Session } from '../sealing/sealed-session.ts'
import type { Settings } from '../settings/settings.ts'
import { createHooks } from './hooks.ts'
import { createFindOwner } from './owner.ts'
import { createSessionCookie } from './session-cookie.ts'

/** See {@link createSessions}. */
export type Sessions = ReturnType<typeof createSessions>
export type RequestSession = ReturnType<Sessions['of']>

export function createSessions(
  settings: Settings,
  state: RefreshState,
  jar: CookieJar,
  refresh: Refresh,
  endSession: EndSession,
) {
  const { time } = settings
  const { rotations, ended } = state
  const findOwner = createFindOwner(settings)
  const hooks = createHooks(settings)
  const cookie = createSessionCookie(settings, jar)

  /** A request came with `session`, so nothing is left to claim for the generation before. */
  async function confirmDelivery(session: Session): Promise<void> {
    const { previous } = session
    // S43: delivery ends the claim
    if (previous === undefined || state.delivered.get(previous)) return
    await tolerateOutage(
      rotations.deliver(session, previous).then(() => state.delivered.set(previous, true)),
    )
  }

  /** The session of the request of `exchange`. */
  function from(exchange: Exchange) {
    let newest: Session | undefined
    let isRefreshed = false
    let owning: Promise<string | undefined> | undefined
    let reading: Promise<Session | undefined> | undefined
    let checking: Promise<Session | undefined> | undefined

    /** What the cookie holds for this owner: it may have been ended since. */
    async function open(): Promise<Session | undefined> {
      const owner = await getOwner()
      const session = await inCookie()
      // S67: another user's connection is none
      return session?.owner === owner ? session : undefined
    }

    async function check(): Promise<Session | undefined> {
      const session = await open()
      if (session === undefined) return undefined
      // Without the coordinator a living token is still good: Polar knows what ended it.
      const ending = tolerateOutage(ended.has(session))
      const [isEnded] = await Promise.all([ending, confirmDelivery(session)])
      return isEnded ? undefined : (newest = session)
    }

    const getOwner = () => (owning ??= findOwner(exchange.incoming))
    /** The connection that the cookie holds, also of another owner. */
    const inCookie = () => (reading ??= cookie.read(exchange))
    /** The session, if it is still valid: the newest generation that this request knows. */
    const get = () => (newest === undefined ? (checking ??= check()) : Promise.resolve(newest))

    /** @throws {BffError} `not_connected` without a valid session. */
    async function require(): Promise<Session> {
      const session = await get()
      if (session === undefined) throw new BffError('not_connected', 'no session')
      return session
    }

    /** The next generation. For what it throws see {@link Refresh}. */
    async function refreshNow(): Promise<Refreshed> {
      const session = await require()
      try {
        const refreshed = await refresh(session, exchange.keepAlive)
        isRefreshed = true
        newest = refreshed.session
        return refreshed
      } catch (cause) {
        if (!hasCode(cause, 'reauthorization_required')) throw cause
        // Generations that this request found on the way are dead too. The caller knows only its own.
        // S41: the generation that the caller sent
        newest = (await open()) ?? session
        isRefreshed = false
        throw new BffError(cause.code, cause.message, { cause, generation: newest.generation })
      }
    }

    return {
      /** The user of the app whose request it is. For what it throws see `session/owner`. */
      getOwner,
      open,
      get,
      require,
      refresh: refreshNow,
      exchange,

      /** The session with a living access token: refreshed if it is due. */
      async fresh(): Promise<Session> {
        const session = await require()
        if (!isDue(session, time.now())) return session
        try {
          return (await refreshNow()).session
        } catch (cause) {
          // The last seconds of a living token are good for a call, even if the refresh failed.
          const isOver = hasCode(cause, 'reauthorization_required', 'not_connected')
          if (isOver || !(cause instanceof BffError)) throw cause
          if (session.accessTokenExpiresAt <= time.now()) throw cause
          return session
        }
      },

      /**
       * A sign-in: `session` takes the place of the earlier one, which ends.
       *
       * @throws {BffError} `session_too_large`, or `app_refused`: then nothing has changed.
       */
      async replace(session: Session): Promise<void> {
        const earlier = await inCookie()
        const sealed = await cookie.seal(session)
        await hooks.connected(session, earlier)
        cookie.write(exchange, session, sealed)
        newest = session
        // Its tokens must not live on with no one to end them.
        // S24: a sign-in ends the session before it, also of another owner
        if (earlier !== undefined) exchange.keepAlive(endSession(earlier, exchange.keepAlive))
      },

      /** Logout: clears the cookie, and tells whether Polar confirmed the end. */
      async end(): Promise<boolean> {
        const session = await open()
        // S69: logout leaves another owner's cookie alone
        if (session !== undefined || (await inCookie()) === undefined) cookie.clear(exchange)
        if (session === undefined) return false
        const revoked = await endSession(session, exchange.keepAlive)
        await hooks.disconnected(session, revoked)
        return revoked
      },

      /** Writes the cookie if this request refreshed and knows the newest generation. */
      async flush(): Promise<void> {
        const session = newest
        // S44: only if this call refreshed
        if (!isRefreshed || session === undefined) return
        isRefreshed = false
        const record = await rotations.of(session)
        const rotation = await tolerateOutage(record.read())
        // S44: not over a newer one
        if (rotation?.status === 'rotated' || rotation?.status === 'delivered') return
        // A slow answer must not bring back what has ended.
        if (await tolerateOutage(ended.has(session))) return
        cookie.write(exchange, session, await cookie.seal(session))
      },
    }
  }

  // S40: two BFFs in one app share no session
  const key = Symbol('polar-connect')
  /** A request keeps its session: a weak map with an entry for each call is dear to collect. */
  type Holder = { [key]?: ReturnType<typeof from> }

  return {
    /** The session of a request, the same one each time. */
    of: (incoming: Incoming): ReturnType<typeof from> =>
      ((incoming as Holder)[key] ??= from(exchangeOf(incoming))),
    /** Undefined if nothing used the session of the request. */
    find: (incoming: Incoming): ReturnType<typeof from> | undefined => (incoming as Holder)[key],
  }
}
