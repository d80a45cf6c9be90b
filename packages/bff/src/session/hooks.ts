/** Tells the app about its connections, before the page hears of them. */
import { BffError } from '../errors/bff-error.ts'
import { failureOf } from '../errors/report.ts'
import { toConnection, toIso, type Session } from '../sealing/sealed-session.ts'
import type { Owned, Settings } from '../settings/settings.ts'
import { askApp } from './ask-app.ts'

/** An app writes a record, and perhaps asks another server. */
const SECONDS = 10

export function createHooks(settings: Settings) {
  const { onConnected, onDisconnected, exposeTokens, time, onEvent } = settings
  const limits = { code: 'app_refused', seconds: SECONDS, time } as const

  return {
    /** @throws {BffError} `app_refused`: then the sign-in fails. */
    async connected(session: Session, earlier: Session | undefined): Promise<void> {
      const { accessToken, refreshToken, accessTokenExpiresAt } = session
      const tokens = {
        accessToken,
        accessTokenExpiresAt: toIso(accessTokenExpiresAt),
        ...(refreshToken !== undefined && { refreshToken }),
      }
      const connected = {
        ...toOwned(session),
        ...(earlier && { replaces: toOwned(earlier) }),
        // S49: only if the app asks by name
        ...(exposeTokens === 'onConnected' && { tokens }),
      }
      await askApp(() => onConnected?.(connected), { name: 'onConnected', ...limits })
    },

    /** A failure is only reported: the session has ended. */
    async disconnected(session: Session, revoked: boolean): Promise<void> {
      const disconnected = { ...toOwned(session), revoked }
      try {
        await askApp(() => onDisconnected?.(disconnected), { name: 'onDisconnected', ...limits })
      } catch (cause) {
        if (!(cause instanceof BffError)) throw cause
        onEvent({ type: 'hook_failed', connection: session.id, ...failureOf(cause) })
      }
    },
  }
}

function toOwned(session: Session): Owned {
  const { owner } = session
  return { connection: toConnection(session), ...(owner !== undefined && { owner }) }
}
