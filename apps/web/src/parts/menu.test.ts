import { describe, expect, it } from 'vitest'
import { decideItem } from './menu.tsx'

const TEXTS = ['System', 'Light', 'Dark']

describe('A menu', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 2, 0],
    ['ArrowUp', 0, 2],
    ['Home', 2, 0],
    ['End', 0, 2],
    ['d', 0, 2],
    ['L', 2, 1],
    ['x', 0, undefined],
    [' ', 0, undefined],
    ['Enter', 0, undefined],
    ['Tab', 0, undefined],
  ])('on %s at item %d goes to %s', (key, at, next) => {
    expect(decideItem(key, at, TEXTS)).toBe(next)
  })
})
