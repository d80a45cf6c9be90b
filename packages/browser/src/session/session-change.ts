/**
 * A sign-in or a logout replaces the session. A late answer of an earlier call would set the old cookie
 * again. So all tabs abort their calls first, and the change runs while no call is running.
 */
import type { Tabs } from '../runtime/tabs.ts'
import type { SessionState } from './session-state.ts'

export type SessionChange = ReturnType<typeof createSessionChange>

export function createSessionChange({
  session,
  tabs,
}: {
  readonly session: SessionState
  readonly tabs: Tabs
}) {
  let running: Promise<unknown> | undefined

  function giveUpEverywhere(): void {
    session.abort()
    tabs.send({ type: 'abort' })
  }

  return {
    /** Resolves when no tab runs a change. Never rejects. */
    settled: () => running,
    /** Runs `work` while nothing else uses the session. */
    run<Result>(work: () => Promise<Result>): Promise<Result> {
      giveUpEverywhere()
      const result = tabs.exclusively('session', () => {
        const alone = tabs.exclusively('calls', work)
        // Aborts calls that began during the wait. Later calls wait for this change.
        giveUpEverywhere()
        return alone
      })
      running = result.catch(() => undefined)
      return result
    },
    /** Call it when another tab begins a change. */
    hear(): void {
      session.abort()
      // That tab holds the lock until it finishes. If it was closed, this request shows the result.
      // S54: see what became of the sign-in or logout
      running = tabs.alongside(() => session.look(true)).catch(() => undefined)
    },
  }
}
