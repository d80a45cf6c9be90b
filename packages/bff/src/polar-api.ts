/**
 * A call to Polar's API on behalf of a session: adds the bearer token, refreshes ahead of expiry and
 * after a refusal, and repeats only what Polar certainly did not process.
 */
import { COORDINATOR_KEYS, type Coordinator } from './coordinator.ts'
import { BffError } from './errors.ts'
import type { Operation } from './events.ts'
import type { KeepAlive } from './keep-alive.ts'
import type { PolarTransport } from './polar-transport.ts'
import type { Refresher } from './refresher.ts'
import type { Session } from './session.ts'

/** A token that ends sooner is refreshed first. */
const MARGIN_SECONDS = 60
/** Polar may not know a new token for a moment after it issued it. */
const NEWBORN_SECONDS = 5
const NEWBORN_RETRY_MS = 250
const FIRST_BYTE_TIMEOUT_MS = 15_000
/** Where a 429 names no time: Polar's window. */
const DEFAULT_PAUSE_SECONDS = 60
const MAX_PAUSE_SECONDS = 900

export interface ApiCall {
  readonly operation: Operation
  readonly method: string
  /** Path and query below Polar's API origin. */
  readonly path: string
  /** Without `Authorization`. */
  readonly headers: Headers
  /** Whole, so that a repeat sends the same bytes. */
  readonly body?: Uint8Array<ArrayBuffer>
  readonly signal?: AbortSignal
  readonly keepAlive: KeepAlive
}

export interface ApiAnswer {
  readonly response: Response
  /** Newer than the one that came in, when this call refreshed it: then it belongs into the cookie. */
  readonly session: Session
}

export interface PolarApi {
  /**
   * @throws {BffError} what {@link Refresher.refresh} throws, `rate_limited` while Polar has us
   *   pause, or `polar_unavailable`.
   */
  call(session: Session, call: ApiCall): Promise<ApiAnswer>
}

export function createPolarApi(options: {
  readonly transport: PolarTransport
  readonly refresher: Refresher
  readonly coordinator: Coordinator
  readonly clock: () => number
}): PolarApi {
  const { transport, refresher, coordinator, clock } = options

  /** The session, refreshed if it has less than a minute left. */
  async function keepFresh(session: Session, keepAlive: KeepAlive): Promise<Session> {
    if (decideRefresh(session, clock()) === 'keep') return session
    try {
      const { session: next, how } = await refresher.refresh(session, keepAlive)
      // What was claimed may have aged at the coordinator: its holder refreshes it in turn.
      return how === 'claimed' && decideRefresh(next, clock()) === 'refresh'
        ? (await refresher.refresh(next, keepAlive)).session
        : next
    } catch (cause) {
      // The last minute of a living token is good for a call while Polar or Redis recover.
      if (isTransient(cause) && session.accessTokenExpiresAt > clock()) return session
      throw cause
    }
  }

  async function send(session: Session, call: ApiCall): Promise<Response> {
    const headers = new Headers(call.headers)
    headers.set('Authorization', `Bearer ${session.accessToken}`)
    const { operation, method, path, body, signal } = call
    const response = await transport.send(operation, {
      method,
      path,
      headers,
      timeoutMs: FIRST_BYTE_TIMEOUT_MS,
      ...(body !== undefined && { body }),
      ...(signal !== undefined && { signal }),
    })
    if (response.status === 429) await pause(response)
    return response
  }

  /** Polar's limit is one bucket for all users of the client, so one refusal pauses everybody. */
  async function pause(response: Response): Promise<void> {
    const seconds = Number(response.headers.get('Retry-After')) || DEFAULT_PAUSE_SECONDS
    const lifetime = Math.min(Math.ceil(seconds), MAX_PAUSE_SECONDS)
    const until = String(Math.ceil(clock()) + lifetime)
    await tolerateOutage(coordinator.write(COORDINATOR_KEYS.pause('api'), until, lifetime))
  }

  async function assertNotPaused(): Promise<void> {
    const until = await tolerateOutage(coordinator.read(COORDINATOR_KEYS.pause('api')))
    const left = Number(until ?? 0) - clock()
    if (left <= 0) return
    throw new BffError('rate_limited', 'Polar asked for a pause', {
      retryAfterSeconds: Math.ceil(left),
    })
  }

  return {
    async call(given, call) {
      await assertNotPaused()
      const session = await keepFresh(given, call.keepAlive)
      const first = await send(session, call)
      if (first.status !== 401) return { response: first, session }
      // 401 means that nothing was processed, so even a write may be sent again.
      if (clock() - session.issuedAt < NEWBORN_SECONDS) {
        await first.body?.cancel()
        await new Promise((resolve) => setTimeout(resolve, NEWBORN_RETRY_MS))
        const second = await send(session, call)
        if (second.status !== 401) return { response: second, session }
        await second.body?.cancel()
      } else {
        await first.body?.cancel()
      }
      const { session: next } = await refresher.refresh(session, call.keepAlive)
      return { response: await send(next, call), session: next }
    },
  }
}

/** Whether the access token has enough life left for a call, at `now` (epoch seconds). */
export function decideRefresh(
  session: Pick<Session, 'accessTokenExpiresAt'>,
  now: number,
): 'keep' | 'refresh' {
  return session.accessTokenExpiresAt - now < MARGIN_SECONDS ? 'refresh' : 'keep'
}

/** What may be missing while the coordinator is away, without anybody noticing. */
export async function tolerateOutage<Value>(work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work
  } catch (cause) {
    if (cause instanceof BffError && cause.code === 'coordinator_unavailable') return undefined
    throw cause
  }
}

function isTransient(cause: unknown): boolean {
  return (
    cause instanceof BffError &&
    (cause.code === 'polar_unavailable' || cause.code === 'coordinator_unavailable')
  )
}
