/** Popular client libraries run through a whole connection, with static metadata. */
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { attachPolar } from './attach.ts'
import { ADA, CALLBACK, type Polar } from './polar.ts'

const current = attachPolar()
let polar: Polar
beforeEach(() => {
  polar = current()
})

const scope = 'openid email products:read'
/** The emulator's address is plain HTTP, on this computer. */
const insecure = { [oauth.allowInsecureRequests]: true } as const

const metadata = () => ({
  issuer: polar.url,
  authorization_endpoint: `${polar.url}/oauth2/authorize`,
  token_endpoint: `${polar.url}/v1/oauth2/token`,
  jwks_uri: `${polar.url}/.well-known/jwks.json`,
  introspection_endpoint: `${polar.url}/v1/oauth2/introspect`,
  revocation_endpoint: `${polar.url}/v1/oauth2/revoke`,
  userinfo_endpoint: `${polar.url}/v1/oauth2/userinfo`,
})

/** Presses *Authorize*, and returns the callback URL. */
async function allow(authorization: URL): Promise<URL> {
  const consent = `/v1/oauth2/consent${authorization.search}`
  const response = await polar.post(consent, { action: 'allow' })
  return new URL(response.headers.get('Location') ?? '')
}

describe('oauth4webapi', () => {
  it('connects, refreshes, introspects and revokes', async () => {
    const server: oauth.AuthorizationServer = metadata()
    const client: oauth.Client = { client_id: polar.client.client_id }
    const authentication = oauth.ClientSecretPost(polar.client.client_secret)
    const codeVerifier = oauth.generateRandomCodeVerifier()
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
    const authorization = new URL(metadata().authorization_endpoint)
    authorization.search = new URLSearchParams({
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      scope,
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    }).toString()

    const callback = oauth.validateAuthResponse(server, client, await allow(authorization), state)
    // Polar answers before it commits: retries while the code is unknown (C109).
    const exchanged = await vi.waitFor(async () => {
      const answer = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        callback,
        CALLBACK,
        codeVerifier,
        insecure,
      )
      expect(answer.status).toBe(200)
      return answer
    })
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, exchanged, {
      expectedNonce: nonce,
      requireIdToken: true,
    })
    await oauth.validateApplicationLevelSignature(server, exchanged, insecure)
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({
      sub: ADA,
      email: 'ada@example.com',
    })

    const rotated = await vi.waitFor(async () => {
      const token = tokens.refresh_token ?? ''
      const answer = await oauth.refreshTokenGrantRequest(
        server,
        client,
        authentication,
        token,
        insecure,
      )
      expect(answer.status).toBe(200)
      return answer
    })
    const refreshed = await oauth.processRefreshTokenResponse(server, client, rotated)
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token)

    const introspect = async (token: string) =>
      oauth.processIntrospectionResponse(
        server,
        client,
        await oauth.introspectionRequest(server, client, authentication, token, insecure),
      )
    await expect
      .poll(() => introspect(refreshed.access_token))
      .toMatchObject({ active: true, sub: ADA, scope })
    expect(await introspect(tokens.access_token)).toEqual({ active: false })

    await oauth.processRevocationResponse(
      await oauth.revocationRequest(
        server,
        client,
        authentication,
        refreshed.access_token,
        insecure,
      ),
    )
    await expect.poll(() => introspect(refreshed.access_token)).toEqual({ active: false })
  })
})

describe('openid-client', () => {
  it('connects, refreshes, introspects and revokes', async () => {
    const { client_id, client_secret } = polar.client
    const authentication = openid.ClientSecretPost(client_secret)
    const config = new openid.Configuration(metadata(), client_id, client_secret, authentication)
    openid.allowInsecureRequests(config)
    openid.enableNonRepudiationChecks(config)
    const pkceCodeVerifier = openid.randomPKCECodeVerifier()
    const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()]
    const authorization = openid.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope,
      state: expectedState,
      nonce: expectedNonce,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })

    const callback = await allow(authorization)
    const checks = { pkceCodeVerifier, expectedState, expectedNonce }
    const tokens = await vi.waitFor(() => openid.authorizationCodeGrant(config, callback, checks))
    expect(tokens.claims()).toMatchObject({ sub: ADA })
    expect(tokens.expires_in).toBe(864_000)
    const userinfo = () => openid.fetchUserInfo(config, tokens.access_token, ADA)
    expect(await vi.waitFor(userinfo)).toMatchObject({ sub: ADA })

    const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '')
    expect(refreshed.expires_in).toBe(3600)
    const state = () => openid.tokenIntrospection(config, refreshed.access_token)
    await expect.poll(state).toMatchObject({ active: true, sub: ADA })
    const again = openid.refreshTokenGrant(config, tokens.refresh_token ?? '')
    await expect(again).rejects.toMatchObject({ error: 'invalid_grant' })

    await openid.tokenRevocation(config, refreshed.refresh_token ?? '')
    await expect.poll(state).toEqual({ active: false })
  })

  it('refuses an ID token with the signature of another key', async () => {
    const { client_id, client_secret } = polar.client
    const authentication = openid.ClientSecretPost(client_secret)
    const config = new openid.Configuration(metadata(), client_id, client_secret, authentication)
    openid.allowInsecureRequests(config)
    openid.enableNonRepudiationChecks(config)
    const pkceCodeVerifier = openid.randomPKCECodeVerifier()
    const authorization = openid.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope,
      // Without a nonce, Polar sends null, which this library refuses.
      nonce: 'n-1',
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    await polar.control('POST', '/faults', { id_token: 'unknown_key' })
    const callback = await allow(authorization)
    const checks = { pkceCodeVerifier, expectedNonce: 'n-1' }
    await vi.waitFor(async () => {
      await expect(openid.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject({
        cause: { message: expect.stringContaining('signature verification failed') as string },
      })
    })
  })
})
