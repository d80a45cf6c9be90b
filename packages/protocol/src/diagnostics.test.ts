import { describe, expect, it } from 'vitest'
import { describeSkew, joinChecks, summariseChecks, type Check } from './diagnostics.ts'

const passed: Check = { id: 'clock', status: 'ok', detail: 'The server is right.' }
const failed: Check = { id: 'clock', status: 'failed', detail: 'You are late.', fix: 'Set it.' }
const first: Check = { id: 'polar', status: 'skipped', detail: 'Not asked.' }

describe('halves of a check', () => {
  it('become one that is as bad as the worse, whichever came first', () => {
    const detail = { detail: 'The server is right. You are late.' }
    expect(joinChecks([passed, failed])).toEqual([{ ...failed, ...detail }])
    expect(joinChecks([failed, passed])).toMatchObject([{ status: 'failed', fix: 'Set it.' }])
  })

  it('pass where one passed and the other could not be made', () => {
    const skipped = { ...passed, status: 'skipped' } as const
    expect(joinChecks([skipped, passed])).toMatchObject([{ status: 'ok' }])
  })

  it('come in the order of the list', () => {
    expect(joinChecks([passed, first]).map(({ id }) => id)).toEqual(['polar', 'clock'])
  })
})

describe('a difference of clocks', () => {
  it.each([
    [1, '1 second ahead of'],
    [-119, '119 seconds behind'],
    [120, '2 minutes ahead of'],
    [-600, '10 minutes behind'],
  ])('of %i seconds is said as %s', (skew, text) => {
    expect(describeSkew(skew)).toBe(text)
  })
})

describe('the summary', () => {
  const warning = { ...passed, status: 'warning' } as const
  it.each([
    [[passed], '1 check passed'],
    [[passed, passed, warning], '2 checks passed, 1 needs attention'],
    [[failed, warning, warning, first], '0 checks passed, 1 failed, 2 need attention, 1 skipped'],
  ])('counts each kind: %#', (checks, text) => {
    expect(summariseChecks(checks)).toBe(text)
  })
})
