import { describe, expect, it } from 'vitest'
import { decideChange } from './change.ts'

describe('A change', () => {
  it.each([
    [112, 100, { direction: 'up', share: 0.12 }],
    [88, 100, { direction: 'down', share: 0.12 }],
    [5, 5, { direction: 'same' }],
    [0, 0, { direction: 'same' }],
    [1099, 100, { direction: 'up', share: 9.99 }],
    [1100, 100, { direction: 'up' }],
    [5, 0, { direction: 'up' }],
    [-5, 0, { direction: 'down' }],
    [0, 5, { direction: 'down', share: 1 }],
  ] as const)('to %d from %d', (now, before, change) => {
    expect(decideChange(now, before)).toEqual(change)
  })

  it('needs both sides', () => {
    expect(decideChange(1, undefined)).toBeUndefined()
    expect(decideChange(undefined, 1)).toBeUndefined()
  })
})
