/**
 * A call to Polar's API on behalf of a session: adds the bearer token, refreshes ahead of expiry and
 * after a refusal, and repeats only what Polar certainly did not process.
 */
import { BffError, hasCode } from '../errors/bff-error.ts'
import type { Operation } from '../errors/events.ts'
import type { KeepAlive } from '../runtime/keep-alive.ts'
import type { Pauses } from '../polar/pauses.ts'
import type { PolarTransport } from '../polar/transport.ts'
import type { Refreshed, Refresher } from '../refresh/refresher.ts'
import { decideRefresh, type Session } from '../sealing/sealed-session.ts'
import { discard, type UpstreamAnswer } from '../upstream/upstream.ts'
import { pause, type Time } from '../runtime/time.ts'

/** Polar may not know a new token for a moment after it issued it. */
const NEWBORN_SECONDS = 5
const NEWBORN_RETRY_MS = 250
// S59: a hanging Polar
const FIRST_BYTE_TIMEOUT_MS = 15_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

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

export interface PolarApi {
  /**
   * @param onRefreshed is given each session that is newer than `session`. It belongs into the cookie
   *   whatever becomes of the call: it may be the only way back.
   * @throws {BffError} `invalid_request`, what {@link Refresher.refresh} throws, `rate_limited` while Polar has us
   *   pause, or `polar_unavailable`.
   */
  call(
    session: Session,
    call: ApiCall,
    onRefreshed: (newer: Session) => void,
  ): Promise<UpstreamAnswer>
}

export function createPolarApi(options: {
  readonly transport: PolarTransport
  readonly refresher: Refresher
  readonly pauses: Pauses
  readonly time: Time
}): PolarApi {
  const { transport, refresher, pauses, time } = options

  async function send(session: Session, call: ApiCall): Promise<UpstreamAnswer> {
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
    if (response.status === 429) await pauses.begin('api', response)
    return response
  }

  return {
    async call(given, call, onRefreshed) {
      requireOrganizationId(call.headers)
      await pauses.obey('api')

      async function refresh(session: Session): Promise<Refreshed> {
        const refreshed = await refresher.refresh(session, call.keepAlive)
        onRefreshed(refreshed.session)
        return refreshed
      }

      /** The session, refreshed where its token is about to end. */
      async function keepFresh(session: Session): Promise<Session> {
        if (decideRefresh(session, time.now()) === 'keep') return session
        try {
          return (await refresh(session)).session
        } catch (cause) {
          // The last seconds of a living token are good for a call, whatever keeps us from the next.
          if (isVerdict(cause) || session.accessTokenExpiresAt <= time.now()) throw cause
          return session
        }
      }

      const session = await keepFresh(given)
      const first = await send(session, call)
      // S45: a 401 means that Polar did nothing
      if (first.status !== 401) return first
      // 401 means that nothing was processed, so even a write may be sent again.
      await discard(first)
      // S45: a new token can see one stray 401
      if (time.now() - session.issuedAt < NEWBORN_SECONDS) {
        await pause(time, NEWBORN_RETRY_MS)
        const second = await send(session, call)
        if (second.status !== 401) return second
        await discard(second)
      }
      for (let refused = session; ;) {
        const { session: newer, how } = await refresh(refused)
        const response = await send(newer, call)
        // What waited for us may have ended meanwhile; what Polar has just given has not.
        if (response.status !== 401 || how !== 'claimed') return response
        await discard(response)
        refused = newer
      }
    },
  }
}

/** Limits one call to one organization. Polar answers anything else than a UUID with a 400 as well. */
function requireOrganizationId(headers: Headers): void {
  const organization = headers.get('Polar-Organization')
  if (organization === null || UUID.test(organization)) return
  throw new BffError('invalid_request', 'Polar-Organization is not an organization ID')
}

/** Whether it is the session itself that is at its end. */
function isVerdict(cause: unknown): boolean {
  const ours = cause instanceof BffError
  return !ours || hasCode(cause, 'reauthorization_required', 'not_connected')
}
