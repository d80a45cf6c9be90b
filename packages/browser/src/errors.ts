/** What goes wrong as the browser sees it, under codes that texts are looked up by. */
import { isProblemCode, type AuthorizationError, type ProblemCode } from '@polar-connect/protocol'

/** What no server saw. */
export type BrowserCode =
  | 'missing_code'
  | 'callback_replayed'
  | 'exchange_timeout'
  | 'cookies_blocked'
  | 'insecure_context'
  | 'authorization_url_refused'
  | 'offline'
  | 'server_unreachable'
  | 'revoke_unconfirmed'
  | 'page_crash'
  | 'chunk_load'
  | 'page_not_found'
  | 'unknown'

/** Polar's own refusals, which pass through the proxy as they came. */
export type ApiCode =
  | 'insufficient_scope'
  | 'not_permitted'
  | 'gone'
  | 'conflict'
  | 'validation'
  | 'polar_rate_limited'
  | 'upstream_error'
  | 'upstream_timeout'
  | 'bad_response'

export type ErrorCode =
  | Exclude<ProblemCode, 'authorization_error'>
  | `authorization_error.${AuthorizationError | 'unknown'}`
  | BrowserCode
  | ApiCode

export interface ConnectErrorDetails {
  readonly status?: number
  /** Joins what a person sees to the server's log line. */
  readonly reference?: string
  readonly retryAfterSeconds?: number
  /** With `reauthorization_required`: the generation that Polar refused. */
  readonly generation?: number
  /** With `insufficient_scope`: permissions any one of which would do. */
  readonly scopes?: readonly string[]
  /** Polar's words for a developer; never for a title. */
  readonly description?: string
  /** The body of Polar's own refusal, such as the fields of a 422. */
  readonly body?: unknown
}

/** The one class this package throws. Texts and actions go by `code` alone. */
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

/** The error that an answer of the BFF itself stands for; undefined for one that Polar gave. */
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
  // The server has held it against the list; texts are looked up by it, and it is shown to nobody.
  const error = problem?.['error'] as AuthorizationError | undefined
  return new ConnectError(`authorization_error.${error ?? 'unknown'}`, details)
}

/** The error that a refusal of Polar's API stands for: by status and `WWW-Authenticate` alone. */
export async function toApiError(response: Response): Promise<ConnectError> {
  const { status, headers } = response
  const challenge = headers.get('WWW-Authenticate') ?? ''
  const retryAfterSeconds = retryAfterOf(headers)
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

/** Seconds, also where `Retry-After` is a date (RFC 9110 §10.2.3): by the clock that wrote it. */
export function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('Retry-After') ?? ''
  if (/^\d+$/.test(value)) return Number(value)
  const now = Date.parse(headers.get('Date') ?? '') || Date.now()
  const seconds = Math.ceil((Date.parse(value) - now) / 1000)
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}

const STATUS_CODES: Readonly<Record<number, ErrorCode>> = {
  // Our server alone can say that a session ended: that is the problem `reauthorization_required`.
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
    // Polar's 429 is empty and its 500 plain text: the status says enough.
    return undefined
  }
}
