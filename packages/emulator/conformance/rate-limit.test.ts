/** The rate limit, for one client with several tokens. */
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

/** A connection whose token was accepted once, so that it counts for the client. */
async function connect() {
  const tokens = await polar.connect(scope)
  await polar.api(PATH, tokens.access_token)
  return tokens
}

describe('the rate limit', () => {
  it('is off by default', async () => {
    const { access_token: token } = await polar.connect(scope)
    for (let call = 0; call < 120; call += 1) {
      expect((await polar.api(PATH, token)).status).toBe(200)
    }
  })

  it('C77: is shared by all tokens of a client, and answers without a body', async () => {
    const one = await connect()
    const other = await connect()
    await limit(2)
    expect((await polar.api(PATH, one.access_token)).status).toBe(200)
    expect((await polar.api(PATH, other.access_token)).status).toBe(200)
    const refused = await polar.api(PATH, one.access_token)
    expect([refused.status, await refused.text()]).toEqual([429, ''])
    expect(refused.headers.get('Retry-After')).toBe('60')
    expect(refused.headers.get('Content-Type')).toBeNull()
    expect(refused.headers.get('Polar-Version')).toMatch(/^\d{4}-\d{2}$/)
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect((await polar.get(PATH)).status).toBe(401)
  })

  it('ends with its window, and does not count refused calls', async () => {
    const { access_token: token } = await connect()
    await limit(1)
    expect((await polar.api(PATH, token)).status).toBe(200)
    await polar.advance(50)
    expect((await polar.api(PATH, token)).status).toBe(429)
    await polar.advance(10)
    expect((await polar.api(PATH, token)).status).toBe(200)
    await limit(null)
    expect((await polar.api(PATH, token)).status).toBe(200)
  })

  it('is separate for a token that was not accepted for five minutes', async () => {
    const { access_token: token, refresh_token } = await connect()
    // Retries would count, so the new tokens are committed immediately.
    await polar.control('PATCH', '/settings', { commit_delay_ms: [0, 0] })
    await limit(1)
    const statuses = async (access: string) => [
      (await polar.api(PATH, access)).status,
      (await polar.api(PATH, access)).status,
    ]
    expect(await statuses(token)).toEqual([200, 429])
    // The first call counts for the token. The next one counts for the client, whose limit is reached.
    const next = await polar.json(await polar.refreshAtOnce(refresh_token))
    expect(await statuses(String(next['access_token']))).toEqual([200, 429])
    await polar.advance(301)
    expect(await statuses(String(next['access_token']))).toEqual([200, 200])
    expect((await polar.api(PATH, String(next['access_token']))).status).toBe(429)
  })

  it('of an unknown token is sixty per minute, with any setting', async () => {
    await limit(500)
    for (let call = 0; call < 60; call += 1) {
      expect((await polar.api(PATH, 'polar_at_u_unknown')).status).toBe(401)
    }
    expect((await polar.api(PATH, 'polar_at_u_unknown')).status).toBe(429)
    expect((await polar.api(PATH, 'polar_at_u_other')).status).toBe(401)
  })

  it('covers the token endpoint for all calls without a token, but never the keys', async () => {
    await limit(1)
    expect((await polar.refresh('unknown')).status).toBe(400)
    expect((await polar.refresh('unknown')).status).toBe(429)
    expect((await polar.get('/.well-known/jwks.json')).status).toBe(200)
  })
})
