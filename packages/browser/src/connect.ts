/**
 * The browser half: begins and finishes sign-ins, knows the session, and calls Polar's API through
 * the BFF. No token is ever here; what it guards is the order in which tabs do things.
 */
import {
  PATHS,
  type AuthorizeAnswer,
  type AuthorizeRequest,
  type CallbackAnswer,
  type Connection,
  type LogoutAnswer,
  type SessionAnswer,
} from '@polar-connect/protocol'
import { createBffClient, either, inTime, readAnswer } from './bff.ts'
import { createCallback, type CallbackOutcome } from './callback.ts'
import { decideState, knownOf, type ConnectState } from './connect-state.ts'
import { delay, randomPart } from './delay.ts'
import { ConnectError, toProblemError } from './errors.ts'
import { decideWait, reachesPolar, toPause, type Pause } from './pause.ts'
import { createCodeVerifier, toCodeChallenge } from './pkce.ts'
import { parseUrl, safeReturnPath } from './return-path.ts'
import { createServerClock, readMoment } from './server-clock.ts'
import { singleFlight } from './single-flight.ts'
import { createTabs, type TabMessage, type Tabs } from './tabs.ts'
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
   * less than a minute is left. What Polar's API answers comes back as it is. A write leaves once:
   * it is repeated after a refusal that came before anything was done, and after nothing else.
   *
   * @throws {ConnectError} when the BFF refused, no server answered, or a pause lasts.
   * @throws {DOMException} `AbortError` when a sign-in or a logout, in any tab, gave it up.
   */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** @throws {ConnectError} what the BFF refused. */
  refresh(): Promise<void>
  /** Ends the session here and in every tab; never fails where the server answers. */
  logout(): Promise<LogoutAnswer>
  /** Milliseconds since the epoch by the server's clock, whatever the laptop thinks. */
  serverNow(): number
  /** The pause that Polar or the server asked for, while it lasts: until then no call leaves. */
  getPause(): Pause | undefined
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

// S39: the browser refreshes before the BFF would
const MARGIN_MS = 60_000
const FRESH_MS = 3000
const AUTHORIZE_PATH = '/oauth2/authorize'

