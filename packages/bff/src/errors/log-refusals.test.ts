import { afterEach, describe, expect, it, vi } from 'vitest'
import { logRefusals } from './log-refusals.ts'

afterEach(() => vi.restoreAllMocks())

const refusal = (status: number, route: string) => ({
  type: 'refused' as const,
  code: 'state_mismatch' as const,
  status,
  reference: 'k3m9x2ab',
  method: 'POST',
  route,
  reason: 'said no',
})

describe('the console', () => {
  it.each([
    ['a fault', 500, '/bff/api/v1/products/', true],
    ['a refused call', 401, '/bff/api/v1/products/', false],
    // The page of a failed sign-in shows the reference to the person.
    ['a failed sign-in', 400, '/bff/callback', true],
    ['a sign-in that did not begin', 400, '/connect/authorize', true],
  ])('tells of %s (%i at %s): %j', (_, status, route, told) => {
    const lines: unknown[] = []
    vi.spyOn(console, 'error').mockImplementation((line) => lines.push(line))
    logRefusals(refusal(status, route))
    const line = `polar-connect: state_mismatch (k3m9x2ab) at POST ${route}: said no`
    expect(lines).toEqual(told ? [line] : [])
  })

  it('has the place of a fault below its line', () => {
    const lines: unknown[] = []
    vi.spyOn(console, 'error').mockImplementation((line) => lines.push(line))
    logRefusals({ ...refusal(500, 'app'), stack: '    at load (/app/orders.ts:3:9)' })
    expect(lines).toEqual([
      'polar-connect: state_mismatch (k3m9x2ab) at POST app: said no\n    at load (/app/orders.ts:3:9)',
    ])
  })

  it('moves no cursor of a terminal', () => {
    const lines: unknown[] = []
    vi.spyOn(console, 'error').mockImplementation((line) => lines.push(line))
    logRefusals({ ...refusal(500, 'app'), reason: 'a\u{1b}[2K\r\n\u{202e}b' })
    expect(lines).toEqual(['polar-connect: state_mismatch (k3m9x2ab) at POST app: a [2K b'])
  })

  it('tells of a page at another address', () => {
    const lines: unknown[] = []
    vi.spyOn(console, 'error').mockImplementation((line) => lines.push(line))
    logRefusals({ type: 'other_address', expected: 'https://app.example', actual: '127.0.0.1:80' })
    expect(lines).toEqual([
      'polar-connect: other_address: called as 127.0.0.1:80, not as https://app.example: a page is open there, or a proxy changes Host',
    ])
  })
})
