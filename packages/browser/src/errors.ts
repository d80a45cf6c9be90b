/** What can go wrong in the browser, under one closed list of codes. */
import {
  isProblemCode,
  retryAfterOf,
  type AuthorizationError,
  type ProblemCode,
} from '@polar-connect/protocol'

/** What only the browser can know. */
export type BrowserCode =
  | 'missing_code'
  | 'callback_replayed'
  | 'exchange_timeout'
  | 'cookies_blocked'
  | 'storage_blocked'
  | 'insecure_context'
  | 'wrong_address'
  | 'authorization_url_refused'
  | 'offline'
  | 'server_unreachable'
  | 'request_blocked'
  | 'revoke_unconfirmed'
  | 'page_crash'
  | 'chunk_load'
  | 'page_not_found'
  | 'unknown'

/** Refusals of Polar's API, by their status: they pass through the server unchanged. */
export type ApiCode =
  | 'insufficient_scope'
  | 'not_permitted'
  | 'load_failed'
  | 'gone'
  | 'conflict'
  | 'validation'
  | 'polar_rate_limited'
  | 'upstream_error'
  | 'upstream_timeout'
  | 'bad_response'

/** Every code that a {@link ConnectError} can have. */
export type ErrorCode =
  | Exclude<ProblemCode, 'authorization_error'>
  | `authorization_error.${AuthorizationError | 'unknown'}`
  | BrowserCode
  | ApiCode

/** What is known about one failure, beside its code. */
export interface ConnectErrorDetails {
  /** The HTTP status, if a server answered. */
  readonly status?: number
  /** Eight characters that the server's log line repeats. */
  readonly reference?: string
  readonly retryAfterSeconds?: number
  /** With `reauthorization_required`: the generation that Polar refused. */
  readonly generation?: number
  /** With `insufficient_scope`: alternatives, any one of them is enough. */
  readonly scopes?: readonly string[]
  /** With `wrong_address`: the origin where the app works, as in `https://app.example`. */
  readonly origin?: string
  /** Polar's own words, for developers. */
  readonly description?: string
  /** The body of Polar's refusal, such as the fields of a 422. */
  readonly body?: unknown
}

/**
 * The one class that this package throws. Branch on `code`: `message` is the code again, for the log.
 *
 * @example
 * if (error instanceof ConnectError && error.code === 'offline') showOfflineBanner()
 */
export class ConnectError extends Error {
  override readonly name = 'ConnectError'
  readonly code: ErrorCode
  readonly details: ConnectErrorDetails

  constructor(code: ErrorCode, details: ConnectErrorDetails = {}, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.details = details
  }
}

/** The error of an answer that the BFF itself gave. Undefined for Polar's answers. */
export async function toProblemError(response: Response): Promise<ConnectError | undefined> {
  const type = response.headers.get('Content-Type') ?? ''
  if (!type.startsWith('application/problem+json')) return undefined
  const problem = (await readJson(response)) as Record<string, unknown> | undefined
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined)
  const { reference } = problem ?? {}
  const details = compact({
    status: response.status,
    reference: typeof reference === 'string' ? reference : undefined,
    retryAfterSeconds: number(problem?.['retry_after']),
    generation: number(problem?.['generation']),
  })
  const code = problem?.['code']
  if (!isProblemCode(code)) return new ConnectError('unknown', details)
  if (code !== 'authorization_error') return new ConnectError(code, details)
  // The server checked it against the list. It is a key of texts, and never shown.
  const error = problem?.['error'] as AuthorizationError | undefined
  return new ConnectError(`authorization_error.${error ?? 'unknown'}`, details)
}

/**
 * The error of a refusal by Polar's API, by its status and `WWW-Authenticate`.
 *
 * @example
 * const response = await connect.fetch('/bff/api/v1/orders/')
 * if (!response.ok) throw await toApiError(response)
 */
export async function toApiError(response: Response): Promise<ConnectError> {
  const { status, headers } = response
  const challenge = headers.get('WWW-Authenticate') ?? ''
  const retryAfterSeconds = retryAfterOf(headers, Date.now() / 1000)
  const scope = /\bscope="([^"]*)"/.exec(challenge)?.[1]
  const code: ErrorCode =
    status === 403
      ? challenge.includes('error="insufficient_scope"')
        ? 'insufficient_scope'
        : 'not_permitted'
      : (STATUS_CODES[status] ?? (status >= 500 ? 'upstream_error' : 'unknown'))
  const scopes = code === 'insufficient_scope' ? scope?.split(' ').filter(Boolean) : undefined
  const body = await readJson(response)
  return new ConnectError(code, compact({ status, retryAfterSeconds, scopes, body }))
}

const STATUS_CODES: Readonly<Record<number, ErrorCode>> = {
  // Only our server can say that a session ended: with the problem `reauthorization_required`.
  401: 'upstream_error',
  404: 'not_found',
  409: 'conflict',
  410: 'gone',
  422: 'validation',
  429: 'polar_rate_limited',
  504: 'upstream_timeout',
}

/** Without the members that are undefined. */
function compact(details: {
  [Key in keyof ConnectErrorDetails]: ConnectErrorDetails[Key] | undefined
}) {
  const entries = Object.entries(details).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as ConnectErrorDetails
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    // Polar's 429 is empty and its 500 is plain text. The status is enough.
    return undefined
  }
}
