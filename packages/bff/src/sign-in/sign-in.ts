/** A sign-in, from the button to a session: its two calls. */
import type { Context } from 'hono'
import { COORDINATOR_KEYS } from '../coordinator/coordinator.ts'
import { hasCode } from '../errors/bff-error.ts'
import { json, type Answer } from '../http/answer.ts'
import { readJson } from '../http/body.ts'
import type { CookieJar } from '../http/cookie-jar.ts'
import type { Polar } from '../polar/polar.ts'
import type { Sessions } from '../session/request-session.ts'
import type { SessionCalls } from '../session/session-calls.ts'
import type { Settings } from '../settings/settings.ts'
import { authorizeSchema, planAuthorization } from './authorize.ts'
import { callbackSchema, createCallback } from './callback.ts'
import { createTransactions } from './transaction.ts'

export function createSignIn(
  settings: Settings,
  polar: Polar,
  sessions: Sessions,
  { describe }: SessionCalls,
  jar: CookieJar,
) {
  const { coordinator, time, clientAddress, onEvent } = settings
  const { pauses, limits } = polar
  const callback = createCallback(settings, polar)
  const transactions = createTransactions(settings, jar)

  return {
    /** `POST /bff/authorize` */
    async begin(c: Context): Promise<Answer> {
      await limits.signIn('begin', clientAddress(c))
      const body = await readJson(c, authorizeSchema)
      const current = sessions.of(c)
      const { answer, transaction } = await planAuthorization(
        body,
        await current.open(),
        await current.getOwner(),
        settings,
      )
      // Without the coordinator it could not be finished, so it does not begin.
      await coordinator.read(COORDINATOR_KEYS.spentTransaction(transaction.id))
      await transactions.keep(current.exchange, transaction)
      const { id, subject, scopes } = transaction
      // S50: counts and names only, no values
      onEvent({ type: 'sign_in_started', sign_in: id, subject, scopes: scopes.length })
      return json(answer)
    },

    /** `POST /bff/callback` */
    async finish(c: Context): Promise<Answer> {
      const startedAt = time.elapsed()
      const current = sessions.of(c)
      const { exchange } = current
      await limits.signIn('finish', clientAddress(c))
      const body = await readJson(c, callbackSchema)
      const owner = await current.getOwner()
      const found = await transactions.find(exchange, body.state)
      exchange.signIn = found.transaction.id
      // A denial needs nothing of Polar, so it is told during a pause too.
      if ('code' in body) await pauses.obey('token')
      const { transaction, cookie } = found
      const grant = await callback.settle(found, owner, body).catch((cause: unknown) => {
        // A person who has to wait can try again.
        if (!hasCode(cause, 'rate_limited')) cookie.clear(exchange)
        throw cause
      })
      cookie.clear(exchange)
      const { signal } = c.req.raw
      const session = await callback.connect(transaction, grant, startedAt, current, signal)
      // S11: a finished sign-in ends the others
      jar.clearTransactions(exchange, cookie)
      onEvent({
        type: 'signed_in',
        sign_in: transaction.id,
        connection: session.id,
        subject: session.subject.type,
        missing_scopes: transaction.scopes.filter((scope) => !session.scopes.includes(scope)),
        duration_ms: Math.round(time.elapsed() - startedAt),
      })
      return json({ session: describe(session) })
    },
  }
}
