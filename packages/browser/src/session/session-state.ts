/**
 * The session as this page knows it, and the only place that changes what it knows. Calls in flight
 * belong to it: they end when another connection takes its place.
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
  ...options
}: {
  readonly bff: BffClient
  readonly clock: ServerClock
  readonly tabs: Tabs
  readonly early: Promise<Response> | undefined
}) {
  const listeners = new Set<() => void>()
  let { early } = options
  let state: ConnectState = { status: 'loading' }
  let calls = new AbortController()
  /** Counts what the page was told about the session: an answer asked for earlier may know less. */
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

  /** @param started the call that the page started before this code ran. */
  async function read(started?: Promise<Response>): Promise<SessionAnswer> {
    // No one noted when the page started it: some time after the page began.
    const asked = started ? { wall: performance.timeOrigin, steady: 0 } : readMoment()
    const ask = () => bff.send(bff.pathOf('session'), { signal: inTime() })
    const answer = await readAnswer<SessionAnswer>(started?.catch(ask) ?? ask())
    // A proxy or a captive portal can answer in the server's place.
    if (typeof answer?.authenticated !== 'boolean') throw new ConnectError('server_unreachable')
    clock.set(Date.parse(answer.server_time), asked)
    const { app_origin: origin = location.origin } = answer
    // Cookies and the redirect URI belong to one origin: no sign-in works anywhere else.
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
        // What is known stays while the server cannot be asked.
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
    /** The same, for all who ask meanwhile. */
    check: singleFlight(look),
    /** Asks the server, and shows nothing yet. @throws {ConnectError} */
    read: () => read(),
    apply,
    /** Shows what this tab has just done, here and in the other tabs. */
    announce(session: SessionAnswer) {
      apply(session)
      tabs.send({ type: 'session', session })
    },
    /** Shows that Polar ended the connection of `answer`. */
    end(answer: SessionAnswer & { readonly authenticated: true }) {
      set({ status: 'ended', connection: answer.connection, ...knownOf(answer) })
    },
    /** Forgets the session and gives up its calls. */
    forget() {
      told += 1
      abort()
      set({ status: 'loading' })
    },
    abort,
    /** Aborts when the session of this moment is replaced. */
    signal: () => calls.signal,
  }
}
