import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import * as oauth from 'oauth4webapi'

const callback = 'http://localhost:3000/callback'
// Without commit delays: the library does not ask again.
const polar = createEmulator({ redirectUris: [callback], commitDelayMs: [0, 0] })
let close: () => Promise<void>
before(async () => {
  ;({ close } = await polar.listen())
})
after(() => close())

test('a used refresh token is dead', async () => {
  const client = { client_id: DEFAULT_CLIENT_ID }
  const secret = oauth.ClientSecretPost(DEFAULT_CLIENT_SECRET)
  const insecure = { [oauth.allowInsecureRequests]: true } // plain HTTP, on this computer
  const verifier = oauth.generateRandomCodeVerifier()
  const url = new URL(polar.metadata.authorization_endpoint)
  url.search = new URLSearchParams({
    ...client,
    response_type: 'code',
    redirect_uri: callback,
    scope: 'products:read',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()

  const back = await polar.allow(url)
  const code = oauth.validateAuthResponse(polar.metadata, client, back)
  const exchange = [polar.metadata, client, secret, code, callback, verifier, insecure] as const
  const answer = await oauth.authorizationCodeGrantRequest(...exchange)
  const tokens = await oauth.processAuthorizationCodeResponse(polar.metadata, client, answer)

  const refresh = [polar.metadata, client, secret, tokens.refresh_token ?? '', insecure] as const
  assert.equal((await oauth.refreshTokenGrantRequest(...refresh)).status, 200)
  assert.equal((await oauth.refreshTokenGrantRequest(...refresh)).status, 400)
})
