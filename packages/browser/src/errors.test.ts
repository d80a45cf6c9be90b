import { describe, expect, it } from 'vitest'
import { toApiError } from './errors.ts'

describe('a 429 of Polar', () => {
  const waitOf = async (headers: Record<string, string>) =>
    (await toApiError(new Response(null, { status: 429, headers }))).details.retryAfterSeconds
  const now = 'Mon, 23 Nov 2026 14:02:00 GMT'

  it.each([
    [{ 'Retry-After': '12' }, 12],
    [{ 'Retry-After': 'Mon, 23 Nov 2026 14:02:20 GMT', Date: now }, 20],
    // Over already.
    [{ 'Retry-After': 'Mon, 23 Nov 2026 14:01:00 GMT', Date: now }, 0],
    [{ 'Retry-After': 'soon' }, undefined],
    [{}, undefined],
  ])('with %j waits for %s seconds', async (headers, seconds) => {
    expect(await waitOf(headers)).toBe(seconds)
  })
})

describe('an answer of Polar', () => {
  it('with 401 says nothing of the session: only the server can', async () => {
    expect((await toApiError(new Response(null, { status: 401 }))).code).toBe('upstream_error')
  })
})
