import { describe, expect, it } from 'vitest'
import { isAuthorizationError } from './authorization-errors.ts'
import { isProblemCode, PROBLEMS, RETRYABLE_PROBLEMS } from './problems.ts'

describe('a reader of an untrusted answer', () => {
  it('takes a code of the list', () => {
    expect(isProblemCode('reauthorization_required')).toBe(true)
    expect(isAuthorizationError('access_denied')).toBe(true)
  })

  it.each(['toString', '__proto__', 'constructor', '', 'INTERNAL', null, 401, ['internal']])(
    'refuses %j',
    (value) => {
      expect(isProblemCode(value)).toBe(false)
      expect(isAuthorizationError(value)).toBe(false)
    },
  )
})

it('the retryable codes are those of the table', () => {
  const retryable = Object.entries(PROBLEMS).filter(([, row]) => 'retryable' in row)
  expect(RETRYABLE_PROBLEMS.toSorted()).toEqual(retryable.map(([code]) => code).toSorted())
})
