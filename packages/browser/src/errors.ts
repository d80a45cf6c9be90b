/** The errors of this package, with one closed list of codes. */
import {
  RETRYABLE_PROBLEMS,
  retryAfterOf,
  type AuthorizationError,
  type Problem,
  type ProblemCode,
} from '@polar-connect/protocol'

/** Codes that only the browser creates. */
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

/** Refusals of Polar's API, by status. The server passes them on unchanged. */
export type ApiCode =
  | 'insufficient_scope'
  | 'not_permitted'
  | 'load_failed'
  | 'gone'
  | 'conflict'
  | 'validation'
  | 'upstream_error'
  | 'upstream_timeout'
  | 'bad_response'

/** Every code that a {@link ConnectError} can have. */
export type ErrorCode =
  | Exclude<ProblemCode, 'authorization_error'>
  | `authorization_error.${AuthorizationError | 'unknown'}`
  | BrowserCode
  | ApiCode

/** The details of an error. */
export interface ConnectErrorDetails {
  /** The HTTP status, if a server answered. */
  readonly status?: number | undefined
  /** Eight characters that are in the server's log too. */
  readonly reference?: string | undefined
  readonly retryAfterSeconds?: number | undefined
  /** With `reauthorization_required`: the generation that Polar refused. */
  readonly generation?: number | undefined
  /** With `insufficient_scope`: alternatives. One of them is enough. */
  readonly scopes?: readonly string[] | undefined
  /** With `wrong_address`: the origin where the app works, such as `https://app.example`. */
  readonly origin?: string | undefined
  /** Polar's text, for developers. */
  readonly description?: string | undefined
  /** The body of Polar's refusal, such as the fields of a 422. */
  readonly body?: unknown
}

/**
 * The only error class of this package. Branch on `code`. `message` is the code too, for the log.
 *
 * @example
 * if (error instanceof ConnectError) report(error.code, error.details.reference)
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

/**
 * Whether `error` is a {@link ConnectError} with one of `codes`.
 *
 * @example
 * if (hasCode(error, 'not_found', 'gone')) return undefined
 */
export function hasCode(error: unknown, ...codes: readonly ErrorCode[]): error is ConnectError {
  return error instanceof ConnectError && codes.includes(error.code)
}

/** Whether the same request may succeed later. */
export function isRetryable(code: ErrorCode): boolean {
  const retryable: readonly ErrorCode[] = [
    ...RETRYABLE_PROBLEMS,
    'upstream_error',
    'upstream_timeout',
    'server_unreachable',
  ]
  return retryable.includes(code)
}

/** The error of a problem from the BFF. Undefined for answers of Polar and of the app. */
export async function toProblemError(response: Response): Promise<ConnectError | undefined> {
  const type = response.headers.get('Content-Type') ?? ''
  if (!type.startsWith('application/problem+json')) return undefined
  const problem = (await readJson(response.clone())) as Partial<Problem>
  // The app may send its own problems.
  if (problem.type !== `/problems/${problem.code}`) return undefined
  // The server takes both from closed lists. A code of a newer server gets the text of `unknown`.
  const code =
    problem.code === 'authorization_error'
      ? `${problem.code}.${problem.error ?? 'unknown'}`
      : problem.code
  return new ConnectError(code as ErrorCode, {
    status: response.status,
    reference: problem.reference,
    retryAfterSeconds: problem.retry_after,
    generation: problem.generation,
  })
}

/**
 * The error for a refusal of Polar's API, from its status and `WWW-Authenticate`.
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
  return new ConnectError(code, { status, retryAfterSeconds, scopes, body })
}

const STATUS_CODES: Readonly<Record<number, ErrorCode>> = {
  // Only the BFF can say that a session ended, with the problem `reauthorization_required`.
  401: 'upstream_error',
  404: 'not_found',
  409: 'conflict',
  410: 'gone',
  422: 'validation',
  429: 'polar_rate_limited',
  504: 'upstream_timeout',
}

/** Polar's 429 is empty and its 500 is plain text. For them the status is enough. Never null. */
async function readJson(response: Response): Promise<unknown> {
  return (await response.json().catch(() => undefined)) ?? {}
}
