/** Questions to Polar that stand outside every sign-in: asked once, and no answer is one too. */
import { BffError } from '../errors/bff-error.ts'
import type { PolarServer } from '../settings/polar-server.ts'
import { createPolarTransport, type TransportRequest } from '../polar/transport.ts'
import type { Upstream } from '../upstream/upstream.ts'
import type { Time } from '../runtime/time.ts'

const TIMEOUT_MS = 5000

export interface Answered {
  readonly status: number
  readonly headers: Headers
  /** Empty where it is no JSON object. */
  readonly body: Readonly<Record<string, unknown>>
  /** How far our clock is ahead of the one that wrote `Date`, where there is that header. */
  readonly skewSeconds: number | undefined
}

export interface PolarQuestions {
  /** Undefined when no answer came, or none of a size that it could have. */
  get(path: string): Promise<Answered | undefined>
  /** The same with a form. */
  post(path: string, form: Readonly<Record<string, string>>): Promise<Answered | undefined>
}

export function createPolarQuestions(options: {
  readonly server: PolarServer
  readonly upstream: Upstream
  readonly time: Time
}): PolarQuestions {
  const { time } = options
  // What goes wrong here is the result, so it is told in the check and not as an event.
  const transport = createPolarTransport({ ...options, onEvent: () => undefined })

  async function ask(request: Omit<TransportRequest, 'timeoutMs'>): Promise<Answered | undefined> {
    try {
      const answer = await transport.sendSmall('api', { ...request, timeoutMs: TIMEOUT_MS })
      const { status, headers } = answer
      // The header leaves out the fraction, which is half a second on average.
      const date = Date.parse(headers.get('Date') ?? '') / 1000 + 0.5
      const skewSeconds = Number.isNaN(date) ? undefined : time.now() - date
      return { status, headers, body: toObject(await answer.text()), skewSeconds }
    } catch (error) {
      if (!(error instanceof BffError)) throw error
      return undefined
    }
  }

  return {
    get: (path) =>
      ask({ method: 'GET', path, headers: new Headers({ Accept: 'application/json' }) }),
    post: (path, form) =>
      ask({
        method: 'POST',
        path,
        headers: new Headers({
          Accept: 'application/json',
          'Content-Type': 'application/x-www-form-urlencoded',
        }),
        body: new TextEncoder().encode(new URLSearchParams(form).toString()),
      }),
  }
}

function toObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    // A page, or nothing at all.
    return {}
  }
}
