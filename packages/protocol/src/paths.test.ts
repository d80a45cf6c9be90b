import { describe, expect, it } from 'vitest'
import { PATHS, pathOf, type Call } from './paths.ts'

describe('the path of a call', () => {
  it.each(Object.entries(PATHS))('%s is %s', (call, path) => {
    expect(pathOf(call as Call)).toBe(path)
  })

  it('can be below another base path', () => {
    expect(pathOf('session', '/api/polar')).toBe('/api/polar/session')
  })
})
