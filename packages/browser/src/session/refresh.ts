/**
 * Refreshing, once for all tabs of a browser: the tab that has the lock refreshes, and the others find
 * the newer generation when it is their turn.
 */
import {
  BROWSER_REFRESH_SECONDS,
  PATHS,
  type CallbackAnswer,
  type Connection,
} from '@polar-connect/protocol'
import { ConnectError } from '../errors.ts'
import type { BffClient } from '../runtime/bff-client.ts'
import { delay } from '../runtime/delay.ts'
import type { ServerClock } from '../runtime/server-clock.ts'
import { singleFlight } from '../runtime/single-flight.ts'
import type { Tabs } from '../runtime/tabs.ts'
import { connectionOf } from './connect-state.ts'
import type { SessionState } from './session-state.ts'

/** Polar answers with a token before it stores it: by milliseconds, without an upper bound. */
const FRESH_MS = 3000
/** Longer than a refresh can take at Polar (35 seconds). */
const REFRESH_LIMIT_MS = 40_000

export type Refresh = ReturnType<typeof createRefresh>

export function createRefresh({
  bff,
  clock,
  session,
  tabs,
}: {
  readonly bff: BffClient
  readonly clock: ServerClock
  readonly session: SessionState
  readonly tabs: Tabs
}) {
  const held = () => connectionOf(session.get())

  function isDue(): boolean {
    const state = session.get()
    if (state.status !== 'connected') return false
    const leftMs = Date.parse(state.connection.access_token_expires_at) - clock.now()
    // S39: the browser refreshes before the BFF would
    return leftMs < BROWSER_REFRESH_SECONDS * 1000
  }

  /**
   * Whether the session is another than the refused one. Call it under the lock, so that nothing
   * refreshes meanwhile. Only the same generation of the same connection has ended.
   */
  async function isOutdated(
    refusal: ConnectError,
    refused: Connection | undefined,
  ): Promise<boolean> {
    const answer = await session.read()
    if (answer.authenticated) {
      const { connection } = answer
      // S54: not repeated for another account
      const same = connection.id === (refused?.id ?? connection.id)
      // S41: a newer generation is not refused
      if (same && connection.generation <= (refusal.details.generation ?? -1)) {
        session.end(answer)
        return false
      }
    }
    session.announce(answer)
    return answer.authenticated
  }

  const run = singleFlight(async (force: boolean) => {
    if (held() === undefined) await session.check()
    const signal = session.signal()
    const before = held()?.generation ?? -1
    // Another tab may have refreshed, and this one may not have heard of it.
    const isDone = () => (held()?.generation ?? -1) > before || !(force || isDue())
    await tabs.exclusively(
      'session',
      async () => {
        if (session.get().status === 'connected' && isDone()) return
        session.apply(await session.read())
        if (session.get().status !== 'connected' || isDone()) return
        try {
          const answer = await bff.post<CallbackAnswer>(PATHS.refresh, {}, signal)
          session.announce(answer.session)
        } catch (error) {
          if (!isRefusal(error) || !(await isOutdated(error, held()))) throw error
        }
      },
      signal,
    )
  })

  return {
    /** Refreshes now. @throws {ConnectError} what the server refused. */
    now: () => waitOut(() => run(true)),
    /** Refreshes if less than a minute is left. A failure decides nothing: the server refreshes too. */
    async ifDue(): Promise<void> {
      if (isDue()) await run(false).catch(() => undefined)
    },
    /** Whether Polar may not know the access token yet. */
    isFresh(): boolean {
      const state = session.get()
      if (state.status !== 'connected') return false
      return clock.now() - Date.parse(state.connection.refreshed_at) < FRESH_MS
    },
    isOutdated,
  }
}

/** Whether the server did nothing yet, and perhaps knows a newer session than the caller. */
export function isRefusal(error: unknown): error is ConnectError {
  return error instanceof ConnectError && /^(not_connected|reauth)/.test(error.code)
}

/**
 * Runs `attempt` again while it fails with `refresh_timeout`: the server did nothing but wait for a
 * refresh, and that goes on there.
 */
export async function waitOut<Result>(
  attempt: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const end = performance.now() + REFRESH_LIMIT_MS
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof ConnectError) || error.code !== 'refresh_timeout') throw error
      const waitMs = (error.details.retryAfterSeconds ?? 1) * 1000
      if (performance.now() + waitMs > end) throw error
      await delay(waitMs, signal)
    }
  }
}
