/**
 * The browser half: begins and finishes sign-ins, knows the session, and calls Polar's API through
 * the BFF. No token is ever here; what it guards is the order in which tabs do things.
 */
import {
  CSRF_HEADER,
  PATHS,
  type AuthorizeAnswer,
  type AuthorizeRequest,
  type CallbackAnswer,
  type LogoutAnswer,
  type SessionAnswer,
} from '@polar-connect/protocol'
import { createCallback, type CallbackOutcome } from './callback.ts'
import { decideState, type ConnectState } from './connect-state.ts'
import { ConnectError, toProblemError } from './errors.ts'
import { createCodeVerifier, toCodeChallenge } from './pkce.ts'
import { safeReturnPath } from './return-path.ts'
import { createTabs, type Tabs } from './tabs.ts'
import { createTabTransactions } from './transactions.ts'

export interface ConnectRequest extends Omit<
  AuthorizeRequest,
  'code_challenge' | 'code_challenge_method'
> {
  /** A path of the app to go on at. The page that is open by default. */
  readonly returnPath?: string
}

export interface Connect {
  getState(): ConnectState
  /** Calls `listener` after each change, and gives the way to stop that. */
  subscribe(listener: () => void): () => void
  /** Reads the session anew, or joins who is reading it. */
  check(): Promise<ConnectState>
  /**
   * Leaves for Polar's consent page. A second call while the first is under way joins it.
   *
   * @throws {ConnectError} `insecure_context` without WebCrypto, `authorization_url_refused` when
   *   the address is not Polar's, or what the BFF refused.
   */
  connect(request?: ConnectRequest): Promise<void>
  /** Finishes the sign-in that the page's address holds; once, however often it is called. */
  completeCallback(): Promise<CallbackOutcome>
  /**
   * A call below `/bff`, such as `/bff/api/v1/products/`, as `fetch` makes it. Refreshes first when
   * less than a minute is left. What Polar's API answers comes back as it is.
   *
   * @throws {ConnectError} when the BFF refused, or no server answered.
   */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** @throws {ConnectError} what the BFF refused. */
  refresh(): Promise<void>
  /** Ends the session here and in every tab; never fails where the server answers. */
  logout(): Promise<LogoutAnswer>
  /** Milliseconds since the epoch by the server's clock, whatever the laptop thinks. */
  serverNow(): number
}

export interface ConnectOptions {
  readonly fetch?: typeof globalThis.fetch
  readonly storage?: () => Storage
  readonly tabs?: Tabs
  /** Leaves the app. */
  readonly navigate?: (url: string) => void
}

declare global {
  /** The session call that the app's `boot.js` started before this code was there. */
  var __polarConnectSession: Promise<Response> | undefined
}

type Ending = Omit<Extract<ConnectState, { status: 'ended' }>, 'status'>

const MARGIN_MS = 60_000
const AUTHORIZE_PATH = '/oauth2/authorize'

