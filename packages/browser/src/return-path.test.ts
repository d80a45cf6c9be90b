import { describe, expect, it } from 'vitest'
import { safeReturnPath } from './return-path.ts'

const ORIGIN = 'https://app.example'

describe('a return path', () => {
  it.each([
    '',
    '//evil.com',
    '///evil.com',
    '/\\evil.com',
    '\\\\evil.com',
    '/\\/evil.com',
    '/%5cevil.com',
    '/%2f%2fevil.com',
    '/%2f/evil.com',
    '/..//evil.com',
    '/.//evil.com',
    '/a/..//evil.com',
    '/%2e%2e//evil.com',
    'https://evil.com',
    'https:evil.com',
    'https:/evil.com',
    'http://app.example@evil.com',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'blob:https://app.example/x',
    ' /ok',
    '\t//evil.com',
    '/\t/evil.com',
    '/\n/evil.com',
    '/%09/evil.com',
    '/%0d%0aSet-Cookie:a=b',
    '/%00',
    '/\u2028',
    '／evil.com',
    '/.evil.com/../..//x',
    '?x=1',
    '#x',
    'evil.com',
    '/a//b',
    '/%252f%252fevil.com',
    '/bff/logout',
    '/%62ff/logout',
    '/x/../bff/logout',
    '/x/%2e%2e/bff/logout',
    '/auth/callback?code=x',
    `/${'a'.repeat(2048)}`,
    ['/ok'],
    { path: '/ok' },
    null,
    undefined,
  ])('%j becomes /', (value) => {
    expect(safeReturnPath(value, ORIGIN)).toBe('/')
  })

  it.each([
    '/',
    '/a?b=c#d',
    '/a%20b',
    '/é',
    '/%C3%A9',
    '/orders?page=2&sort=-created_at',
    '/a?next=//x',
    '/a#//x',
    '/a?q=100%25',
    `/${'a'.repeat(2047)}`,
  ])('%j survives byte for byte', (value) => {
    expect(safeReturnPath(value, ORIGIN)).toBe(value)
  })
})
