import { describe, expect, it } from 'vitest'
import { decideWait, toPause } from './pause.ts'

const pauseOf = (headers: HeadersInit = {}) =>
  toPause(new Response(null, { status: 429, headers }), 'polar_rate_limited', 1_000_000)

describe('a pause', () => {
  it.each([
    [{ 'Retry-After': '12' }, 12],
    [
      {
        'Retry-After': 'Mon, 23 Nov 2026 14:02:20 GMT',
        Date: 'Mon, 23 Nov 2026 14:02:00 GMT',
      },
      20,
    ],
    [{}, 30],
    [{ 'Retry-After': '86400' }, 900],
  ])('after %j lasts %i seconds', (headers, seconds) => {
    expect(pauseOf(headers).until).toBe(1_000_000 + seconds * 1000)
  })

  it('refuses calls until it ends, and says how many seconds are left', () => {
    const pause = pauseOf({ 'Retry-After': '12' })
    expect(() => decideWait(pause, 1_000_000)).toThrow(
      expect.objectContaining({
        code: 'polar_rate_limited',
        details: { status: 429, retryAfterSeconds: 12 },
      }) as Error,
    )
    expect(() => decideWait(pause, 1_011_999)).toThrow('polar_rate_limited')
  })

  it('spreads the waiting calls over a quarter of its length', () => {
    const pause = pauseOf({ 'Retry-After': '12' })
    const waits = Array.from({ length: 200 }, () => decideWait(pause, 1_012_000))
    expect(new Set(waits).size).toBeGreaterThan(50)
    expect(Math.max(...waits)).toBeLessThan(3000)
    expect(Math.max(...waits)).toBeGreaterThan(2000)
    expect(Math.min(...waits)).toBeLessThan(1000)
    expect(decideWait(pause, 1_015_000)).toBe(0)
    expect(decideWait(undefined, 0)).toBe(0)
  })
})
