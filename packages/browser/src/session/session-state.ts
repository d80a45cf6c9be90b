/**
 * The page's state of the session. Only this file changes it. Running calls belong to it: they are
 * aborted when another connection replaces it.
 */
import type { SessionAnswer } from '@polar-connect/protocol'
import { ConnectError } from '../errors.ts'
import { readAnswer, type BffClient } from '../runtime/bff-client.ts'
import { readMoment, type ServerClock } from '../runtime/server-clock.ts'
import { inTime } from '../runtime/signals.ts'
import { singleFlight } from '../runtime/single-flight.ts'
import type { Tabs } from '../runtime/tabs.ts'
import { connectionOf, decideState, knownOf, type ConnectState } from './connect-state.ts'

export type SessionState = ReturnType<typeof createSessionState>

export function createSessionState({
  bff,
  clock,
  tabs,
  early,
}: {
  readonly bff: BffClient
  readonly clock: ServerClock
  readonly tabs: Tabs
  readonly early: Promise<Response> | undefined
}) {
  const listeners = new Set<() => void>()
  let state: ConnectState = { status: 'loading' }
  let calls = new AbortController()
  /** Counts the updates of the session. An answer that was requested before an update may be older. */
  let told = 0

  function notify(): void {
    for (const listener of listeners) listener()
  }

  function set(next: ConnectState): ConnectState {
    if (next !== state) {
      state = next
      notify()
    }
    return state
  }

  function abort(): void {
    calls.abort()
    calls = new AbortController()
  }

  function apply(answer: SessionAnswer, elsewhere = false): ConnectState {
    told += 1
    const held = connectionOf(state)
    const next = decideState(state, answer, elsewhere)
    // S54: not for another account
    if (held !== undefined && connectionOf(next)?.id !== held.id) abort()
    return set(next)
  }

  /** @param started the request that the page started before this code was loaded. */
  async function read(started?: Promise<Response>): Promise<SessionAnswer> {
    // When the page started it is unknown. The start of the page is before that.
    const asked = started ? { wall: performance.timeOrigin, steady: 0 } : readMoment()
    const ask = () => bff.send(bff.pathOf('session'), { signal: inTime() })
    const answer = requireSession(await readAnswer<SessionAnswer>(started?.catch(ask) ?? ask()))
    clock.set(Date.parse(answer.server_time), asked)
    const { app_origin: origin = location.origin } = answer
    // Cookies and the redirect URI belong to one origin, so sign-ins work only there.
    if (origin !== location.origin) throw new ConnectError('wrong_address', { origin })
    return answer
  }

  async function look(elsewhere = false): Promise<ConnectState> {
    for (;;) {
      const before = told
      const started = early
      // S41: the early answer counts once
      early = undefined
      try {
        const answer = await read(started)
        // S54: news from another tab beats an older answer
        if (told === before) return apply(answer, elsewhere)
      } catch (error) {
        if (!(error instanceof ConnectError)) throw error
        if (told !== before) continue
        if (error.code === 'owner_required') abort()
        // The known state stays while the server does not answer.
        else if ('server' in state) return state
        return set({ status: 'unreachable', error })
      }
    }
  }

  return {
    get: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    notify,
    /** Reads the session from the server and shows it. */
    look,
    /** The same, but callers share a running request. */
    check: singleFlight(look),
    /** Reads the session from the server and does not show it. @throws {ConnectError} */
    read: () => read(),
    apply,
    /**
     * Shows the result of this tab's action, here and in the other tabs.
     *
     * @throws {ConnectError} `server_unreachable` if it is no session.
     */
    announce(session: SessionAnswer) {
      apply(requireSession(session))
      tabs.send({ type: 'session', session })
    },
    /** Shows that Polar ended the connection of `answer`. */
    end(answer: SessionAnswer & { readonly authenticated: true }) {
      set({ status: 'ended', connection: answer.connection, ...knownOf(answer) })
    },
    /** Forgets the session and aborts its calls. */
    forget() {
      told += 1
      abort()
      set({ status: 'loading' })
    },
    abort,
    /** Aborts when the current session is replaced. */
    signal: () => calls.signal,
  }
}

/** @throws {ConnectError} if a proxy or a captive portal answered in the server's place. */
function requireSession(answer: SessionAnswer): SessionAnswer {
  if (typeof answer?.authenticated !== 'boolean') throw new ConnectError('server_unreachable')
  return answer
}
