import { describe, expect, it } from 'vitest'
import { toApiError } from './errors.ts'

const codeOf = async (status: number, headers: HeadersInit = {}) =>
  (await toApiError(new Response(null, { status, headers }))).code

describe('an answer of Polar', () => {
  it.each([
    [403, 'not_permitted'],
    [404, 'not_found'],
    [409, 'conflict'],
    [410, 'gone'],
    [418, 'unknown'],
    [422, 'validation'],
    [429, 'polar_rate_limited'],
    [500, 'upstream_error'],
    [503, 'upstream_error'],
    [504, 'upstream_timeout'],
    // Only the BFF can say that a session ended.
    [401, 'upstream_error'],
  ])('with %i is %s', async (status, code) => {
    expect(await codeOf(status)).toBe(code)
  })

  it('with a challenge names the scopes, of which one is enough', async () => {
    const headers = {
      'WWW-Authenticate':
        'Bearer realm="polar", error="insufficient_scope", scope="a:read a:write"',
    }
    expect(await toApiError(new Response(null, { status: 403, headers }))).toMatchObject({
      code: 'insufficient_scope',
      details: { scopes: ['a:read', 'a:write'] },
    })
  })

  it('keeps the body and the seconds to wait', async () => {
    const headers = { 'Retry-After': '12' }
    const body = JSON.stringify({ detail: 'slow down' })
    expect(await toApiError(new Response(body, { status: 429, headers }))).toMatchObject({
      details: { status: 429, retryAfterSeconds: 12, body: { detail: 'slow down' } },
    })
  })
})
