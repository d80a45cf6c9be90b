import { describe, expect, it } from 'vitest'
import { RETURN_PATHS_KEPT, RETURN_PATHS_REFUSED } from '../testing/return-path-vectors.ts'
import { safeReturnPath } from './return-path.ts'

const safe = (value: unknown, closed = ['/bff', '/auth/callback']) =>
  safeReturnPath(value, 'https://app.example', closed)

describe('S18: a return path', () => {
  it.each([...RETURN_PATHS_REFUSED, null, undefined])('%j becomes /', (value) => {
    expect(safe(value)).toBe('/')
  })

  it.each([...RETURN_PATHS_KEPT, `/${'a'.repeat(2047)}`])('%j survives byte for byte', (value) => {
    expect(safe(value)).toBe(value)
  })

  it('S18: never leads to the base path or to the callback of the app', () => {
    const closed = ['/connect', '/oauth/return']
    for (const path of ['/connect', '/connect/logout', '/oauth/return', '/oauth/return?code=x']) {
      expect(safe(path, closed)).toBe('/')
    }
    for (const path of ['/bff/logout', '/auth/callback', '/connected', '/oauth']) {
      expect(safe(path, closed)).toBe(path)
    }
  })
})
