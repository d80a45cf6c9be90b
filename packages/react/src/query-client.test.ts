import { ConnectError, type ErrorCode } from '@polar-connect/browser'
import { describe, expect, it } from 'vitest'
import { createQueryClient } from './query-client.ts'

const { retry, retryDelay } = createQueryClient().getDefaultOptions().queries ?? {}
const isRetried = (error: Error, count = 0) =>
  (retry as (count: number, error: Error) => boolean)(count, error)
const fail = (code: ErrorCode, details = {}) => new ConnectError(code, details)

describe('a query that failed', () => {
  it.each<[boolean, Error]>([
    [true, fail('server_unreachable')],
    [true, fail('upstream_error')],
    [true, fail('upstream_timeout')],
    [true, new DOMException('given up', 'AbortError')],
    // The server named a time, so the page counts it down.
    [false, fail('polar_unavailable', { retryAfterSeconds: 20 })],
    [false, fail('polar_rate_limited', { retryAfterSeconds: 1 })],
    [false, fail('insufficient_scope')],
    [false, fail('reauthorization_required')],
    // The same request meets the same fault again.
    [false, fail('internal')],
    [false, new TypeError('a fault of the page')],
  ])('is retried: %s, after %s', (again, error) => {
    expect(isRetried(error)).toBe(again)
  })

  it('is retried at most twice, spread out', () => {
    expect(isRetried(fail('upstream_error'), 1)).toBe(true)
    expect(isRetried(fail('upstream_error'), 2)).toBe(false)
    const delays = [0, 1].map((count) => (retryDelay as (count: number) => number)(count))
    expect(delays[0]).toBeGreaterThanOrEqual(375)
    expect(delays[0]).toBeLessThanOrEqual(625)
    expect(delays[1]).toBeGreaterThanOrEqual(1500)
    expect(delays[1]).toBeLessThanOrEqual(2500)
  })
})
