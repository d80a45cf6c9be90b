import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'

const callback = 'http://localhost:3000/callback'
// Without commit delays: the library does not ask again.
const polar = createEmulator({ redirectUris: [callback], commitDelayMs: [0, 0] })
let config: oidc.Configuration
let close: () => Promise<void>

beforeAll(async () => {
  ;({ close } = await polar.listen())
  const authentication = oidc.ClientSecretPost(DEFAULT_CLIENT_SECRET)
  config = new oidc.Configuration(polar.metadata, DEFAULT_CLIENT_ID, {}, authentication)
  oidc.allowInsecureRequests(config) // plain HTTP, on this computer
})
afterAll(() => close())

async function begin() {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: callback,
    scope: 'openid products:read',
    state: 'the-state',
    nonce: 'the-nonce', // with openid always: Polar sends `"nonce": null` otherwise
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  const expected = { expectedState: 'the-state', expectedNonce: 'the-nonce' }
  return { url, checks: { pkceCodeVerifier, ...expected } }
}

test('allowing gives the app a token for ten days', async () => {
  const { url, checks } = await begin()
  const back = await polar.allow(url, { person: 'ada@example.com', organization: 'acme-books' })
  const tokens = await oidc.authorizationCodeGrant(config, back, checks)
  expect(tokens.expires_in).toBe(864_000)
})

test('denying gives the app an error', async () => {
  const { url } = await begin()
  const back = await polar.deny(url, { person: 'grace@example.com' })
  expect(back.searchParams.get('error')).toBe('access_denied')
})
