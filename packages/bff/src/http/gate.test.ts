import { describe, expect, it } from 'vitest'
import { createLocalPolar } from '../testing/local-polar.ts'

const APP = 'https://app.example'
const ROUTES = [
  ['POST', '/bff/authorize'],
  ['POST', '/bff/callback'],
  ['GET', '/bff/session'],
  ['POST', '/bff/refresh'],
  ['GET', '/bff/userinfo'],
  ['POST', '/bff/logout'],
  ['GET', '/bff/api/v1/products/'],
  ['POST', '/bff/api/v1/checkouts/'],
  ['GET', '/bff/unknown'],
] as const

async function send(method: string, path: string, headers: Record<string, string>) {
  const { bff } = await createLocalPolar()
  return bff.fetch(new Request(`${APP}${path}`, { method, headers }))
}

describe('the gate', () => {
  it.each(ROUTES)('S13: refuses %s %s without the header', async (method, path) => {
    const answer = await send(method, path, { Origin: APP, 'Sec-Fetch-Site': 'same-origin' })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'csrf_rejected' })
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  it.each(['cross-site', 'same-site', 'none'])('S14: refuses a call from %s', async (site) => {
    const answer = await send('GET', '/bff/session', { 'X-CSRF': '1', 'Sec-Fetch-Site': site })
    expect(answer.status).toBe(403)
  })

  it('S14: refuses a navigation', async () => {
    const headers = { 'X-CSRF': '1', 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'navigate' }
    expect((await send('GET', '/bff/session', headers)).status).toBe(403)
  })

  it.each([
    'https://app.example.com.evil.example',
    'http://app.example',
    'https://app.example:8443',
    'https://app.example.',
    'https://sub.app.example',
    'null',
  ])('S15, S63: refuses the origin %s', async (origin) => {
    const answer = await send('GET', '/bff/session', { 'X-CSRF': '1', Origin: origin })
    expect(answer.status).toBe(403)
  })

  it('S38: a call that asks for an upgrade is refused', async () => {
    const headers = { 'X-CSRF': '1', 'Sec-Fetch-Site': 'same-origin', Upgrade: 'websocket' }
    expect((await send('GET', '/bff/session', headers)).status).toBe(400)
  })

  it.each([
    ['neither Origin nor Sec-Fetch-Site', {}, 403],
    ['Origin alone', { Origin: APP }, 200],
    ['Sec-Fetch-Site alone', { 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['both', { Origin: APP, 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['a foreign Origin', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' }, 403],
  ])('S15: an unsafe call with %s', async (_, headers, status) => {
    const answer = await send('POST', '/bff/logout', { 'X-CSRF': '1', ...headers })
    expect(answer.status).toBe(status)
  })

  it('S16: answers no preflight and names no origin', async () => {
    const headers = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' }
    const answer = await send('OPTIONS', '/bff/logout', headers)
    expect(answer.status).toBe(403)
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual(
      [],
    )
  })

  it('lets the health check through, which tells nothing', async () => {
    const answer = await send('GET', '/bff/health', {})
    expect(await answer.json()).toEqual({ status: 'ok' })
  })

  it.each(ROUTES.slice(0, 6))('S17: accepts %s %s only by that method', async (method, path) => {
    const other = method === 'GET' ? 'POST' : 'GET'
    const answer = await send(other, path, { 'X-CSRF': '1', Origin: APP })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('Allow')).toBe(method)
  })

  it('S55: lets no page frame an answer, refusals included', async () => {
    for (const headers of [{}, { 'X-CSRF': '1' }]) {
      const answer = await send('GET', '/bff/session', headers)
      expect(answer.headers.get('Content-Security-Policy')).toBe(
        "default-src 'none'; frame-ancestors 'none'; sandbox",
      )
    }
  })

  it('S28: lets no cache keep an answer, refusals included', async () => {
    for (const headers of [{}, { 'X-CSRF': '1' }]) {
      const answer = await send('GET', '/bff/session', headers)
      expect(answer.headers.get('Cache-Control')).toBe('no-store')
      expect(answer.headers.get('CDN-Cache-Control')).toBe('no-store')
      expect(answer.headers.get('Vary')).toBe('Cookie, Origin, Sec-Fetch-Site')
    }
  })
})
