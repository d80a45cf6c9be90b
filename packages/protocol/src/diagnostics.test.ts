import { describe, expect, it } from 'vitest'
import {
  checkHealth,
  describeSkew,
  joinChecks,
  summariseChecks,
  verdictOf,
  type Check,
} from './diagnostics.ts'

const passed: Check = { id: 'clock', status: 'ok', detail: 'The server is right.' }
const failed: Check = { id: 'clock', status: 'failed', detail: 'You are late.', fix: 'Set it.' }
const first: Check = { id: 'polar', status: 'skipped', detail: 'Not asked.' }
const warning: Check = { ...passed, status: 'warning' }

describe('two checks of one id', () => {
  it('become the worse one, which speaks first', () => {
    const joined = { ...failed, detail: 'You are late. The server is right.' }
    expect(joinChecks([passed, failed])).toEqual([joined])
    expect(joinChecks([failed, passed])).toEqual([joined])
  })

  it('pass if one passed and the other could not be made', () => {
    const skipped: Check = { ...passed, status: 'skipped' }
    expect(joinChecks([skipped, passed])).toMatchObject([{ status: 'ok' }])
  })

  it('keep the differences of both', () => {
    const [one, two] = [
      { text: 'One.', breaks: false },
      { text: 'Two.', breaks: true },
    ] as const
    const left: Check = { ...passed, differences: [one] }
    expect(joinChecks([left, { ...failed, differences: [two] }])[0]?.differences).toEqual([
      two,
      one,
    ])
  })

  it('are in the order of the list', () => {
    expect(joinChecks([passed, first]).map(({ id }) => id)).toEqual(['polar', 'clock'])
  })
})

describe('the verdict', () => {
  const polar: Check = { id: 'polar', status: 'ok', detail: 'It answers.' }

  it('names the first check that sign-in depends on and that failed', () => {
    const secret: Check = {
      id: 'client_secret',
      status: 'failed',
      detail: 'Polar refused the client secret. 127.0.0.1:4567 answered invalid_client.',
    }
    expect(verdictOf([polar, secret, failed])).toEqual({
      works: false,
      text: "Sign-in can't work: Polar refused the client secret.",
    })
  })

  it('is open if such a check could not be made', () => {
    expect(verdictOf([first, passed])).toEqual({
      works: undefined,
      text: "Couldn't check whether sign-in works.",
    })
    expect(verdictOf([]).works).toBeUndefined()
  })

  it.each([
    [[polar, passed], 'Sign-in works.'],
    [[polar, warning], 'Sign-in works. 1 thing needs attention.'],
    [
      [polar, warning, { ...failed, id: 'headers' } as const],
      'Sign-in works. 2 things need attention.',
    ],
    [[polar, { ...first, id: 'diagnostics' } as const], 'Sign-in works.'],
  ])('of %# is %s', (checks, text) => {
    expect(verdictOf(checks)).toEqual({ works: true, text })
  })
})

describe('the health of a server', () => {
  const ok = { status: 200, body: { status: 'ok' } }

  it.each([
    [ok, 1999.6, 'ok', '/bff/health answers in 2000 ms.'],
    [ok, 2000, 'warning', '/bff/health answers in 2000 ms.'],
    [undefined, 1, 'failed', '/bff/health does not answer.'],
    [
      { status: 503, body: { status: 'shutting_down' } },
      1,
      'failed',
      'The server is shutting down.',
    ],
    [{ status: 200, body: null }, 1, 'failed', '/bff/health answers 200 without {"status":"ok"}.'],
    [
      { status: 308, body: null, location: 'https://app.example/bff/health' },
      1,
      'failed',
      '/bff/health redirects to https://app.example/bff/health.',
    ],
  ] as const)('with %j after %d ms is %s', (answer, milliseconds, status, detail) => {
    expect(checkHealth(answer, milliseconds)).toMatchObject({ id: 'server', status, detail })
  })
})

describe('a difference of clocks', () => {
  it.each([
    [1, '1 second ahead of'],
    [-119, '119 seconds behind'],
    [120, '2 minutes ahead of'],
    [-600, '10 minutes behind'],
  ])('of %i seconds is %s', (skew, text) => {
    expect(describeSkew(skew)).toBe(text)
  })
})

describe('the summary', () => {
  it.each([
    [[passed], '1 passed'],
    [[passed, passed, warning], '2 passed, 1 needs attention'],
    [[failed, warning, warning, first], '0 passed, 1 failed, 2 need attention, 1 not checked'],
  ])('counts each kind: %#', (checks, text) => {
    expect(summariseChecks(checks)).toBe(text)
  })
})
