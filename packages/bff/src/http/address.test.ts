import { describe, expect, it } from 'vitest'
import type { BffEvent } from '../errors/events.ts'
import { createLocalPolar } from '../testing/local-polar.ts'

const APP = 'https://app.example'

/** What is told of calls for the session with these headers. */
async function hear(...calls: readonly Record<string, string>[]): Promise<readonly BffEvent[]> {
  const { bff, events } = await createLocalPolar()
  for (const headers of calls) {
    const answer = await bff.request('/bff/session', { headers: { 'X-CSRF': '1', ...headers } })
    // The page names the right address by this answer.
    expect(await answer.json()).toMatchObject({ app_origin: APP })
  }
  return events.filter(({ type }) => type === 'other_address')
}

describe('a page that is opened at another host', () => {
  it.each([
    ['Host', { Host: '127.0.0.1:3000' }, '127.0.0.1:3000'],
    [
      'X-Forwarded-Host',
      { Host: 'app.internal', 'X-Forwarded-Host': 'Preview.example' },
      'preview.example',
    ],
    [
      'Forwarded',
      { Host: 'app.internal', Forwarded: 'for=1.2.3.4;host="a.example:81"' },
      'a.example:81',
    ],
    ['a host of the same name', { Host: 'app.example.evil.example' }, 'app.example.evil.example'],
    ['another port', { Host: 'app.example:8443' }, 'app.example:8443'],
  ])('is told by %s', async (_, headers, actual) => {
    expect(await hear(headers)).toEqual([{ type: 'other_address', expected: APP, actual }])
  })

  it('is told once', async () => {
    expect(await hear({ Host: 'a.example' }, { Host: 'b.example' })).toHaveLength(1)
  })
})

describe('nothing is told', () => {
  it.each([
    ['of the right host', { Host: 'App.example' }],
    ['of its default port', { Host: 'app.example:443' }],
    ['behind a proxy that changes Host', { Host: '10.0.0.5', 'X-Forwarded-Host': 'app.example' }],
    ['behind two proxies', { Host: '10.0.0.5', 'X-Forwarded-Host': 'app.example, inner.example' }],
    ['by the standard header', { Host: '10.0.0.5', Forwarded: 'for="[::1]";host=app.example' }],
    ['where no header names a host', {}],
  ])('%s', async (_, headers) => {
    expect(await hear(headers)).toEqual([])
  })
})
