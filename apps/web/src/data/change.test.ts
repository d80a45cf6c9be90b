import { describe, expect, it } from 'vitest'
import { decideChange } from './change.ts'

describe('A change', () => {
  it.each([
    [112, 100, { direction: 'up', share: 0.12 }],
    [88, 100, { direction: 'down', share: 0.12 }],
    [100, 100, { direction: 'same' }],
    [0, 0, { direction: 'same' }],
    [5, 0, { direction: 'new' }],
    [0, 5, { direction: 'down', share: 1 }],
    // More refunded than sold, and less of that: better than before.
    [-50, -100, { direction: 'up', share: 0.5 }],
  ])('to %d from %d is as it says', (now, before, change) => {
    expect(decideChange(now, before)).toEqual(change)
  })

  it('cannot be told of what is not known', () => {
    expect(decideChange(undefined, 1)).toBeUndefined()
    expect(decideChange(1, undefined)).toBeUndefined()
  })
})
