/**
 * The way to Polar with its defences, the same for each call: one pinned host, a time limit, no
 * redirect followed, limited answers, and one error for "no answer".
 */
import { BffError } from '../errors/bff-error.ts'
import { causeOf } from '../errors/events.ts'
import { TIME_LIMITS_MS, type Operation } from '../errors/operations.ts'
import { bounded } from '../runtime/bounded-body.ts'
import type { Settings } from '../settings/settings.ts'
import {
  isNullBodyStatus,
  type UpstreamAnswer,
  type UpstreamRequest,
} from '../upstream/upstream.ts'

/** No answer about tokens, keys or names comes near it. */
const SMALL_ANSWER_BYTES = 64 * 1024

/** Failures before a request leaves this machine, as Node names them. */
const NEVER_SENT =
  /^(ECONNREFUSED|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|UND_ERR_CONNECT_TIMEOUT)$/

export interface TransportRequest extends Omit<UpstreamRequest, 'signal'> {
  readonly operation: Operation
  /** Path with its query, below the API's origin. */
  readonly path: string
  /** Ends the call and the body of its answer: the caller hung up. */
  readonly signal?: AbortSignal
}

/** See {@link createPolarTransport}. */
export type PolarTransport = ReturnType<typeof createPolarTransport>

export function createPolarTransport(
  options: Pick<Settings, 'server' | 'upstream' | 'time' | 'onEvent'>,
) {
  const { server, upstream, time, onEvent } = options

  async function exchange<Result>(
    request: TransportRequest,
    finish: (answer: UpstreamAnswer) => Result | Promise<Result>,
  ): Promise<Result> {
    const url = new URL(request.path, server.apiOrigin)
    // S32: the URL parser must not rewrite the path
    const asWritten = url.pathname === request.path.split('?')[0] && url.hash === ''
    // S30: the host is a constant
    if (url.origin !== server.apiOrigin || !asWritten) throw new TypeError('not a path of the API')
    const { operation, signal: hungUp } = request
    const startedAt = time.elapsed()
    // Listening to the caller's signal costs a third of `AbortSignal.any`.
    const call = new AbortController()
    const hangUp = () => call.abort(hungUp?.reason)
    hungUp?.addEventListener('abort', hangUp, { once: true })
    if (hungUp?.aborted) hangUp()
    let hasAnswered = false
    const cancel = time.after(TIME_LIMITS_MS[operation], () =>
      call.abort(new Error('no answer in time')),
    )
    try {
      const answer = await upstream(url, {
        method: request.method,
        headers: request.headers,
        signal: call.signal,
        ...(request.body !== undefined && { body: request.body }),
      })
      hasAnswered = true
      return await finish(answer)
    } catch (cause) {
      if (!hungUp?.aborted) {
        const broken = call.signal.aborted ? 'timeout' : `network: ${causeOf(cause)}`
        const reason = cause instanceof BffError ? cause.code : broken
        const duration = Math.round(time.elapsed() - startedAt)
        onEvent({ type: 'upstream_failed', operation, reason, duration_ms: duration })
      }
      if (cause instanceof BffError) throw cause
      throw new BffError('polar_unavailable', `no answer to ${operation}`, {
        cause,
        mayStillRun: !hasAnswered && !neverSent(cause),
      })
    } finally {
      cancel()
    }
  }

  return {
    /**
     * Sends one request. The body of the answer streams.
     *
     * @throws {BffError} `polar_unavailable` if no answer comes in time.
     */
    send: (request: TransportRequest): Promise<UpstreamAnswer> =>
      exchange(request, (answer) => answer),

    /** Sends one request whose answer is small, and reads all of it. */
    sendSmall: (request: TransportRequest): Promise<Response> => exchange(request, readWhole),
  }
}

async function readWhole({ status, headers, body }: UpstreamAnswer): Promise<Response> {
  const tooLong = () => new BffError('polar_invalid_response', 'an answer that is too long')
  // S60: a small answer stays small
  const text = await new Response(bounded(body, SMALL_ANSWER_BYTES, tooLong)).text()
  return new Response(isNullBodyStatus(status) ? null : text, {
    status,
    headers: [...headers],
  })
}

/** Polar finishes each request that it has read. Only a failed connection certainly had no effect. */
function neverSent(cause: unknown): boolean {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if ('code' in error && NEVER_SENT.test(String(error.code))) return true
  }
  return false
}
