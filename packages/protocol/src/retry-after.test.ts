import { describe, expect, it } from 'vitest'
import { retryAfterOf } from './retry-after.ts'

const DATE = 'Mon, 23 Nov 2026 14:02:00 GMT'
const TWENTY_LATER = 'Mon, 23 Nov 2026 14:02:20 GMT'
const now = Date.parse(DATE) / 1000

describe('Retry-After', () => {
  it.each<[Record<string, string>, number | undefined]>([
    [{ 'Retry-After': '12' }, 12],
    [{ 'Retry-After': '0' }, 0],
    [{ 'Retry-After': TWENTY_LATER }, 20],
    // The server's clock is an hour behind.
    [{ 'Retry-After': 'Mon, 23 Nov 2026 13:02:20 GMT', Date: 'Mon, 23 Nov 2026 13:02:00 GMT' }, 20],
    [{ 'Retry-After': DATE, Date: TWENTY_LATER }, 0],
    [{ 'Retry-After': 'soon' }, undefined],
    [{}, undefined],
  ])('of %j is %s seconds', (headers, seconds) => {
    expect(retryAfterOf({ get: (name) => headers[name] ?? null }, now)).toBe(seconds)
  })
})
