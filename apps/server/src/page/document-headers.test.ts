import { describe, expect, it } from 'vitest'
import { documentHeaders, transportSecurity } from './document-headers.ts'

const policy = documentHeaders(undefined)['Content-Security-Policy']?.split('; ')

describe('the headers of a page', () => {
  it('S46: allow only scripts of the app, and none made from text', () => {
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ]),
    )
  })

  it('S55: forbid frames', () => {
    expect(policy).toContain("frame-ancestors 'none'")
  })
})

describe('the Strict-Transport-Security of a page', () => {
  it.each([
    ['', 'max-age=63072000'],
    [' ', 'max-age=63072000'],
    [' max-age=300 ', 'max-age=300'],
    [' Off ', undefined],
  ])('with the setting %j is %s', (setting, header) => {
    expect(transportSecurity(setting, true)).toBe(header)
  })
})
