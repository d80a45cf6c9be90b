/**
 * The proxy to Polar's API: default deny, requests rebuilt from an allow-list, answers reduced to
 * what a script may see. Nothing of the caller's cookies or addresses travels on.
 */
import { PATHS } from '@polar-connect/protocol'
import type { Context } from 'hono'
import type { StatusCode } from 'hono/utils/http-status'
import type { AllowList } from './allow-list.ts'
import { bounded } from '../runtime/bounded-body.ts'
import { BffError } from '../errors/bff-error.ts'
import { keepAliveOf } from '../runtime/keep-alive.ts'
import type { ApiCall } from './call.ts'
import { POLAR_VERSION } from '../settings/polar-server.ts'
import { readBody } from '../http/body.ts'
import { discard, type Body, type UpstreamAnswer } from '../upstream/upstream.ts'

const BODY_LIMIT_BYTES = 256 * 1024
const ANSWER_LIMIT_BYTES = 10 * 1024 * 1024
const QUERY_LIMIT = 4096

const REQUEST_HEADERS = [
  'accept',
  'accept-language',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-unmodified-since',
  'polar-organization',
  'polar-version',
] as const

const RESPONSE_HEADERS = [
  // S16: no CORS header in this list
  'content-language',
  'content-type',
  'etag',
  'last-modified',
  'polar-version',
  'retry-after',
  'www-authenticate',
  'x-polar-deprecation-notice',
  'x-polar-sandbox',
] as const

/** JSON of any kind and plain text: what a browser renders as nothing else. */
const PASSING_TYPE = /^(application\/([a-z0-9.+-]+\+)?json|text\/plain)\s*(;|$)/i

/**
 * The call that a request under `/bff/api` stands for.
 *
 * @param target the request target as it came, where the runtime tells it: a normalised one hides
 *   what a path was meant to slip past.
 * @throws {BffError} `not_found`, `method_not_allowed`, `invalid_request`, `payload_too_large` or
 *   `unsupported_media_type`.
 */
export async function toApiCall(
  c: Context,
  allowList: AllowList,
  target: string,
): Promise<ApiCall> {
  const { path, query } = parseTarget(target)
  const { method } = c.req
  const match = allowList.match(method, path)
  if (match.kind === 'unlisted') throw new BffError('not_found', 'not on the allow-list')
  if (match.kind === 'other_method') {
    throw new BffError('method_not_allowed', 'a path of the allow-list, by another method', {
      allow: match.allow,
    })
  }
  // S33: only listed headers, no cookie
  const headers = pick(c.req.raw.headers, REQUEST_HEADERS)
  if (!headers.has('polar-version')) headers.set('Polar-Version', POLAR_VERSION)
  const body = method === 'GET' ? undefined : await readBody(c.req.raw, BODY_LIMIT_BYTES)
  return {
    operation: 'api',
    method,
    path: query === '' ? match.path : `${match.path}?${query}`,
    headers,
    // S38: the call ends with its client
    signal: c.req.raw.signal,
    keepAlive: keepAliveOf(c),
    ...(body !== undefined && { body }),
  }
}

/**
 * What the caller gets of Polar's answer, its body streaming and bounded.
 *
 * @throws {BffError} `polar_invalid_response` for a redirect, or a type that a browser would render.
 */
export function toApiAnswer(c: Context, answer: UpstreamAnswer): Response {
  const status = answer.status as StatusCode
  const type = answer.headers.get('Content-Type')
  if (
    // S35: no redirect is passed on
    (status >= 300 && status < 400 && status !== 304) ||
    // S36: nothing that a browser would render
    !(type === null || PASSING_TYPE.test(type))
  ) {
    void discard(answer)
    throw new BffError('polar_invalid_response', `${status} with ${type ?? 'no type'}`)
  }
  return c.newResponse(toBounded(answer), {
    status,
    // S34: only listed headers
    headers: pick(answer.headers, RESPONSE_HEADERS),
  })
}

function toBounded({ headers, body }: UpstreamAnswer): Body {
  // Nothing longer can come than its head told (RFC 9112 §6.3), and to count costs more than to pass.
  const length = Number(headers.get('Content-Length') ?? NaN)
  // S60: a compressed answer can be larger than its length
  // S60: the stated length counts too
  if (!headers.has('Content-Encoding') && length <= ANSWER_LIMIT_BYTES) return body
  // S60: an endless answer
  return bounded(body, ANSWER_LIMIT_BYTES, () => new Error('an answer that is too long'))
}

/** @throws {BffError} `not_found` for a path, `invalid_request` for a query that is not plain. */
function parseTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  const query = mark < 0 ? '' : target.slice(mark + 1)
  // What is below is matched to the letter, so an escape, a dot segment or a `;` fits no template.
  if (!path.startsWith(`${PATHS.api}/`)) {
    throw new BffError('not_found', 'not a path of the API')
  }
  // S32: no query longer than the limit
  if (query.length > QUERY_LIMIT || !/^[!$-;=?-Z[\]_a-z~^|{}`"]*$/.test(query)) {
    throw new BffError('invalid_request', 'not a query')
  }
  return { path: path.slice(PATHS.api.length), query }
}

function pick(from: Headers, names: readonly string[]): Headers {
  const headers = new Headers()
  for (const name of names) {
    const value = from.get(name)
    if (value !== null) headers.set(name, value)
  }
  return headers
}
