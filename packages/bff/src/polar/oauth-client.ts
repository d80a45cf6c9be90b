/**
 * Our client at Polar's authorization server: exchange, refresh, revoke, introspect. oauth4webapi
 * speaks the protocol; this file says what each failure means to us.
 */
import { retryAfterOf } from '@polar-connect/protocol'
import * as oauth from 'oauth4webapi'
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import type { OnEvent, Operation } from '../errors/events.ts'
import { createIdTokenKeys } from '../sign-in/id-token.ts'
import type { Pauses } from './pauses.ts'
import type { PolarServer } from '../settings/polar-server.ts'
import type { PolarTransport } from './transport.ts'
import { parseScope } from '../sealing/scope-set.ts'

const TIMEOUT_MS = 10_000
/** Longer than anybody waits for it: once it is sent, its answer may be the only way to go on. */
const REFRESH_TIMEOUT_MS = 20_000
/** Logout is not held up by a Polar that does not answer. */
const REVOKE_TIMEOUT_MS = 5_000
const CLOCK_TOLERANCE_SECONDS = 60
/** Where Polar names no lifetime (RFC 6749 §5.1 leaves it open). */
const DEFAULT_LIFETIME_SECONDS = 3600

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken?: string
  /** Epoch seconds by our clock. */
  readonly issuedAt: number
  readonly accessTokenExpiresAt: number
  /** Empty where Polar sends no `scope`: it leaves the member out when nothing was granted. */
  readonly scopes: readonly string[]
}

/** A pair, or the half of it that is known. */
interface Revocable {
  readonly accessToken: string
  readonly refreshToken?: string | undefined
}

export interface Introspection {
  readonly subjectType: 'user' | 'organization' | undefined
  readonly subjectId: string | undefined
  /** Empty means all organizations of the person. */
  readonly organizations: readonly string[]
}

export interface PolarClient {
  /**
   * Exchanges a code (RFC 6749 §4.1.3) and checks the ID token (OpenID Connect Core §3.1.3.7).
   * Where the tokens cannot be trusted they are revoked before it throws.
   *
   * @throws {BffError} `invalid_grant`, `id_token_invalid`, `invalid_client`,
   *   `unauthorized_client`, `polar_unavailable` or `polar_invalid_response`.
   */
  exchange(grant: {
    readonly code: string
    readonly codeVerifier: string
    readonly redirectUri: string
    readonly nonce: string
  }): Promise<{ readonly tokens: Tokens; readonly claims: oauth.IDToken }>
  /** @throws {BffError} `invalid_grant` when Polar has spoken, or what stopped it from speaking. */
  refresh(refreshToken: string): Promise<Tokens>
  /** Whether Polar confirmed it (RFC 7009). Either half of a pair ends both. */
  revoke(tokens: Revocable): Promise<boolean>
  /** @throws {BffError} `polar_invalid_response` also for a token that Polar calls inactive. */
  introspect(accessToken: string): Promise<Introspection>
}

export interface PolarClientOptions {
  readonly clientId: string
  readonly clientSecret: string
  readonly server: PolarServer
  readonly transport: PolarTransport
  readonly pauses: Pauses
  readonly clock: () => number
  readonly onEvent: OnEvent
}

/** As much of a token answer as it takes to end what it gave. */
const pairSchema = v.object({
  access_token: v.string(),
  refresh_token: v.fallback(v.optional(v.string()), undefined),
})

