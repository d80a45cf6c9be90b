/** What a route answers, and what each answer carries: no one may keep, frame or render it. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Body } from '../runtime/bounded-body.ts'

/** Plain values until it leaves: making `Headers` for each answer costs more than all checks. */
export interface Answer {
  readonly status: number
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Body | string
}

/** Answers the calls of one route. */
export type Handle = (c: Context) => Answer | Promise<Answer>

/** What every answer carries. */
export const ANSWER_HEADERS = {
  // S28: for every answer, refusals too
  'cache-control': 'no-store',
  'cdn-cache-control': 'no-store',
  vary: 'Cookie, Origin, Sec-Fetch-Site',
  'x-content-type-options': 'nosniff',
  // S55: no answer is framed
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
} as const

export function json(value: unknown): Answer {
  const headers = { 'content-type': 'application/json' }
  return { status: 200, headers, body: JSON.stringify(value) }
}

/** With what was set on `c` before: our cookies, and headers of the app's middleware. */
export function toResponse(c: Context, answer: Answer): Response {
  const { body } = answer
  const status = answer.status as ContentfulStatusCode
  const headers = { ...answer.headers, ...ANSWER_HEADERS }
  const [isSet] = c.newResponse(null).headers
  return isSet ? c.newResponse(body, { status, headers }) : new Response(body, { status, headers })
}
