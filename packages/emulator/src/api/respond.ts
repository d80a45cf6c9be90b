/** The refusals that every resource of the API shares, in Polar's words. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export interface ValidationIssue {
  readonly type: string
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly input: unknown
  readonly ctx?: Readonly<Record<string, unknown>>
}

/** The one error that the API throws: an answer that is not the one asked for. */
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

/** @throws the error itself where it is not a refusal. */
export function answerRefusal(error: Error, c: Context): Response {
  if (!(error instanceof ApiRefusal)) throw error
  return c.json(error.body, error.status, error.headers)
}

export function invalid(issues: readonly ValidationIssue[]): ApiRefusal {
  return new ApiRefusal(422, { error: 'RequestValidationError', detail: issues })
}

/** A rule of Polar's business rather than of the form of the request. */
/** @param input what was sent there, which the refusal repeats */
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
