/** The calls about the session itself: what it is, refresh and logout. */
import type { LogoutAnswer, SessionAnswer } from '@polar-connect/protocol'
import type { Context } from 'hono'
import { createAddressNotice } from '../http/address.ts'
import { json, type Answer } from '../http/answer.ts'
import { emptySchema, readJson } from '../http/body.ts'
import type { CookieJar } from '../http/cookie-jar.ts'
import type { Limits } from '../polar/limits.ts'
import { toConnection, toIso, type Session } from '../sealing/sealed-session.ts'
import type { Settings } from '../settings/settings.ts'
import type { Sessions } from './request-session.ts'

/** See {@link createSessionCalls}. */
export type SessionCalls = ReturnType<typeof createSessionCalls>

export function createSessionCalls(
  settings: Settings,
  sessions: Sessions,
  limits: Limits,
  jar: CookieJar,
) {
  const common = {
    server: settings.server.identity,
    app_origin: settings.appOrigin,
    asks: {
      scopes: settings.scopes,
      allowed_scopes: settings.allowedScopes,
      subject: settings.subject,
    },
  }

  const noticeAddress = createAddressNotice(settings)

  function describe(session: Session | undefined): SessionAnswer {
    const now = { ...common, server_time: toIso(settings.time.now()) }
    return session === undefined
      ? { authenticated: false, ...now }
      : { authenticated: true, connection: toConnection(session), ...now }
  }

  return {
    describe,

    /** `GET /bff/session` */
    async show(c: Context): Promise<Answer> {
      noticeAddress(c)
      return json(describe(await sessions.of(c).get()))
    },

    /** `POST /bff/refresh` */
    async refresh(c: Context): Promise<Answer> {
      await readJson(c, emptySchema)
      const current = sessions.of(c)
      await limits.refresh(await current.require())
      const { session } = await current.refresh()
      return json({ session: describe(session) })
    },

    /** `POST /bff/logout` */
    async logout(c: Context): Promise<Answer> {
      await readJson(c, emptySchema)
      const current = sessions.of(c)
      const answer: LogoutAnswer = { revoked: await current.end() }
      // Not before the owner was asked: a logout of no one clears nothing.
      jar.clearTransactions(current.exchange)
      return json(answer)
    },
  }
}
