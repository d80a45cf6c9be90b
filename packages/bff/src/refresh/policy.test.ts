import { BROWSER_REFRESH_SECONDS } from '@polar-connect/protocol'
import { describe, expect, it } from 'vitest'
import { FRESH_SECONDS } from '../polar/freshly-issued.ts'
import { TIME_LIMITS_MS } from '../errors/operations.ts'
import { POLAR_STALL_SECONDS } from '../testing/local-polar.ts'
import { POLICY } from './policy.ts'

/** The longest that an operation of a coordinator takes (its drivers' timeout). */
const COORDINATOR_ANSWER = 1

describe('the limits of a refresh', () => {
  it('let a browser go first, and outlast the wait for Polar', () => {
    expect(BROWSER_REFRESH_SECONDS).toBeGreaterThan(POLICY.due)
    expect(POLICY.due).toBeGreaterThan(POLICY.request)
  })

  it('wait for an answer that Polar gives after it stood still', () => {
    expect(POLICY.request).toBeGreaterThan(POLAR_STALL_SECONDS)
  })

  it('keep the lock until neither of two requests of its holder can be running', () => {
    const longest = FRESH_SECONDS + POLICY.request + 2 * COORDINATOR_ANSWER
    expect(POLICY.lock).toBeGreaterThan(longest)
  })

  it('let a caller go before the refresh ends', () => {
    expect(POLICY.callerWaits).toBeLessThan(POLICY.request)
    expect(POLICY.callerWaits).toBeGreaterThan(POLICY.logoutWaits)
    expect(POLICY.logoutWaits * 1000).toBeGreaterThanOrEqual(TIME_LIMITS_MS.revoke)
    expect(POLICY.callerWaits).toBeGreaterThan(POLICY.lateAnswer)
    expect(POLICY.lateAnswer).toBeGreaterThan(POLICY.poll)
  })

  it('offer what the coordinator missed while a late caller can still claim it', () => {
    expect(POLICY.successorKept).toBeGreaterThan(POLICY.offeredFor)
    expect(POLICY.offeredFor).toBeGreaterThan(POLICY.offerKeepsAlive)
    expect(POLICY.offerKeepsAlive).toBeGreaterThan(POLICY.offeredEvery)
  })
})
