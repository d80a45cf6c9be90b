/** The refusals that all resources share, in Polar's words. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export interface ValidationIssue {
  readonly type: string
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly input: unknown
  readonly ctx?: Readonly<Record<string, unknown>>
}

/** The only error that the API throws. It becomes an error response. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'
  readonly status: ContentfulStatusCode
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: ContentfulStatusCode,
    body: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(String(body['error']))
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** @throws any other error unchanged. */
export function answerRefusal(error: Error, c: Context): Response {
  if (!(error instanceof ApiRefusal)) throw error
  return c.json(error.body, error.status, error.headers)
}

export function invalid(issues: readonly ValidationIssue[]): ApiRefusal {
  return new ApiRefusal(422, { error: 'RequestValidationError', detail: issues })
}

/**
 * Refuses a valid request that breaks a business rule.
 *
 * @param input the value that was sent. The refusal repeats it.
 */
export function refused(
  loc: readonly (string | number)[],
  msg: string,
  input: unknown = null,
  type = 'value_error',
): ApiRefusal {
  const issue = { type, loc, msg, input }
  return new ApiRefusal(422, { error: 'PolarRequestValidationError', detail: [issue] })
}

export function notFound(): ApiRefusal {
  return new ApiRefusal(404, { error: 'ResourceNotFound', detail: 'Not found' })
}

export function notPermitted(what: string): ApiRefusal {
  const detail = `You don't have permission to ${what}`
  return new ApiRefusal(403, { error: 'NotPermitted', detail })
}
