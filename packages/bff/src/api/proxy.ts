/**
 * The proxy to Polar's API. It denies by default, rebuilds requests from an allow-list, and passes on
 * only what a script may see. Nothing of the caller's cookies or addresses travels on.
 */
import type { Context } from 'hono'
import { BffError } from '../errors/bff-error.ts'
import type { Answer } from '../http/answer.ts'
import { readBody } from '../http/body.ts'
import { bounded, type Body } from '../runtime/bounded-body.ts'
import type { Sessions } from '../session/request-session.ts'
import { POLAR_VERSION } from '../settings/polar-server.ts'
import type { Settings } from '../settings/settings.ts'
import { discard, type AnswerHeaders, type UpstreamAnswer } from '../upstream/upstream.ts'
import type { AllowList } from './allow-list.ts'
import type { CallApi } from './call.ts'
import { targetOf } from './target.ts'

const BODY_LIMIT_BYTES = 256 * 1024
const ANSWER_LIMIT_BYTES = 10 * 1024 * 1024

/** What Polar may see of a caller's headers. */
export const REQUEST_HEADERS = [
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

/** JSON of any kind and plain text: a browser renders nothing else from them. */
const PASSING_TYPE = /^(application\/([a-z0-9.+-]+\+)?json|text\/plain)\s*(;[^,]*)?$/i

export function createProxy(
  settings: Settings,
  allowList: AllowList,
  sessions: Sessions,
  callApi: CallApi,
) {
  return {
    /** `ANY /bff/api/*` */
    async pass(c: Context): Promise<Answer> {
      const { path, query } = targetOf(c, settings)
      const { method } = c.req
      const listed = allowList.find(method, path)
      const current = sessions.of(c)
      // S33: only listed headers, no cookie
      const headers = pick(c.req.raw.headers, REQUEST_HEADERS)
      headers['polar-version'] ??= POLAR_VERSION
      let body: Uint8Array<ArrayBuffer> | undefined
      if (method !== 'GET') {
        // Only a connected caller may send 256 KB.
        await current.require()
        body = await readBody(c.req.raw, BODY_LIMIT_BYTES)
      }
      const answer = await callApi(current, {
        operation: 'api',
        method,
        path: query === '' ? listed : `${listed}?${query}`,
        headers,
        // S38: the call ends with its client
        signal: c.req.raw.signal,
        ...(body !== undefined && { body }),
      })
      return toAnswer(answer)
    },

    /** `GET /bff/userinfo` */
    async userinfo(c: Context): Promise<Answer> {
      const answer = await callApi(sessions.of(c), {
        operation: 'userinfo',
        method: 'GET',
        path: '/v1/oauth2/userinfo',
        headers: { accept: 'application/json' },
        signal: c.req.raw.signal,
      })
      return toAnswer(answer)
    },
  }
}

/** @throws {BffError} `polar_invalid_response` for a redirect, or a type that a browser renders. */
function toAnswer(answer: UpstreamAnswer): Answer {
  const { status } = answer
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
  return toListed(answer)
}

/** What a caller may see of Polar's answer. */
export function toListed(answer: UpstreamAnswer): Answer {
  // S34: only listed headers
  const headers = pick(answer.headers, RESPONSE_HEADERS)
  return { status: answer.status, headers, body: toBounded(answer) }
}

function toBounded({ headers, body }: UpstreamAnswer): Body {
  // No more than the stated length can come (RFC 9112 §6.3), so counting again is wasted.
  const length = Number(headers.get('Content-Length') ?? NaN)
  // S60: a compressed answer can be larger than its length
  // S60: the stated length counts too
  if (!headers.has('Content-Encoding') && length <= ANSWER_LIMIT_BYTES) return body
  // S60: an endless answer
  return bounded(body, ANSWER_LIMIT_BYTES, () => new Error('an answer that is too long'))
}

/** Those of `names` that are in `from`. */
export function pick(from: AnswerHeaders, names: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name of names) {
    const value = from.get(name)
    if (value !== null) headers[name] = value
  }
  return headers
}
