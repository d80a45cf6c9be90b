/** How a request travels to Polar. A driver only carries: what may be sent is decided before it. */

export interface UpstreamRequest {
  readonly method: string
  readonly headers: Headers
  /** Whole, so that it goes with its length: Polar takes no other (411). */
  readonly body?: Uint8Array<ArrayBuffer>
  readonly signal: AbortSignal
}

/** What Polar answered. A `Response` is one. */
export interface UpstreamAnswer {
  readonly status: number
  /** As they came: `Content-Encoding` and `Content-Length` tell of the body before it was unpacked. */
  readonly headers: Headers
  readonly body: Body
}

/** Unpacked; still streaming, or whole where it was here at once. */
export type Body = ReadableStream<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer> | null

/**
 * Sends one request and gives the answer as it came. A driver follows no redirect, repeats nothing,
 * and rejects when there is no answer.
 */
export type Upstream = (url: URL, request: UpstreamRequest) => Promise<UpstreamAnswer>

/** Lets go of an answer that nobody will read, broken or not, and of the connection that it holds. */
export async function discard({ body }: UpstreamAnswer): Promise<void> {
  // S38: free the connection
  if (body instanceof ReadableStream) await body.cancel().catch(() => undefined)
}

/** Statuses that have no body, whatever came behind the head (Fetch Standard, null body status). */
export function isNullBodyStatus(status: number): boolean {
  return status === 204 || status === 205 || status === 304
}
