/**
 * A sign-in or a logout replaces the session. No call that began before may undo it, and a late answer
 * would: it sets the cookie again. So all tabs give up their calls first, and the change runs while no
 * tab has one in flight.
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
    /** Resolves when no change runs in any tab, and never rejects. */
    settled: () => running,
    /** Runs `work` while nothing else uses the session. */
    run<Result>(work: () => Promise<Result>): Promise<Result> {
      giveUpEverywhere()
      const result = tabs.exclusively('session', () => {
        const alone = tabs.exclusively('calls', work)
        // Calls that began while this one waited. Later ones queue behind it.
        giveUpEverywhere()
        return alone
      })
      running = result.catch(() => undefined)
      return result
    },
    /** Another tab begins a change. */
    hear(): void {
      session.abort()
      // That tab holds the calls until it is done. If it was closed meanwhile, this look tells.
      // S54: see what became of the sign-in or logout
      running = tabs.alongside(() => session.look(true)).catch(() => undefined)
    },
  }
}
