/** How a request travels to Polar. A driver only carries: what may be sent is decided before it. */

export interface UpstreamRequest {
  readonly method: string
  readonly headers: Headers
  /** Whole, so that it goes with its length: Polar takes no other (411). */
  readonly body?: Uint8Array<ArrayBuffer>
  readonly signal: AbortSignal
}

/**
 * Sends one request and gives the answer as it came, its body still streaming. A driver follows no
 * redirect, repeats nothing, and rejects when there is no answer.
 */
export type Upstream = (url: URL, request: UpstreamRequest) => Promise<Response>