export function createPolarClient(options: PolarClientOptions): PolarClient {
  const { clientId, server, transport, pauses, clock, onEvent } = options
  const { metadata } = server
  const authentication = oauth.ClientSecretPost(options.clientSecret)
  const keys = createIdTokenKeys(options)

  const client = (): oauth.Client => ({
    client_id: clientId,
    [oauth.clockSkew]: Math.round(clock() - Date.now() / 1000),
    // S56: clocks may differ, but not by more
    [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
  })

  /** Whom a request goes to, and in whose name. */
  const parties = () => [metadata, client(), authentication] as const

  const http = (operation: Operation, timeoutMs = TIMEOUT_MS) => ({
    [oauth.allowInsecureRequests]: server.loopback,
    [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<string, URLSearchParams>) =>
      transport.sendSmall(operation, {
        method: init.method,
        path: new URL(url).pathname,
        headers: new Headers(init.headers),
        body: new TextEncoder().encode(init.body.toString()),
        timeoutMs,
      }),
  })

  /** Runs one exchange with an endpoint and names what went wrong. */
  async function speak<Answer>(
    operation: Operation,
    request: Promise<Response>,
    read: (response: Response) => Promise<Answer>,
  ): Promise<Answer> {
    const startedAt = performance.now()
    const response = await request
    try {
      if (response.status === 429) await pauses.begin('token', response)
      if (isTransient(response.status)) {
        const retryAfterSeconds = retryAfterOf(response.headers, clock())
        throw new BffError('polar_unavailable', `${operation} answered ${response.status}`, {
          // At once is no time to wait, so the usual one it is.
          ...(retryAfterSeconds && { retryAfterSeconds }),
        })
      }
      return await read(response)
    } catch (cause) {
      const error = toBffError(cause)
      const reason = cause instanceof oauth.ResponseBodyError ? cause.error : error.code
      const duration = Math.round(performance.now() - startedAt)
      const { status } = response
      onEvent({ type: 'upstream_failed', operation, status, reason, duration_ms: duration })
      throw error
    }
  }

  function toTokens(answer: oauth.TokenEndpointResponse): Tokens {
    const issuedAt = Math.floor(clock())
    return {
      accessToken: answer.access_token,
      ...(answer.refresh_token !== undefined && { refreshToken: answer.refresh_token }),
      issuedAt,
      accessTokenExpiresAt: issuedAt + Math.floor(answer.expires_in ?? DEFAULT_LIFETIME_SECONDS),
      scopes: parseScope(answer.scope),
    }
  }

  async function revoke({ accessToken, refreshToken }: Revocable): Promise<boolean> {
    const token = refreshToken ?? accessToken
    const hint = refreshToken === undefined ? 'access_token' : 'refresh_token'
    try {
      const request = oauth.revocationRequest(...parties(), token, {
        ...http('revoke', REVOKE_TIMEOUT_MS),
        additionalParameters: { token_type_hint: hint },
      })
      await speak('revoke', request, oauth.processRevocationResponse)
      return true
    } catch (cause) {
      if (!(cause instanceof BffError)) throw cause
      return false
    }
  }

  return {
    revoke,

    async exchange({ code, codeVerifier, redirectUri, nonce }) {
      const parameters = oauth.validateAuthResponse(
        metadata,
        client(),
        new URLSearchParams({ code }),
        oauth.expectNoState,
      )
      const request = oauth.authorizationCodeGrantRequest(
        ...parties(),
        parameters,
        redirectUri,
        codeVerifier,
        http('exchange'),
      )
      return speak('exchange', request, async (response) => {
        const untrusted = response.clone()
        try {
          const answer = await oauth.processAuthorizationCodeResponse(
            metadata,
            client(),
            response,
            {
              // S7: the nonce of this sign-in
              expectedNonce: nonce,
              requireIdToken: true,
            },
          )
          const claims = oauth.getValidatedIdTokenClaims(answer)
          if (claims === undefined || answer.id_token === undefined) {
            throw new BffError('id_token_invalid', 'no ID token')
          }
          // S56: not from the future
          if (claims.iat > clock() + CLOCK_TOLERANCE_SECONDS) {
            throw new BffError('id_token_invalid', 'an ID token from the future')
          }
          // S56: the signature
          await keys.verify(answer.id_token)
          return { tokens: toTokens(answer), claims }
        } catch (cause) {
          // Tokens that were issued and not accepted would live on at Polar with nobody to end them.
          if (untrusted.ok) await revokeUntrusted(untrusted)
          throw cause instanceof oauth.OperationProcessingError ? toIdTokenError(cause) : cause
        }
      })
    },

    async refresh(refreshToken) {
      await pauses.obey('token')
      const request = oauth.refreshTokenGrantRequest(
        ...parties(),
        refreshToken,
        http('refresh', REFRESH_TIMEOUT_MS),
      )
      return speak('refresh', request, async (response) =>
        toTokens(await oauth.processRefreshTokenResponse(metadata, client(), response)),
      )
    },

    introspect(accessToken) {
      const request = oauth.introspectionRequest(...parties(), accessToken, http('introspect'))
      return speak('introspect', request, async (response) => {
        const answer = await oauth.processIntrospectionResponse(metadata, client(), response)
        if (!answer.active) throw new BffError('polar_invalid_response', 'a new token is inactive')
        const { sub, sub_type: type, organizations } = answer
        return {
          subjectType: type === 'user' || type === 'organization' ? type : undefined,
          subjectId: sub,
          organizations: Array.isArray(organizations) ? organizations.filter(isString) : [],
        }
      })
    },
  }

  async function revokeUntrusted(response: Response): Promise<void> {
    const pair = v.safeParse(pairSchema, await response.json().catch(() => undefined))
    if (!pair.success) return
    const { access_token: accessToken, refresh_token: refreshToken } = pair.output
    await revoke({ accessToken, refreshToken })
  }
}

function toBffError(cause: unknown): BffError {
  if (cause instanceof BffError) return cause
  // Polar answers a client it does not know with a challenge (RFC 6749 §5.2).
  if (cause instanceof oauth.WWWAuthenticateChallengeError) {
    return new BffError('invalid_client', 'Polar did not accept the client', { cause })
  }
  if (cause instanceof oauth.ResponseBodyError) {
    const { error } = cause
    const named = error === 'invalid_grant' || error === 'invalid_client'
    const code = named || error === 'unauthorized_client' ? error : 'polar_invalid_response'
    return new BffError(code, `Polar answered ${error}`, { cause })
  }
  return new BffError('polar_invalid_response', 'an answer that cannot be read', { cause })
}

/** Tells a token answer that cannot be read from one whose ID token does not hold. */
function toIdTokenError(cause: oauth.OperationProcessingError): Error {
  const unreadable: readonly (string | undefined)[] = [
    oauth.RESPONSE_IS_NOT_CONFORM,
    oauth.RESPONSE_IS_NOT_JSON,
    oauth.PARSE_ERROR,
  ]
  const body = (cause.cause as { body?: Record<string, unknown> } | undefined)?.body
  const aboutTokens = body !== undefined && (!isString(body['access_token']) || 'id_token' in body)
  if (unreadable.includes(cause.code) || aboutTokens) return cause
  return new BffError('id_token_invalid', cause.message, { cause })
}

/** Answers that say nothing about the grant: the session stays (RFC 6585 §4, RFC 9110 §15.6). */
function isTransient(status: number): boolean {
  // S42: a failure at Polar is not a refusal
  return status === 408 || status === 429 || status >= 500
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}
