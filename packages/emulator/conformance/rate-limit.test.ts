/** The rate limit as one client with several tokens meets it. */
import { beforeEach, describe, expect, it } from 'vitest'
import { attachPolar } from './attach.ts'
import { type Polar } from './polar.ts'

const PATH = '/v1/organizations/'
const scope = { scope: 'openid organizations:read' }

const current = attachPolar()
let polar: Polar
beforeEach(() => {
  polar = current()
})

const limit = (rate_limit: number | null) => polar.control('PATCH', '/settings', { rate_limit })

describe('the rate limit', () => {
  it('is off unless set', async () => {
    const { access_token: token } = await polar.connect(scope)
    for (let call = 0; call < 120; call += 1) {
      expect((await polar.api(PATH, token)).status).toBe(200)
    }
  })

  it('C77: is shared by all tokens of a client, and refuses without a word', async () => {
    const one = await polar.connect(scope)
    const other = await polar.connect(scope)
    await limit(2)
    expect((await polar.api(PATH, one.access_token)).status).toBe(200)
    expect((await polar.api(PATH, other.access_token)).status).toBe(200)
    const refused = await polar.api(PATH, one.access_token)
    expect([refused.status, await refused.text()]).toEqual([429, ''])
    expect(refused.headers.get('Retry-After')).toBe('60')
    expect(refused.headers.get('Content-Type')).toBeNull()
    expect(refused.headers.get('Polar-Version')).toBe('2026-04')
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect((await polar.get(PATH)).status).toBe(401)
  })

  it('ends with its window, and counts nothing that it refused', async () => {
    const { access_token: token } = await polar.connect(scope)
    await limit(1)
    expect((await polar.api(PATH, token)).status).toBe(200)
    await polar.advance(50)
    expect((await polar.api(PATH, token)).status).toBe(429)
    await polar.advance(10)
    expect((await polar.api(PATH, token)).status).toBe(200)
    await limit(null)
    expect((await polar.api(PATH, token)).status).toBe(200)
  })

  it('holds at the token endpoint for everybody without a token, and never for the keys', async () => {
    await limit(1)
    expect((await polar.refresh('unknown')).status).toBe(400)
    expect((await polar.refresh('unknown')).status).toBe(429)
    expect((await polar.get('/.well-known/jwks.json')).status).toBe(200)
  })
})
