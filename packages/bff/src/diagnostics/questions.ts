/** Requests to Polar outside of any sign-in. Each is sent once, and no answer is a result too. */
import { BffError } from '../errors/bff-error.ts'
import type { PolarServer } from '../settings/polar-server.ts'
import { createPolarTransport, type TransportRequest } from '../polar/transport.ts'
import type { Upstream } from '../upstream/upstream.ts'
import type { Time } from '../runtime/time.ts'

export interface Answered {
  readonly status: number
  readonly headers: Headers
  /** Empty unless it is a JSON object. */
  readonly body: Readonly<Record<string, unknown>>
  /** Whether the body was a JSON object. */
  readonly readable: boolean
  /** From the request to the end of the answer. */
  readonly milliseconds: number
  /** How far our clock is ahead of the `Date` header, if there is one. */
  readonly skewSeconds: number | undefined
}

/** Sends one request. Undefined if no answer came, or one that is too long. */
export type AskPolar = (
  method: 'GET' | 'POST' | 'OPTIONS',
  path: string,
  more?: {
    readonly form?: Readonly<Record<string, string>>
    readonly headers?: Readonly<Record<string, string>>
  },
) => Promise<Answered | undefined>

export function createAskPolar(options: {
  readonly server: PolarServer
  readonly upstream: Upstream
  readonly time: Time
}): AskPolar {
  const { time } = options
  // A failure here is the result: the check tells it, and no event is needed.
  const transport = createPolarTransport({ ...options, onEvent: () => undefined })

  return async (method, path, { form, headers: more } = {}) => {
    const headers = { accept: 'application/json', ...more }
    const request: TransportRequest = { operation: 'api', method, path, headers }
    const startedAt = time.elapsed()
    try {
      const answer = await transport.sendSmall(form ? withForm(request, form) : request)
      const text = await answer.text()
      const milliseconds = time.elapsed() - startedAt
      // The header leaves out the fraction, which is half a second on average.
      const date = Date.parse(answer.headers.get('Date') ?? '') / 1000 + 0.5
      const skewSeconds = Number.isNaN(date) ? undefined : time.now() - date
      const body = toObject(text)
      return {
        status: answer.status,
        headers: answer.headers,
        body: body ?? {},
        readable: body !== undefined,
        milliseconds,
        skewSeconds,
      }
    } catch (error) {
      if (!(error instanceof BffError)) throw error
      return undefined
    }
  }
}

function withForm(
  request: TransportRequest,
  form: Readonly<Record<string, string>>,
): TransportRequest {
  const headers = { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' }
  const body = new TextEncoder().encode(new URLSearchParams(form).toString())
  return { ...request, headers, body }
}

function toObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    // A page, or nothing at all.
    return undefined
  }
}
