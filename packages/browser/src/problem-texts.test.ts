import { AUTHORIZATION_ERRORS, PROBLEMS } from '@polar-connect/protocol'
import { describe, expect, it } from 'vitest'
import { ConnectError } from './errors.ts'
import { problemText } from './problem-texts.ts'

const CODES = [
  ...Object.keys(PROBLEMS).filter((code) => code !== 'authorization_error'),
  ...[...AUTHORIZATION_ERRORS, 'unknown'].map((error) => `authorization_error.${error}`),
]

describe('the texts of errors', () => {
  it.each(CODES)('cover %s', (code) => {
    const { code: key, title, text } = problemText(code)
    expect(key).toBe(code)
    expect(`${title} ${text}`).not.toMatch(/[{}]|undefined|[’“”!]/)
    for (const sentence of text.split(/(?<=\.) /)) {
      expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(16)
    }
  })

  it('fill in the values of the page', () => {
    const params = { app: 'Ledger', words: 'see your orders' }
    expect(problemText(new ConnectError('insufficient_scope'), params)).toEqual({
      title: 'Allow access to see this',
      text: 'Ledger needs your permission to see your orders.',
      action: 'grant',
      code: 'insufficient_scope',
      severity: 'notice',
      retryable: false,
    })
    expect(problemText('load_failed', { things: 'your orders' }).title).toBe(
      "We couldn't load your orders",
    )
    expect(problemText('organization_mismatch', { org: 'Acme', picked: 'Bits' })).toMatchObject({
      title: 'You picked Bits',
      text: 'To reconnect, pick Acme. Nothing changed.',
    })
    expect(problemText('validation', { field: 'Label' }).title).toBe('1 thing to fix: Label')
    expect(problemText('validation', { count: 2 }).title).toBe('2 things to fix')
  })

  it('name the address that works', () => {
    const error = new ConnectError('wrong_address', { origin: 'https://ledger.example' })
    expect(problemText(error, { app: 'Ledger' })).toMatchObject({
      title: 'Open Ledger at https://ledger.example',
      action: 'address',
    })
  })

  it.each([
    [12, 'Continuing in 12 seconds.'],
    [1, 'Continuing in 1 second.'],
    [undefined, 'Continuing in 30 seconds.'],
    [86_400, 'Continuing in 900 seconds.'],
  ])('count down from %s seconds, as the server said', (retryAfterSeconds, text) => {
    const details = { ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }
    expect(problemText(new ConnectError('polar_rate_limited', details)).text).toBe(text)
  })

  it.each(['rate_limited', 'polar_unavailable', 'polar_rate_limited'])(
    'of %s promise no countdown after a failed sign-in, because nothing continues by itself',
    (code) => {
      expect(problemText(code)).toMatchObject({ action: 'retry' })
      expect(problemText(code, { signingIn: true })).toMatchObject({
        text: 'Wait a moment and try again.',
        action: 'connect',
      })
    },
  )

  it('offer diagnostics only to developers, and a reference to everyone who has one', () => {
    const error = new ConnectError('session_too_large', { reference: 'k3m9x2ab' })
    const ours = 'This is a problem in this app, not something you did.'
    expect(problemText(error, { development: true })).toMatchObject({
      text: ours,
      action: 'diagnostics',
    })
    expect(problemText(error)).toMatchObject({
      text: `${ours} Contact support and quote k3m9x2ab.`,
      action: 'home',
    })
    expect(problemText('session_too_large')).toMatchObject({ text: ours, action: 'home' })
  })

  it('mention a reference only if there is one', () => {
    expect(problemText('unknown').text).toBe('Try again. If it keeps happening, contact support.')
    expect(problemText(new ConnectError('unknown', { reference: 'k3m9x2ab' })).text).toBe(
      'Try again. If it keeps happening, contact support and quote k3m9x2ab.',
    )
  })

  it.each([
    ['authorization_error.access_denied', 'notice', false],
    ['polar_unavailable', 'warning', true],
    ['refresh_timeout', 'warning', true],
    ['upstream_error', 'warning', true],
    ['invalid_client', 'error', false],
    ['page_crash', 'error', false],
    ['internal', 'error', false],
  ])('grade %s as %s, with another try: %s', (code, severity, retryable) => {
    expect(problemText(code)).toMatchObject({ severity, retryable })
  })

  it.each([new Error('x'), 'made_up', undefined, null, 'toString'])(
    'say little about %j, which has no code',
    (error) => {
      expect(problemText(error).title).toBe("That didn't work")
    },
  )
})
