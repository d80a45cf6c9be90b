/**
 * One refresh for all tabs of a browser: the tab with the lock refreshes. The others find the newer
 * generation when they get the lock.
 */
import {
  BROWSER_REFRESH_SECONDS,
  type CallbackAnswer,
  type Connection,
} from '@polar-connect/protocol'
import { hasCode, type ConnectError } from '../errors.ts'
import type { BffClient } from '../runtime/bff-client.ts'
import { delay } from '../runtime/delay.ts'
import { FRESH_MS, REFRESH_MS } from '../runtime/limits.ts'
import type { ServerClock } from '../runtime/server-clock.ts'
import { singleFlight } from '../runtime/single-flight.ts'
import type { Tabs } from '../runtime/tabs.ts'
import { connectionOf } from './connect-state.ts'
import type { SessionState } from './session-state.ts'

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
  const generation = () => held()?.generation ?? -1
  const isConnected = () => session.get().status === 'connected'
  /** Milliseconds from now until `time` of the connection. */
  const msUntil = (time: 'access_token_expires_at' | 'refreshed_at') =>
    Date.parse(held()?.[time] ?? '') - clock.now()
  // S39: the browser refreshes before the BFF would
  const isDue = () => msUntil('access_token_expires_at') < BROWSER_REFRESH_SECONDS * 1000

  /**
   * Whether the session is newer than the refused one. Call it under the lock, so that no refresh runs
   * meanwhile. If connection and generation are the same, the connection has ended.
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
    const before = generation()
    // Another tab may have refreshed without this tab knowing.
    const isDone = () => generation() > before || !(force || isDue())
    await tabs.exclusively(
      'session',
      async () => {
        if (isConnected() && isDone()) return
        session.apply(await session.read())
        if (!isConnected() || isDone()) return
        try {
          const answer = await bff.post<CallbackAnswer>('refresh', {}, signal)
          session.announce(answer.session)
        } catch (error) {
          if (!isRefusal(error) || !(await isOutdated(error, held()))) throw error
        }
      },
      signal,
    )
  })

  return {
    /** Refreshes now. @throws {ConnectError} the refusal of the server. */
    now: () => waitOut(() => run(true), session.signal()),
    /** Refreshes if less than a minute is left. It never fails, because the server refreshes too. */
    async ifDue(): Promise<void> {
      if (isConnected() && isDue()) await run(false).catch(() => undefined)
    },
    /** Whether Polar may not know the access token yet. */
    isFresh: () => isConnected() && msUntil('refreshed_at') > -FRESH_MS,
    isOutdated,
  }
}

/** Whether the server did nothing, and may have a newer session than the caller. */
export const isRefusal = (error: unknown): error is ConnectError =>
  hasCode(error, 'not_connected', 'reauthorization_required')

/**
 * Retries `attempt` while it fails with `refresh_timeout`: the server only waited for a refresh, and
 * that refresh continues.
 */
export async function waitOut<Result>(
  attempt: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const end = performance.now() + REFRESH_MS
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!hasCode(error, 'refresh_timeout')) throw error
      const waitMs = (error.details.retryAfterSeconds ?? 1) * 1000
      if (performance.now() + waitMs > end) throw error
      await delay(waitMs, signal)
    }
  }
}
