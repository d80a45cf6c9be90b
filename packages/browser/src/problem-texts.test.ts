import { AUTHORIZATION_ERRORS, PROBLEMS } from '@polar-connect/protocol'
import { describe, expect, it } from 'vitest'
import { ConnectError } from './errors.ts'
import { problemText } from './problem-texts.ts'

describe('the texts of errors', () => {
  it('know every problem and every authorization error', () => {
    const problems = Object.keys(PROBLEMS).filter((code) => code !== 'authorization_error')
    const errors = [...AUTHORIZATION_ERRORS, 'unknown'].map(
      (error) => `authorization_error.${error}`,
    )
    for (const code of [...problems, ...errors]) {
      const { code: key, title, text } = problemText(code)
      expect(key).toBe(code)
      expect(`${title} ${text}`, code).not.toMatch(/[{}]|undefined|[’“”!]/)
    }
  })

  it('speak of what the page speaks of', () => {
    const error = new ConnectError('insufficient_scope')
    const params = { app: 'Ledger', thing: 'orders', words: 'Read orders' }
    expect(problemText(error, params)).toEqual({
      title: 'This page needs one more permission',
      text: 'To show orders, Ledger needs permission to: Read orders.',
      action: 'grant',
      code: 'insufficient_scope',
      severity: 'notice',
      retryable: false,
    })
  })

  it('count down by what the server said, within reason', () => {
    const after = (retryAfterSeconds?: number) =>
      problemText(
        new ConnectError('polar_rate_limited', {
          ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
        }),
      ).text
    expect(after(12)).toBe('Trying again in 12 seconds.')
    expect(after(1)).toBe('Trying again in 1 second.')
    expect(after()).toBe('Trying again in 30 seconds.')
    expect(after(86_400)).toBe('Trying again in 900 seconds.')
  })

  it('promise no countdown where a sign-in broke off: nothing goes on by itself', () => {
    for (const code of ['rate_limited', 'polar_unavailable', 'polar_rate_limited']) {
      expect(problemText(code)).toMatchObject({ action: 'retry' })
      const { text, action } = problemText(code, { signingIn: true })
      expect(text).toMatch(/^(Your account is fine\. )?Wait a moment and try again\.$/)
      expect(action).toBe('connect')
    }
  })

  it.each([
    ['authorization_error.access_denied', 'notice', false],
    ['polar_unavailable', 'warning', true],
    ['invalid_client', 'error', false],
    ['page_crash', 'error', false],
  ])('tell how much %s matters: %s', (code, severity, retryable) => {
    expect(problemText(code)).toMatchObject({ severity, retryable })
  })

  it.each([new Error('x'), 'made_up', undefined, null, 'toString'])(
    'say little of %j, which nobody foresaw',
    (error) => {
      expect(problemText(error).title).toBe("That didn't work")
    },
  )
})
