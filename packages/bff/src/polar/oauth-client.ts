/**
 * Our client at Polar's authorization server: exchange, refresh, revoke, introspect. oauth4webapi
 * speaks the protocol; this file says what an answer means to us.
 */
import { retryAfterOf } from '@polar-connect/protocol'
import * as oauth from 'oauth4webapi'
import { BffError } from '../errors/bff-error.ts'
import type { Operation } from '../errors/events.ts'
import { quietly, type KeepAlive } from '../runtime/keep-alive.ts'
import { pause, systemTime } from '../runtime/time.ts'
import type { Settings } from '../settings/settings.ts'
import { FRESH_MS, isFresh } from './freshly-issued.ts'
import { isGatewayTimeout, isTransient, toBffError, toIdTokenError } from './oauth-errors.ts'
import type { Pauses } from './pauses.ts'
import { TIME_LIMITS_MS } from './time-limits.ts'
import { parseTokenAnswer, toTokens, type TokenAnswer, type Tokens } from './token-answer.ts'
import type { PolarTransport } from './transport.ts'

const CLOCK_TOLERANCE_SECONDS = 60

/** What an authorization code was exchanged for. The ID token is not checked yet. */
export interface Exchanged {
  readonly tokens: Tokens
  readonly idToken: string | undefined
  /**
   * Checks the ID token's claims (OpenID Connect Core §3.1.3.7), for a token that `issuer` made.
   * The signature is for the caller to check.
   *
   * @throws {BffError} `id_token_invalid`.
   */
  checkClaims(issuer: string): Promise<oauth.IDToken>
}

/** What introspection says of a token (RFC 7662). */
export interface Introspection {
  readonly subjectType: 'user' | 'organization' | undefined
  readonly subjectId: string | undefined
  /** Empty means all organizations of the person. */
  readonly organizations: readonly string[]
}

/** See {@link createOAuthClient}. */
export type OAuthClient = ReturnType<typeof createOAuthClient>

/**
 * Each call throws a `BffError`: `invalid_grant`, `invalid_client`, `unauthorized_client`,
 * `polar_unavailable` or `polar_invalid_response`.
 */
