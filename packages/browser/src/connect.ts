/**
 * The client in the browser: begins and finishes sign-ins, has the state of the session, and calls
 * Polar's API through the backend-for-frontend. It never sees a token. This file joins the parts.
 */
import { BASE_PATH, CALLBACK_PATH, type LogoutAnswer } from '@polar-connect/protocol'
import { createBffClient } from './runtime/bff-client.ts'
import { createServerClock } from './runtime/server-clock.ts'
import { createTabs, type Pause, type TabMessage, type Tabs } from './runtime/tabs.ts'
import { createCalls } from './session/calls.ts'
import type { ConnectState } from './session/connect-state.ts'
import { createRefresh } from './session/refresh.ts'
import { createSessionChange } from './session/session-change.ts'
import { createSessionState } from './session/session-state.ts'
import { createBegin, type ConnectRequest } from './sign-in/begin.ts'
import { createCallback, type CallbackOutcome } from './sign-in/callback.ts'
import { safeReturnPath } from './sign-in/return-path.ts'
import { createTabTransactions } from './sign-in/transactions.ts'

/** The client that {@link createConnect} makes. Its functions work without `this`. */
export interface Connect {
  /** The base path of the backend-for-frontend: `/bff`, or the app's choice. */
  readonly basePath: string
  /** The current state of the session. It is the same object until something changes. */
  getState(): ConnectState
  /**
   * Calls `listener` after each change, including changes by other tabs.
   *
   * @returns a function that stops it.
   * @example
   * const stop = connect.subscribe(() => render(connect.getState()))
   */
  subscribe(listener: () => void): () => void
  /** Reads the session from the server, or joins a running read. Never rejects. */
  check(): Promise<ConnectState>
  /**
   * Leaves the app for Polar's consent page. A second call joins the first while it runs.
   *
   * @throws {ConnectError} `insecure_context` without WebCrypto, `storage_blocked` without tab storage,
   *   `authorization_url_refused` if the address is not Polar's, or the refusal of the server.
   * @example
   * button.onclick = () => connect.connect({ subject: 'organization', returnPath: '/dashboard' })
   */
  connect(request?: ConnectRequest): Promise<void>
  /**
   * Finishes the sign-in in the page's address. It runs once, so you can call it at each mount of the
   * page. Never rejects: a failure is an outcome too.
   *
   * @example
   * const outcome = await connect.completeCallback()
   * if (outcome.status === 'connected') location.replace(outcome.returnPath)
   */
  completeCallback(): Promise<CallbackOutcome>
  /**
   * `fetch` with the session, for `/bff/api/v1/…` (Polar's API) and for the app's own routes behind
   * `bff.gate`. It refreshes first if less than a minute is left. Polar's answers arrive unchanged. A
   * write is retried only if the first try certainly did nothing.
   *
   * @throws {ConnectError} if the server refused, if no server answered, or during a pause.
   * @throws {DOMException} `AbortError` if a sign-in or a logout in any tab replaced the session.
   * @example
   * const response = await connect.fetch('/bff/api/v1/products/')
   */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Refreshes the tokens now. @throws {ConnectError} the refusal of the server. */
  refresh(): Promise<void>
  /**
   * Ends the session in every tab and at Polar. `revoked` is false if Polar did not confirm.
   *
   * @throws {ConnectError} if the server did not answer. The session may still exist.
   */
  logout(): Promise<LogoutAnswer>
  /** Milliseconds since the epoch, on the server's clock. The computer's clock may be wrong. */
  serverNow(): number
  /** The current pause after a 429. During it, calls to Polar fail without a request. */
  getPause(): Pause | undefined
}

/** Everything has a default. */
export interface ConnectOptions {
  readonly fetch?: typeof globalThis.fetch
  /** Default: Web Locks and a `BroadcastChannel`. */
  readonly tabs?: Tabs
  /** The `basePath` of the backend-for-frontend. Default: `/bff`. */
  readonly basePath?: string
  /** The path of the page that Polar returns to. Default: `/auth/callback`. */
  readonly callbackPath?: string
  /** Opens Polar's address. Default: `location.assign`. */
  readonly navigate?: (url: string) => void
  /** A request for `/bff/session` that the page started early. The first check uses its answer. */
  readonly early?: Promise<Response> | undefined
}

/**
 * Creates the client of a page. Create one and share it.
 *
 * @example
 * const connect = createConnect()
 * const { status } = await connect.check()
 * if (status === 'disconnected') await connect.connect()
 */
export function createConnect(options: ConnectOptions = {}): Connect {
  const { basePath = BASE_PATH, callbackPath = CALLBACK_PATH } = options
  const fetch: typeof globalThis.fetch = (input, init) => {
    start()
    return (options.fetch ?? globalThis.fetch)(input, init)
  }
  const bff = createBffClient(fetch, basePath)
  const clock = createServerClock()
  const tabs = options.tabs ?? createTabs()
  const session = createSessionState({ bff, clock, tabs, early: options.early })
  const refresh = createRefresh({ bff, clock, tabs, session })
  const change = createSessionChange({ session, tabs })
  const calls = createCalls({ bff, clock, tabs, session, refresh, change })
  const signIn = {
    bff,
    session,
    transactions: createTabTransactions(),
    safeReturn: (path: unknown) => safeReturnPath(path, location.origin, [basePath, callbackPath]),
  }
  const navigate = options.navigate ?? ((url) => location.assign(url))
  const begin = createBegin({ ...signIn, navigate, tabs })
  const completeCallback = createCallback({ ...signIn, change })
  let started: boolean | undefined

  function hear(message: TabMessage): void {
    if ('session' in message) session.apply(message.session, true)
    else if ('pause' in message) calls.hearPause(message.pause)
    else change.hear()
  }

  /** Listens from the first request on, so that a client can be created on a server too. */
  function start(): void {
    if (started || !('document' in globalThis)) return
    started = true
    const look = () => void session.check()
    tabs.listen(hear)
    addEventListener('online', look)
    addEventListener('visibilitychange', () => document.hidden || look())
    // S54: the back/forward cache keeps no data
    addEventListener('pagehide', ({ persisted }) => persisted && session.forget())
    // S54: a restored page checks first
    addEventListener('pageshow', ({ persisted }) => persisted && look())
  }

  return {
    basePath,
    getState: session.get,
    subscribe: session.subscribe,
    check() {
      start()
      return session.check()
    },
    connect: begin,
    completeCallback,
    fetch: calls.fetch,
    refresh: refresh.now,
    logout: () =>
      change.run(async () => {
        const asked = bff.post<LogoutAnswer>('logout')
        const answer = await asked.catch(() => undefined)
        const left = await session.read()
        // If the answer was lost, the server may still have ended the session.
        if (!answer && left.authenticated) return asked
        session.announce(left)
        return answer ?? { revoked: false }
      }),
    serverNow: clock.now,
    getPause: calls.getPause,
  }
}
