import { expect, it } from 'vitest'
import { securityText } from './security-text.ts'

it('S66: security.txt names a contact and an expiry of less than a year', () => {
  const text = securityText({
    contact: 'mailto:security@app.example',
    appOrigin: 'https://app.example',
    builtAt: '2026-11-23T12:00:00Z',
  })
  expect(text.split('\n')).toEqual([
    'Contact: mailto:security@app.example',
    'Expires: 2027-11-22T12:00:00.000Z',
    'Canonical: https://app.example/.well-known/security.txt',
    'Preferred-Languages: en',
    '',
  ])
})