export function createConnect(options: ConnectOptions = {}): Connect {
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const tabs = options.tabs ?? createTabs()
  const transactions = createTabTransactions(options.storage ?? (() => sessionStorage))
  const navigate = options.navigate ?? ((url) => location.assign(url))
  const clock = createServerClock()
  const bff = createBffClient(fetch)
  const listeners = new Set<() => void>()
  let state: ConnectState = { status: 'loading' }
  /** While somebody signs in or out: what begins now waits for what comes of it. */
  let replacing: Promise<unknown> | undefined
  let inFlight = new AbortController()
  /** How often something was told of the session: an answer asked for earlier may know less. */
  let told = 0
  let pause: Pause | undefined
  let started = false

  function tell(): void {
    for (const listener of listeners) listener()
  }

  function set(next: ConnectState): ConnectState {
    if (next !== state) {
      state = next
      tell()
    }
    return state
  }

  function apply(answer: SessionAnswer, elsewhere = false): ConnectState {
    told += 1
    const held = connectionOf(state)
    const next = decideState(state, answer, elsewhere)
    // What was begun for one account is not done for another.
    // S54: not for another account
    if (held !== undefined && connectionOf(next)?.id !== held.id) abortInFlight()
    return set(next)
  }

  function announce(session: SessionAnswer): void {
    apply(session)
    tabs.send({ type: 'session', session })
  }

  /** @param early the call that the page started before this code was there. */
  async function readSession(early?: Promise<Response>): Promise<SessionAnswer> {
    // When exactly the early one set off, nobody noted: after the page began.
    const asked = early ? { wall: performance.timeOrigin, steady: 0 } : readMoment()
    const ask = () => bff.send(PATHS.session, { signal: inTime() })
    const answer = await readAnswer<SessionAnswer>(early?.catch(ask) ?? ask())
    clock.set(Date.parse(answer.server_time), asked)
    return answer
  }

  async function look(elsewhere = false): Promise<ConnectState> {
    for (;;) {
      const before = told
      const early = globalThis.__polarConnectSession
      globalThis.__polarConnectSession = undefined
      try {
        const answer = await readSession(early)
        // S54: news from another tab beats an older answer
        if (told === before) return apply(answer, elsewhere)
      } catch (error) {
        if (!(error instanceof ConnectError)) throw error
        // What is known stays while the server cannot be asked.
        if (told !== before) continue
        return 'server' in state ? state : set({ status: 'unreachable', error })
      }
    }
  }

  const check = singleFlight((elsewhere?: boolean) => {
    start()
    return look(elsewhere)
  })

  /** Listens to other tabs and to the page coming back; at the first use, not when it is created. */
  function start(): void {
    if (started || typeof addEventListener === 'undefined') return
    started = true
    tabs.listen(hear)
    addEventListener('online', () => void check())
    globalThis.document?.addEventListener('visibilitychange', () => {
      if (!document.hidden) void check()
    })
    // Into the back/forward cache goes no data, and out of it comes none that was not asked for.
    // S54: the back/forward cache keeps no data
    addEventListener('pagehide', ({ persisted }) => persisted && forget())
    // S54: a restored page checks first
    addEventListener('pageshow', ({ persisted }) => persisted && void check())
  }

  function forget(): void {
    told += 1
    abortInFlight()
    set({ status: 'loading' })
  }

  function hear(message: TabMessage): void {
    if (message.type === 'session') apply(message.session, true)
    else if (message.type === 'changed') void check(true)
    else if (message.type === 'pause') {
      pause = message.pause
      tell()
    } else {
      abortInFlight()
      // Whoever asked holds the calls until it is done. If it died on the way, this look tells so.
      // S54: see what became of the sign-in or logout
      replacing = alongside(() => look(true)).catch(() => undefined)
    }
  }

  function learn(response: Response, code: Pause['code']): void {
    const next = toPause(response, code, clock.now())
    // Of many calls in flight each is refused: one of them tells.
    if (next.until < (pause?.until ?? 0) + 1000) return
    const message = { type: 'pause', pause: next } as const
    hear(message)
    tabs.send(message)
  }

  function abortInFlight(): void {
    inFlight.abort()
    inFlight = new AbortController()
  }

  /**
   * A sign-in or a logout: nothing that began before it may undo it, and a late answer would, with
   * its cookie. So all tabs give up their calls, and it begins once none of them has one.
   */
  function replaceSession<Result>(work: () => Promise<Result>): Promise<Result> {
    giveUpEverywhere()
    const replaced = tabs.exclusively('session', () => {
      const alone = tabs.exclusively('calls', work)
      // Whatever set off while this one waited: what comes now stands in the queue behind it.
      giveUpEverywhere()
      return alone
    })
    replacing = replaced.catch(() => undefined)
    return replaced
  }

  function giveUpEverywhere(): void {
    abortInFlight()
    tabs.send({ type: 'abort' })
  }

  function alongside<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    return tabs.alongside?.(work, signal) ?? work()
  }

  const begin = singleFlight(async ({ returnPath, ...wishes }: ConnectRequest) => {
    start()
    if (!globalThis.crypto?.subtle) throw new ConnectError('insecure_context')
    if (!('server' in state)) await check()
    if (state.status === 'unreachable') throw state.error
    const { origin, pathname, search, hash } = location
    const codeVerifier = createCodeVerifier()
    const answer = await tabs.exclusively('begin', async () =>
      bff.post<AuthorizeAnswer>(PATHS.authorize, {
        code_challenge: await toCodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...wishes,
      }),
    )
    const url = parseUrl(answer.authorization_url)
    const expected = 'server' in state ? state.server.origin : undefined
    // S19: only Polar's authorization page
    if (!url || url.origin !== expected || url.pathname !== AUTHORIZE_PATH) {
      throw new ConnectError('authorization_url_refused')
    }
    const path = safeReturnPath(returnPath ?? pathname + search + hash, origin)
    const { prompt: _prompt, ...kept } = wishes
    transactions.keep(answer.state, { codeVerifier, returnPath: path, wishes: kept })
    navigate(url.href)
  })

  const refresh = singleFlight(async (force: boolean) => {
    if (connectionOf(state) === undefined) await check()
    const { signal } = inFlight
    const generation = () => connectionOf(state)?.generation ?? -1
    const before = generation()
    // Another tab may have been here first, and have told so or not.
    const isMoot = () => generation() > before || !(force || isDue())
    await tabs.exclusively(
      'session',
      async () => {
        if (state.status === 'connected' && isMoot()) return
        apply(await readSession())
        if (state.status !== 'connected' || isMoot()) return
        try {
          announce((await bff.post<CallbackAnswer>(PATHS.refresh, {}, signal)).session)
        } catch (error) {
          if (!isRefusal(error) || !(await isOutdated(error, connectionOf(state)))) throw error
        }
      },
      signal,
    )
  })

  function isDue(): boolean {
    if (state.status !== 'connected') return false
    return Date.parse(state.connection.access_token_expires_at) - clock.now() < MARGIN_MS
  }

  /** Polar answers with a token before it stores it: usually by milliseconds, with no upper bound. */
  function isFresh(): boolean {
    if (state.status !== 'connected') return false
    return clock.now() - Date.parse(state.connection.refreshed_at) < FRESH_MS
  }

  /**
   * Whether the session that is there, read while nobody refreshes, is another than the refused one.
   * The same generation of the same has ended, and nothing else is ever taken for that.
   */
  async function isOutdated(refusal: ConnectError, held: Connection | undefined): Promise<boolean> {
    // S41: read again, not the early answer
    const answer = await readSession()
    if (answer.authenticated) {
      const { connection } = answer
      // S54: not repeated for another account
      const same = connection.id === (held?.id ?? connection.id)
      // S41: a newer generation is not refused
      if (same && connection.generation <= (refusal.details.generation ?? -1)) {
        set({ status: 'ended', connection, ...knownOf(answer) })
        return false
      }
    }
    announce(answer)
    return answer.authenticated
  }

  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    start()
    // Of the moment at which it was called, however long it waits below.
    const signal = either(inFlight.signal, init.signal)
    const held = connectionOf(state)
    // S54: wait while a tab signs in or logs out
    await replacing
    const decide = () => decideWait(pause, path, clock.now())
    const waitMs = decide()
    if (waitMs > 0) await delay(waitMs, signal)
    // Whoever came back first may have been refused again.
    decide()
    // The BFF refreshes as well: what fails here decides nothing.
    if (isDue()) await refresh(false).catch(() => undefined)
    const attempt = async () => {
      signal.throwIfAborted()
      const response = await alongside(() => bff.send(path, { ...init, signal }), signal)
      const refusal = await toProblemError(response)
      if (response.status === 429) learn(response, refusal ? 'rate_limited' : 'polar_rate_limited')
      if (refusal !== undefined) throw refusal
      return response
    }
    /** Asks again while Polar may not know the token yet: its 401 says that nothing was done. */
    const settle = async () => {
      for (let pauseMs = 50; ; pauseMs = Math.min(2 * pauseMs, 800)) {
        const response = await attempt()
        if (response.status !== 401 || !reachesPolar(path)) return response
        // The server may have refreshed for this very call.
        await check()
        if (!isFresh()) return response
        await response.body?.cancel()
        await delay(pauseMs / 2 + randomPart(pauseMs), signal)
      }
    }
    try {
      return await settle()
    } catch (error) {
      // S45: only what the BFF refused before doing anything
      if (!isRefusal(error)) throw error
      const outdated = await tabs.exclusively('session', () => isOutdated(error, held), signal)
      // Refused before anything was done, so the same may be sent once more.
      if (!outdated) throw error
      return settle()
    }
  }

  const completeCallback = createCallback({
    transactions,
    check,
    exchange: (body, signal) =>
      replaceSession(async () => {
        announce((await bff.post<CallbackAnswer>(PATHS.callback, body, signal)).session)
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
    check: () => check(),
    connect: (request = {}) => begin(request),
    completeCallback() {
      start()
      return completeCallback()
    },
    fetch: call,
    refresh: () => refresh(true),
    logout: () =>
      replaceSession(async () => {
        const answer = await bff.post<LogoutAnswer>(PATHS.logout)
        announce(await readSession())
        return answer
      }),
    serverNow: clock.now,
    getPause: () => (pause && pause.until > clock.now() ? pause : undefined),
  }
}

function connectionOf(state: ConnectState): Connection | undefined {
  return 'connection' in state ? state.connection : undefined
}

/** What was refused before anything was done, and maybe for a session that another tab replaced. */
function isRefusal(error: unknown): error is ConnectError {
  return error instanceof ConnectError && /^(not_connected|reauth)/.test(error.code)
}
