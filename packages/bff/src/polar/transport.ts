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

/** Token, introspection, keys: none of these answers is near it. */
const SMALL_ANSWER_BYTES = 64 * 1024

export interface TransportRequest extends Omit<UpstreamRequest, 'signal'> {
  /** Path with its query, below the API's origin. */
  readonly path: string
  /** Until the answer's head has come. */
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
  readonly onEvent: OnEvent
}): PolarTransport {
  const { server, upstream, onEvent } = options

  async function send(
    operation: Operation,
    request: TransportRequest,
    deadline?: AbortSignal,
  ): Promise<UpstreamAnswer> {
    // S30: the host is a constant
    const url = new URL(request.path, server.apiOrigin)
    const asWritten = url.pathname === request.path.split('?')[0] && url.hash === ''
    // S32: the URL parser must not rewrite the path
    if (url.origin !== server.apiOrigin || !asWritten) throw new TypeError('not a path of the API')
    const startedAt = performance.now()
    const timeout = new AbortController()
    const timer = setTimeout(() => timeout.abort(new Error('no answer in time')), request.timeoutMs)
    const signals = [timeout.signal, request.signal, deadline].filter(
      (signal) => signal !== undefined,
    )
    try {
      return await upstream(url, {
        method: request.method,
        headers: request.headers,
        signal: AbortSignal.any(signals),
        ...(request.body !== undefined && { body: request.body }),
      })
    } catch (cause) {
      if (!request.signal?.aborted) {
        const reason = timeout.signal.aborted || deadline?.aborted ? 'timeout' : 'network'
        const duration = Math.round(performance.now() - startedAt)
        onEvent({ type: 'upstream_failed', operation, reason, duration_ms: duration })
      }
      throw new BffError('polar_unavailable', `no answer to ${operation}`, { cause })
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    send: (operation, request) => send(operation, request),
    async sendSmall(operation, request) {
      const deadline = AbortSignal.timeout(request.timeoutMs)
      const answer = await send(operation, request, deadline)
      try {
        return await readWhole(answer)
      } catch (cause) {
        if (cause instanceof BffError) throw cause
        throw new BffError('polar_unavailable', `half an answer to ${operation}`, { cause })
      }
    },
  }
}

async function readWhole({ status, headers, body }: UpstreamAnswer): Promise<Response> {
  const tooLong = () => new BffError('polar_invalid_response', 'an answer that is too long')
  // S60: an endless answer
  const text = await new Response(bounded(body, SMALL_ANSWER_BYTES, tooLong)).text()
  return new Response(isNullBodyStatus(status) ? null : text, { status, headers })
}
