/**
 * The way to Polar with its defences, once for every call: one pinned host, a time limit, no
 * redirect followed, answers bounded, and one error for "there was no answer".
 */
import { bounded } from '../runtime/bounded-body.ts'
import { BffError } from '../errors/bff-error.ts'
import type { OnEvent, Operation } from '../errors/events.ts'
import type { PolarServer } from '../settings/polar-server.ts'
import {
  isNullBodyStatus,
  type Upstream,
  type UpstreamAnswer,
  type UpstreamRequest,
} from '../upstream/upstream.ts'
import type { Time } from '../runtime/time.ts'

/** Token, introspection, keys: none of these answers is near it. */
const SMALL_ANSWER_BYTES = 64 * 1024

export interface TransportRequest extends Omit<UpstreamRequest, 'signal'> {
  /** Path with its query, below the API's origin. */
  readonly path: string
  /** Until the answer's head has come, and of a small answer all of it. */
  readonly timeoutMs: number
  /** Ends the call, its answer's body included: the caller hung up. */
  readonly signal?: AbortSignal
}

export interface PolarTransport {
  /**
   * Sends one request. The body of the answer streams.
   *
   * @throws {BffError} `polar_unavailable` when no answer came in time.
   */
  send(operation: Operation, request: TransportRequest): Promise<UpstreamAnswer>
  /** The same for an answer that is read whole, and is small. */
  sendSmall(operation: Operation, request: TransportRequest): Promise<Response>
}

export function createPolarTransport(options: {
  readonly server: PolarServer
  readonly upstream: Upstream
  readonly time: Time
  readonly onEvent: OnEvent
}): PolarTransport {
  const { server, upstream, time, onEvent } = options

  /** Sends one request, and gives what `finish` makes of the answer within the time limit. */
  async function exchange<Result>(
    operation: Operation,
    request: TransportRequest,
    finish: (answer: UpstreamAnswer) => Result | Promise<Result>,
  ): Promise<Result> {
    const url = new URL(request.path, server.apiOrigin)
    // S32: the URL parser must not rewrite the path
    const asWritten = url.pathname === request.path.split('?')[0] && url.hash === ''
    // S30: the host is a constant
    if (url.origin !== server.apiOrigin || !asWritten) throw new TypeError('not a path of the API')
    const { signal: hungUp } = request
    const startedAt = time.elapsed()
    const timeout = new AbortController()
    const cancel = time.after(request.timeoutMs, () =>
      timeout.abort(new Error('no answer in time')),
    )
    try {
      const answer = await upstream(url, {
        method: request.method,
        headers: request.headers,
        signal: hungUp ? AbortSignal.any([timeout.signal, hungUp]) : timeout.signal,
        ...(request.body !== undefined && { body: request.body }),
      })
      return await finish(answer)
    } catch (cause) {
      if (cause instanceof BffError) throw cause
      if (!hungUp?.aborted) {
        const reason = timeout.signal.aborted ? 'timeout' : 'network'
        const duration = Math.round(time.elapsed() - startedAt)
        onEvent({ type: 'upstream_failed', operation, reason, duration_ms: duration })
      }
      throw new BffError('polar_unavailable', `no answer to ${operation}`, { cause })
    } finally {
      cancel()
    }
  }

  return {
    send: (operation, request) => exchange(operation, request, (answer) => answer),
    sendSmall: (operation, request) => exchange(operation, request, readWhole),
  }
}

async function readWhole({ status, headers, body }: UpstreamAnswer): Promise<Response> {
  const tooLong = () => new BffError('polar_invalid_response', 'an answer that is too long')
  // S60: a small answer stays small
  const text = await new Response(bounded(body, SMALL_ANSWER_BYTES, tooLong)).text()
  return new Response(isNullBodyStatus(status) ? null : text, { status, headers })
}
