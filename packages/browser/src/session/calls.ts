/**
 * Calls with the session. A call refreshes first if due, fails during a pause, and is retried only if
 * the first try certainly did nothing.
 */
import { hasCode, toProblemError } from '../errors.ts'
import type { BffClient } from '../runtime/bff-client.ts'
import { delay, randomPart } from '../runtime/delay.ts'
import { FIRST_PAUSE_MS, LONGEST_PAUSE_MS } from '../runtime/limits.ts'
import { decideWait, toPause } from '../runtime/pause.ts'
import type { ServerClock } from '../runtime/server-clock.ts'
import { either } from '../runtime/signals.ts'
import type { Pause, Tabs } from '../runtime/tabs.ts'
import { connectionOf } from './connect-state.ts'
import { isRefusal, waitOut, type Refresh } from './refresh.ts'
import type { SessionChange } from './session-change.ts'
import type { SessionState } from './session-state.ts'

export function createCalls({
  bff,
  clock,
  session,
  refresh,
  change,
  tabs,
}: {
  readonly bff: BffClient
  readonly clock: ServerClock
  readonly session: SessionState
  readonly refresh: Refresh
  readonly change: SessionChange
  readonly tabs: Tabs
}) {
  let pause: Pause | undefined

  function hearPause(next: Pause): void {
    pause = next
    session.notify()
  }

  function learnPause(response: Response, code: Pause['code']): void {
    const next = toPause(response, code, clock.now())
    // Many running calls get the 429 at once. Only the first reports it.
    if (next.until < (pause?.until ?? 0) + 1000) return
    hearPause(next)
    tabs.send({ type: 'pause', pause: next })
  }

  return {
    async fetch(path: string, init: RequestInit = {}): Promise<Response> {
      // The session at the time of the call, even if the call waits below.
      const signal = either(session.signal(), init.signal)
      const held = connectionOf(session.get())
      const reachesPolar = path.startsWith(bff.pathOf('api')) || path === bff.pathOf('userinfo')

      async function send(): Promise<Response> {
        signal.throwIfAborted()
        const response = await tabs.alongside(() => bff.send(path, { ...init, signal }), signal)
        const refusal = await toProblemError(response)
        // A route of the app's own may have its own limits.
        if (response.status === 429 && (refusal || reachesPolar)) {
          learnPause(response, (refusal?.code ?? 'polar_rate_limited') as Pause['code'])
        }
        if (refusal) throw refusal
        return response
      }

      /** Retries after Polar's 401 while Polar may not know the token yet. A 401 did nothing. */
      async function sendUntilKnown(): Promise<Response> {
        for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
          const response = await waitOut(send, signal)
          if (response.status !== 401 || !reachesPolar) return response
          // The server may have refreshed for this call.
          await session.check()
          if (!refresh.isFresh()) return response
          await response.body?.cancel()
          await delay(pauseMs / 2 + randomPart(pauseMs), signal)
        }
      }

      // S54: wait while a tab signs in or logs out
      await change.settled()
      if (reachesPolar) {
        const waitMs = decideWait(pause, clock.now())
        if (waitMs > 0) await delay(waitMs, signal)
        // During the wait, another call may have got a new 429.
        decideWait(pause, clock.now())
      }
      await refresh.ifDue()
      try {
        return await sendUntilKnown()
      } catch (error) {
        // No user is signed in to the host app, so this page must not show the last user's data.
        if (hasCode(error, 'owner_required')) await session.check()
        // S45: only what the BFF refused before doing anything
        if (!isRefusal(error)) throw error
        const judge = () => refresh.isOutdated(error, held)
        if (!(await tabs.exclusively('session', judge, signal))) throw error
        return sendUntilKnown()
      }
    },
    hearPause,
    getPause: () => (pause && pause.until > clock.now() ? pause : undefined),
  }
}
