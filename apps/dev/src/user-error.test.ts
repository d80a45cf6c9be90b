import { expect, it } from 'vitest'
import { exitWith } from './user-error.ts'

it('a bug is thrown, so its stack is printed', () => {
  const bug = new TypeError('x is not a function')
  expect(() => exitWith(bug)).toThrow(bug)
})
