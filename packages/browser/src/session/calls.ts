/**
 * Calls with the session: refreshed first if due, held back during a pause, and repeated only if the
 * first try certainly did nothing.
 */
import { PATHS } from '@polar-connect/protocol'
import { ConnectError, toProblemError } from '../errors.ts'
import type { BffClient } from '../runtime/bff-client.ts'
import { delay, randomPart } from '../runtime/delay.ts'
import { decideWait, toPause } from '../runtime/pause.ts'
import type { ServerClock } from '../runtime/server-clock.ts'
import { either } from '../runtime/signals.ts'
import type { Pause, Tabs } from '../runtime/tabs.ts'
import { connectionOf } from './connect-state.ts'
import { isRefusal, waitOut, type Refresh } from './refresh.ts'
import type { SessionChange } from './session-change.ts'
import type { SessionState } from './session-state.ts'

/** Between two tries with a token that Polar may not know yet: the first pause and the longest. */
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 800

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
    // Many calls in flight are refused at once: one of them tells.
    if (next.until < (pause?.until ?? 0) + 1000) return
    hearPause(next)
    tabs.send({ type: 'pause', pause: next })
  }

  async function send(path: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
    signal.throwIfAborted()
    const response = await tabs.alongside(() => bff.send(path, { ...init, signal }), signal)
    const refusal = await toProblemError(response)
    if (response.status === 429)
      learnPause(response, refusal ? 'rate_limited' : 'polar_rate_limited')
    if (refusal !== undefined) throw refusal
    return response
  }

  /** Repeats after a 401 of Polar's while Polar may not know the token. A 401 did nothing. */
  async function sendUntilKnown(
    path: string,
    init: RequestInit,
    signal: AbortSignal,
  ): Promise<Response> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const response = await waitOut(() => send(path, init, signal), signal)
      if (response.status !== 401 || !reachesPolar(path)) return response
      // The server may have refreshed for this very call.
      await session.check()
      if (!refresh.isFresh()) return response
      await response.body?.cancel()
      await delay(pauseMs / 2 + randomPart(pauseMs), signal)
    }
  }

  return {
    async fetch(path: string, init: RequestInit = {}): Promise<Response> {
      // Of the session at the moment of the call, even if it waits below.
      const signal = either(session.signal(), init.signal)
      const held = connectionOf(session.get())
      // S54: wait while a tab signs in or logs out
      await change.settled()
      if (reachesPolar(path)) {
        const waitMs = decideWait(pause, clock.now())
        if (waitMs > 0) await delay(waitMs, signal)
        // Another call may have come back first and have been refused again.
        decideWait(pause, clock.now())
      }
      await refresh.ifDue()
      try {
        return await sendUntilKnown(path, init, signal)
      } catch (error) {
        // No one is signed in to the host app: this page must not show the last user's data.
        if (error instanceof ConnectError && error.code === 'owner_required') await session.check()
        // S45: only what the BFF refused before doing anything
        if (!isRefusal(error)) throw error
        const judge = () => refresh.isOutdated(error, held)
        if (!(await tabs.exclusively('session', judge, signal))) throw error
        return sendUntilKnown(path, init, signal)
      }
    },
    hearPause,
    getPause: () => (pause && pause.until > clock.now() ? pause : undefined),
  }
}

/** Whether a call to `path` goes on to Polar, and counts there. */
function reachesPolar(path: string): boolean {
  return path.startsWith(PATHS.api) || path === PATHS.userinfo
}
