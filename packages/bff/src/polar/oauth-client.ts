/**
 * Our client at Polar's authorization server: exchange, refresh, revoke, introspect. oauth4webapi
 * speaks the protocol; this file says what an answer means to us.
 */
import { retryAfterOf } from '@polar-connect/protocol'
import * as oauth from 'oauth4webapi'
import { BffError } from '../errors/bff-error.ts'
import type { Operation } from '../errors/operations.ts'
import { quietly, type KeepAlive } from '../runtime/keep-alive.ts'
import { pause } from '../runtime/time.ts'
import type { Settings } from '../settings/settings.ts'
import { FRESH_SECONDS, isFresh } from './freshly-issued.ts'
import type { Pauses } from './pauses.ts'
import { parseTokens, type Tokens } from './token-answer.ts'
import type { PolarTransport } from './transport.ts'

/**
 * Each call throws a `BffError`: `invalid_grant`, `invalid_client`, `unauthorized_client`,
 * `polar_unavailable` or `polar_invalid_response`.
 */
export function createOAuthClient(settings: Settings, transport: PolarTransport, pauses: Pauses) {
  const { clientId, server, time, onEvent } = settings
  const { metadata } = server
  const client = { client_id: clientId }
  /** To whom a request goes, and in whose name. */
  const parties = [metadata, client, oauth.ClientSecretPost(settings.clientSecret)] as const

  const http = (operation: Operation) => ({
    [oauth.allowInsecureRequests]: server.loopback,
    [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<string, URLSearchParams>) =>
      transport.sendSmall({
        operation,
        method: init.method,
        path: new URL(url).pathname,
        headers: init.headers,
        body: new TextEncoder().encode(init.body.toString()),
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
      // It says nothing about the grant, so the session stays (RFC 6585 §4, RFC 9110 §15.6).
      // S42: 408, 429 and 5xx are no verdict
      if (status === 408 || status === 429 || status >= 500) {
        const retryAfterSeconds = retryAfterOf(headers, time.now())
        throw new BffError('polar_unavailable', `${operation} answered ${status}`, {
          // Zero is no time to wait, so the default applies.
          ...(retryAfterSeconds && { retryAfterSeconds }),
          // A gateway in front of Polar gave up, while Polar may still work on the request.
          mayStillRun: status === 502 || status === 504 || status >= 520,
        })
      }
      return await parse(response)
    } catch (cause) {
      const error = toBffError(cause)
      const reason = cause instanceof oauth.ResponseBodyError ? nameOf(cause) : error.code
      const duration = Math.round(time.elapsed() - startedAt)
      onEvent({ type: 'upstream_failed', operation, status, reason, duration_ms: duration })
      throw error
    }
  }

  /** A pair of tokens (RFC 6749 §4.1.3 and §6), and the ID token that is not checked yet. */
  function request(
    operation: 'exchange' | 'refresh',
    grantType: string,
    parameters: Record<string, string>,
  ) {
    const options = http(operation)
    const sent = oauth.genericTokenEndpointRequest(...parties, grantType, parameters, options)
    return read(operation, sent, async (response) => {
      // A refusal is the library's to read: it throws.
      if (!response.ok) await oauth.processRefreshTokenResponse(metadata, client, response)
      const parsed = parseTokens(await response.json().catch(() => undefined), time.now())
      if (parsed === undefined) throw new BffError('polar_invalid_response', 'no access token')
      return parsed
    })
  }

  async function revokeOnce({ accessToken, refreshToken }: Tokens): Promise<void> {
    const token = refreshToken ?? accessToken
    const sent = oauth.revocationRequest(...parties, token, http('revoke'))
    await read('revoke', sent, oauth.processRevocationResponse)
  }

  return {
    /** Exchanges a code. */
    exchange: (code: string, codeVerifier: string, redirectUri: string) =>
      request('exchange', 'authorization_code', {
        code,
        code_verifier: codeVerifier,
        redirect_uri: redirectUri,
      }),

    /** Rotates a pair. Everything else in the answer is ignored. */
    async refresh(refreshToken: string): Promise<Tokens> {
      await pauses.obey('token')
      const { tokens } = await request('refresh', 'refresh_token', { refresh_token: refreshToken })
      return tokens
    },

    /**
     * Ends a pair by either half (RFC 7009). Returns whether Polar confirmed it, and never throws.
     * Polar may not know a fresh pair yet, and says nothing about it: that one is revoked again.
     */
    async revoke(pair: Tokens, keepAlive: KeepAlive): Promise<boolean> {
      if (isFresh(time, pair.issuedAt)) {
        keepAlive(pause(time, FRESH_SECONDS * 1000).then(() => quietly(revokeOnce(pair))))
      }
      try {
        // S53: logout revokes
        await revokeOnce(pair)
        return true
      } catch (cause) {
        if (!(cause instanceof BffError)) throw cause
        return false
      }
    },

    /** Asks about a token (RFC 7662). Undefined if Polar says that it is not active. */
    introspect(accessToken: string) {
      const sent = oauth.introspectionRequest(...parties, accessToken, http('introspect'))
      return read('introspect', sent, async (response) => {
        const answer = await oauth.processIntrospectionResponse(metadata, client, response)
        const { active, sub, sub_type: type, organizations } = answer
        if (!active) return undefined
        return {
          subjectType: type,
          subjectId: sub,
          /** Empty means all organizations of the person. */
          organizations: Array.isArray(organizations)
            ? organizations.filter((id) => typeof id === 'string')
            : [],
        }
      })
    },
  }
}

/** What `cause`, thrown by oauth4webapi while it read an answer, means to us (RFC 6749 §5.2). */
function toBffError(cause: unknown): BffError {
  if (cause instanceof BffError) return cause
  // Polar answers an unknown client with a challenge.
  if (cause instanceof oauth.WWWAuthenticateChallengeError) {
    return new BffError('invalid_client', 'Polar did not accept the client', { cause })
  }
  if (cause instanceof oauth.ResponseBodyError) {
    const error = nameOf(cause)
    const known = ['invalid_grant', 'invalid_client', 'unauthorized_client'] as const
    const code = known.find((one) => one === error) ?? 'polar_invalid_response'
    return new BffError(code, `Polar answered ${error}`, { cause })
  }
  return new BffError('polar_invalid_response', 'the answer cannot be read', { cause })
}

/** The error that Polar named, as RFC 6749 §5.2 and its extensions write them. Anything else may quote us. */
const nameOf = ({ error }: oauth.ResponseBodyError) =>
  /^[a-z_]{1,40}$/.test(error) ? error : 'an unknown error'