export function createConnect(options: ConnectOptions = {}): Connect {
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const tabs = options.tabs ?? createTabs()
  const transactions = createTabTransactions(options.storage ?? (() => sessionStorage))
  const navigate = options.navigate ?? ((url) => location.assign(url))
  const listeners = new Set<() => void>()
  let state: ConnectState = { status: 'loading' }
  let checking: Promise<ConnectState> | undefined
  let refreshing: Promise<void> | undefined
  let opening: Promise<void> | undefined
  let inFlight = new AbortController()
  /** The server's time at an answer, and ours by a clock that nobody sets. */
  let measured = { server: Date.now(), local: performance.now() }
  let started = false

  function set(next: ConnectState): ConnectState {
    if (next !== state) {
      state = next
      for (const listener of listeners) listener()
    }
    return state
  }

  function apply(answer: SessionAnswer, elsewhere = false): ConnectState {
    measured = { server: Date.parse(answer.server_time), local: performance.now() }
    return set(decideState(state, answer, elsewhere))
  }

  function announce(session: SessionAnswer): void {
    apply(session)
    tabs.send({ type: 'session', session })
  }

  const serverNow = () => measured.server + performance.now() - measured.local

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set(CSRF_HEADER.name, CSRF_HEADER.value)
    try {
      return await fetch(path, { ...init, headers, credentials: 'same-origin' })
    } catch (cause) {
      if (init.signal?.aborted) throw cause
      const offline = !(globalThis.navigator?.onLine ?? true)
      throw new ConnectError(offline ? 'offline' : 'server_unreachable', {}, { cause })
    }
  }

  async function read<Answer>(response: Response): Promise<Answer> {
    if (response.ok) return (await response.json()) as Answer
    throw (await toProblemError(response)) ?? new ConnectError('server_unreachable')
  }

  async function post<Answer>(path: string, body: unknown = {}, signal?: AbortSignal) {
    const response = await send(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    })
    return read<Answer>(response)
  }

  async function readSession(): Promise<SessionAnswer> {
    const early = globalThis.__polarConnectSession
    globalThis.__polarConnectSession = undefined
    const response = await (early?.catch(() => undefined) ?? undefined)
    return read<SessionAnswer>(response ?? (await send(PATHS.session)))
  }

  function check(): Promise<ConnectState> {
    start()
    checking ??= readSession()
      .then(apply, (error: unknown) => {
        if (!(error instanceof ConnectError)) throw error
        // What is known stays while the server cannot be asked.
        return 'server' in state ? state : set({ status: 'unreachable', error })
      })
      .finally(() => (checking = undefined))
    return checking
  }

  /** Listens to other tabs and to the page coming back; at the first use, not when it is created. */
  function start(): void {
    if (started || typeof document === 'undefined') return
    started = true
    tabs.listen((message) => {
      if (message.type === 'session') apply(message.session, true)
      else abortInFlight()
    })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void check()
    })
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return
      // From the back/forward cache: no data shows unasked.
      set({ status: 'loading' })
      void check()
    })
  }

  function abortInFlight(): void {
    inFlight.abort()
    inFlight = new AbortController()
  }

  /** A sign-in or a logout: nothing that began before it may undo it. */
  function replaceSession<Result>(work: () => Promise<Result>): Promise<Result> {
    abortInFlight()
    tabs.send({ type: 'abort' })
    return tabs.exclusively('session', work)
  }

  async function begin({ returnPath, ...wishes }: ConnectRequest): Promise<void> {
    if (!globalThis.crypto?.subtle) throw new ConnectError('insecure_context')
    if (!('server' in state)) await check()
    if (state.status === 'unreachable') throw state.error
    const { origin, pathname, search, hash } = location
    const codeVerifier = createCodeVerifier()
    const answer = await tabs.exclusively('begin', async () =>
      post<AuthorizeAnswer>(PATHS.authorize, {
        code_challenge: await toCodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...wishes,
      }),
    )
    const url = URL.canParse(answer.authorization_url) && new URL(answer.authorization_url)
    const expected = 'server' in state ? state.server.origin : undefined
    if (!url || url.origin !== expected || url.pathname !== AUTHORIZE_PATH) {
      throw new ConnectError('authorization_url_refused')
    }
    const path = safeReturnPath(returnPath ?? pathname + search + hash, origin)
    const { prompt: _prompt, ...kept } = wishes
    transactions.keep(answer.state, { codeVerifier, returnPath: path, wishes: kept })
    navigate(url.href)
  }

  async function refresh(force: boolean): Promise<void> {
    await tabs.exclusively('session', async () => {
      const before = generationOf(state)
      // Another tab may have been here first, and its message still on the way.
      const current = apply(await readSession())
      if (current.status !== 'connected' || generationOf(current) > before) return
      if (!force && !isDue(current)) return
      try {
        announce((await post<CallbackAnswer>(PATHS.refresh, {}, inFlight.signal)).session)
      } catch (error) {
        if (error instanceof ConnectError && error.code === 'reauthorization_required') end(current)
        throw error
      }
    })
  }

  function end({ connection, server, asks }: Ending): void {
    set({ status: 'ended', connection, server, ...(asks && { asks }) })
  }

  function isDue(current: ConnectState): boolean {
    if (current.status !== 'connected') return false
    return Date.parse(current.connection.access_token_expires_at) - serverNow() < MARGIN_MS
  }

  function refreshOnce(force: boolean): Promise<void> {
    refreshing ??= refresh(force).finally(() => (refreshing = undefined))
    return refreshing
  }

  /** Whether a newer generation than the refused one is there, read while nobody refreshes. */
  async function findNewer(refused: number | undefined): Promise<boolean> {
    return tabs.exclusively('session', async () => {
      const answer = await readSession()
      const newer = answer.authenticated && answer.connection.generation > (refused ?? Infinity)
      if (newer || !answer.authenticated) announce(answer)
      else end(answer)
      return newer
    })
  }

  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    start()
    if (isDue(state)) {
      // The BFF refreshes as well: what fails here decides nothing.
      await refreshOnce(false).catch(() => undefined)
    }
    const { signal } = inFlight
    const signals = init.signal ? AbortSignal.any([signal, init.signal]) : signal
    const attempt = () => send(path, { ...init, signal: signals })
    const first = await attempt()
    const problem = await toProblemError(first)
    if (problem === undefined) return first
    if (problem.code === 'reauthorization_required') {
      // Refused before anything was done, so the same call may be made once more.
      if (!(await findNewer(problem.details.generation))) throw problem
      const second = await attempt()
      const again = await toProblemError(second)
      if (again === undefined) return second
      throw again
    }
    if (problem.code === 'not_connected') announce(await readSession())
    throw problem
  }

  const completeCallback = createCallback({
    transactions,
    check,
    exchange: (body, signal) =>
      replaceSession(async () => {
        const { session } = await post<CallbackAnswer>(PATHS.callback, body, signal)
        announce(session)
      }),
    // Past what the exchange answered: whether the browser kept the cookie.
    async confirm() {
      const answer = await readSession()
      if (!answer.authenticated) apply(answer)
      return answer.authenticated
    },
  })

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    check,
    connect(request = {}) {
      start()
      opening ??= begin(request).finally(() => (opening = undefined))
      return opening
    },
    completeCallback() {
      start()
      return completeCallback()
    },
    fetch: call,
    refresh: () => refreshOnce(true),
    logout: () =>
      replaceSession(async () => {
        const answer = await post<LogoutAnswer>(PATHS.logout)
        announce(await readSession())
        return answer
      }),
    serverNow,
  }
}

function generationOf(state: ConnectState): number {
  return state.status === 'connected' ? state.connection.generation : -1
}
