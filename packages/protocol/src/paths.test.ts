import { expect, it } from 'vitest'
import { pathOf } from './paths.ts'

it('the path of a call is below the base path', () => {
  expect(pathOf('session')).toBe('/bff/session')
  expect(pathOf('session', '/api/polar')).toBe('/api/polar/session')
})
