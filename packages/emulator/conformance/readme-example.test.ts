import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, expect, test } from 'vitest'

const callback = 'http://localhost:3000/callback'
const client = { client_id: DEFAULT_CLIENT_ID }
const authentication = oauth.ClientSecretPost(DEFAULT_CLIENT_SECRET)
const insecure = { [oauth.allowInsecureRequests]: true } // plain HTTP, on this computer
let polar: oauth.AuthorizationServer
let close: () => Promise<void>

beforeAll(async () => {
  const { url, ...listening } = await createEmulator({ redirectUris: [callback] }).listen()
  polar = {
    issuer: url,
    authorization_endpoint: `${url}/oauth2/authorize`,
    token_endpoint: `${url}/v1/oauth2/token`,
  }
  close = listening.close
})
afterAll(() => close())

test('a person who allows the app gets it a token for ten days', async () => {
  const codeVerifier = oauth.generateRandomCodeVerifier()
  const request = new URL(polar.authorization_endpoint ?? '')
  request.search = new URLSearchParams({
    response_type: 'code',
    ...client,
    redirect_uri: callback,
    scope: 'products:read',
    state: 'the-state',
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  }).toString()

  // Ada is signed in. This is her press on Allow.
  const pressed = await fetch(new URL(`/v1/oauth2/consent${request.search}`, request), {
    method: 'POST',
    body: new URLSearchParams({ action: 'allow' }),
    redirect: 'manual',
  })

  const back = new URL(pressed.headers.get('Location') ?? '')
  const parameters = oauth.validateAuthResponse(polar, client, back, 'the-state')
  const answer = await oauth.authorizationCodeGrantRequest(
    polar,
    client,
    authentication,
    parameters,
    callback,
    codeVerifier,
    insecure,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(polar, client, answer)
  expect(tokens.expires_in).toBe(864_000)
})
