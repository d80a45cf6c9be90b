/** The refusals that every resource of the API shares, in Polar's words. */
import type { Context } from 'hono'
import type { Caller } from '../dataset.ts'
import type { EmulatorEnv } from '../environment.ts'

export interface ValidationIssue {
  readonly type: string
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly input: unknown
  readonly ctx?: Readonly<Record<string, unknown>>
}

export function invalid(c: Context, issues: readonly ValidationIssue[]) {
  return c.json({ error: 'RequestValidationError', detail: issues }, 422)
}

/** A rule of Polar's business rather than of the form of the request. */
export function refused(c: Context, loc: readonly (string | number)[], msg: string) {
  const issue = { type: 'value_error', loc, msg, input: null }
  return c.json({ error: 'PolarRequestValidationError', detail: [issue] }, 422)
}

export function notFound(c: Context) {
  return c.json({ error: 'ResourceNotFound', detail: 'Not found' }, 404)
}

/** The caller, if one of `scopes` is held; otherwise the refusal. */
export function requireScope(
  c: Context<EmulatorEnv>,
  scopes: readonly string[],
): Caller | Response {
  const caller = c.get('caller')
  if (caller === undefined) {
    c.header('WWW-Authenticate', 'Bearer realm="polar"')
    return c.json({ error: 'Unauthorized', detail: 'Unauthorized' }, 401)
  }
  if (scopes.some((scope) => caller.scopes.has(scope))) return caller
  const description = 'The request requires higher privileges than provided by the access token.'
  c.header(
    'WWW-Authenticate',
    `Bearer realm="polar", scope="${scopes.join(' ')}", error="insufficient_scope", error_description="${description}"`,
  )
  return c.json({ error: 'insufficient_scope', error_description: description }, 403)
}
