/** How a request travels to Polar. A driver only moves bytes: what may be sent is decided before. */
import type { Body } from '../runtime/bounded-body.ts'

/** One request to Polar. */
export interface UpstreamRequest {
  readonly method: string
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Whole, so that it has a length: Polar refuses other bodies (411). */
  readonly body?: Uint8Array<ArrayBuffer>
  readonly signal: AbortSignal
}

/** The headers of an answer. `Headers` are. Names count in any case. */
export interface AnswerHeaders extends Iterable<[name: string, value: string]> {
  get(name: string): string | null
  has(name: string): boolean
}

/** Polar's answer. A `Response` is one. */
export interface UpstreamAnswer {
  readonly status: number
  /** As they came: `Content-Encoding` and `Content-Length` describe the packed body. */
  readonly headers: AnswerHeaders
  readonly body: Body
}

/**
 * Sends one request and returns the answer as it came. A driver follows no redirect, repeats nothing,
 * and rejects if there is no answer.
 *
 * @example
 * // Logs each call, and leaves the rest to the default.
 * const inner = createFetchUpstream()
 * const upstream: Upstream = (url, request) => {
 *   console.log(request.method, url.pathname)
 *   return inner(url, request)
 * }
 */
export type Upstream = (url: URL, request: UpstreamRequest) => Promise<UpstreamAnswer>

/** Frees the connection of an answer that no one reads, broken or not. */
export async function discard({ body }: UpstreamAnswer): Promise<void> {
  // S38: free the connection
  if (body instanceof ReadableStream) await body.cancel().catch(() => undefined)
}

/** Whether the status never has a body (Fetch Standard, null body status). */
export function isNullBodyStatus(status: number): boolean {
  return status === 204 || status === 205 || status === 304
}
