import { describe, expect, it } from 'vitest'
import { RETURN_PATHS_KEPT, RETURN_PATHS_REFUSED } from '../testing/return-path-vectors.ts'
import { safeReturnPath } from './return-path.ts'

const ORIGIN = 'https://app.example'

describe('S18: a return path', () => {
  it.each([...RETURN_PATHS_REFUSED, null, undefined])('%j becomes /', (value) => {
    expect(safeReturnPath(value, ORIGIN)).toBe('/')
  })

  it.each([...RETURN_PATHS_KEPT, `/${'a'.repeat(2047)}`])('%j survives byte for byte', (value) => {
    expect(safeReturnPath(value, ORIGIN)).toBe(value)
  })
})