export function createOAuthClient(
  settings: Pick<Settings, 'clientId' | 'clientSecret' | 'server' | 'time' | 'onEvent'>,
  transport: PolarTransport,
  pauses: Pauses,
) {
  const { clientId, server, time, onEvent } = settings
  const { metadata } = server
  const authentication = oauth.ClientSecretPost(settings.clientSecret)

  const client = (): oauth.Client => ({
    client_id: clientId,
    [oauth.clockSkew]: Math.round(time.now() - systemTime.now()),
    // S56: clocks may differ, but not by more
    [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
  })

  /** To whom a request goes, and in whose name. */
  const parties = () => [metadata, client(), authentication] as const

  const http = (operation: Operation, timeoutMs: number) => ({
    [oauth.allowInsecureRequests]: server.loopback,
    [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<string, URLSearchParams>) =>
      transport.sendSmall(operation, {
        method: init.method,
        path: new URL(url).pathname,
        headers: init.headers,
        body: new TextEncoder().encode(init.body.toString()),
        timeoutMs,
      }),
  })

  /** Reads an answer, and reports and names what is wrong with it. */
  async function read<Answer>(
    operation: Operation,
    request: Promise<Response>,
    parse: (response: Response) => Promise<Answer>,
  ): Promise<Answer> {
    const startedAt = time.elapsed()
    const response = await request
    const { status, headers } = response
    try {
      if (status === 429) await pauses.begin('token', headers)
      if (isTransient(status)) {
        const retryAfterSeconds = retryAfterOf(headers, time.now())
        throw new BffError('polar_unavailable', `${operation} answered ${status}`, {
          // Zero is no time to wait, so the default applies.
          ...(retryAfterSeconds && { retryAfterSeconds }),
          mayStillRun: isGatewayTimeout(status),
        })
      }
      return await parse(response)
    } catch (cause) {
      const error = toBffError(cause)
      const reason = cause instanceof oauth.ResponseBodyError ? cause.error : error.code
      const duration = Math.round(time.elapsed() - startedAt)
      onEvent({ type: 'upstream_failed', operation, status, reason, duration_ms: duration })
      throw error
    }
  }

  /** @throws what Polar said, or `polar_invalid_response` for an answer without a token. */
  async function readAnswer(response: Response): Promise<TokenAnswer> {
    // A refusal is the library's to read: it throws.
    if (!response.ok) await oauth.processRefreshTokenResponse(metadata, client(), response)
    const answer = parseTokenAnswer(await response.json().catch(() => undefined))
    if (answer === undefined) throw new BffError('polar_invalid_response', 'no access token')
    return answer
  }

  async function checkClaims(
    answer: TokenAnswer,
    issuer: string,
    nonce: string,
  ): Promise<oauth.IDToken> {
    try {
      const checked = await oauth.processAuthorizationCodeResponse(
        { ...metadata, issuer },
        client(),
        Response.json({ ...answer, token_type: 'bearer' }),
        // S7: the nonce of this sign-in
        { expectedNonce: nonce, requireIdToken: true },
      )
      const claims = oauth.getValidatedIdTokenClaims(checked)
      // S56: not from the future
      if (claims === undefined || claims.iat > time.now() + CLOCK_TOLERANCE_SECONDS) {
        throw new BffError('id_token_invalid', 'an ID token from the future')
      }
      return claims
    } catch (cause) {
      throw toIdTokenError(cause)
    }
  }

  async function revokeOnce({
    accessToken,
    refreshToken,
  }: Pick<Tokens, 'accessToken' | 'refreshToken'>) {
    const hint = refreshToken === undefined ? 'access_token' : 'refresh_token'
    const request = oauth.revocationRequest(...parties(), refreshToken ?? accessToken, {
      ...http('revoke', TIME_LIMITS_MS.revoke),
      additionalParameters: { token_type_hint: hint },
    })
    await read('revoke', request, oauth.processRevocationResponse)
  }

  return {
    /** Exchanges a code (RFC 6749 §4.1.3). */
    async exchange(grant: {
      readonly code: string
      readonly codeVerifier: string
      readonly redirectUri: string
      readonly nonce: string
    }): Promise<Exchanged> {
      const parameters = oauth.validateAuthResponse(
        metadata,
        client(),
        new URLSearchParams({ code: grant.code }),
        oauth.expectNoState,
      )
      const request = oauth.authorizationCodeGrantRequest(
        ...parties(),
        parameters,
        grant.redirectUri,
        grant.codeVerifier,
        http('exchange', TIME_LIMITS_MS.token),
      )
      const answer = await read('exchange', request, readAnswer)
      return {
        tokens: toTokens(answer, time.now()),
        idToken: answer.id_token,
        checkClaims: (issuer) => checkClaims(answer, issuer, grant.nonce),
      }
    },

    /** Rotates a pair (RFC 6749 §6). Whatever the answer holds beside the pair is passed over. */
    async refresh(refreshToken: string): Promise<Tokens> {
      await pauses.obey('token')
      const request = oauth.refreshTokenGrantRequest(
        ...parties(),
        refreshToken,
        http('refresh', TIME_LIMITS_MS.token),
      )
      return toTokens(await read('refresh', request, readAnswer), time.now())
    },

    /**
     * Ends a pair by either half (RFC 7009). Returns whether Polar confirmed it, and never throws.
     * Polar may not know a fresh pair yet, and says nothing about it: that one is revoked again.
     */
    async revoke(
      pair: Pick<Tokens, 'accessToken' | 'refreshToken' | 'issuedAt'>,
      keepAlive: KeepAlive,
    ): Promise<boolean> {
      if (isFresh(time, pair.issuedAt)) {
        keepAlive(pause(time, FRESH_MS).then(() => quietly(revokeOnce(pair))))
      }
      try {
        await revokeOnce(pair)
        return true
      } catch (cause) {
        if (!(cause instanceof BffError)) throw cause
        return false
      }
    },

    /** Asks about a token (RFC 7662). Undefined if Polar says that it is not active. */
    introspect(accessToken: string): Promise<Introspection | undefined> {
      const request = oauth.introspectionRequest(
        ...parties(),
        accessToken,
        http('introspect', TIME_LIMITS_MS.introspect),
      )
      return read('introspect', request, async (response) => {
        const answer = await oauth.processIntrospectionResponse(metadata, client(), response)
        const { active, sub, sub_type: type, organizations } = answer
        if (!active) return undefined
        return {
          subjectType: type === 'user' || type === 'organization' ? type : undefined,
          subjectId: sub,
          organizations: Array.isArray(organizations) ? organizations.filter(isString) : [],
        }
      })
    },
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}
