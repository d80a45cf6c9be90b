/** The check of an ID token. Polar's tokens name no key, so each key of the set is tried. */
import { decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose'
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import { createLookup } from '../polar/lookup.ts'
import type { Polar } from '../polar/polar.ts'
import type { Settings } from '../settings/settings.ts'

const KEPT_SECONDS = 600
const CLOCK_TOLERANCE_SECONDS = 60

export type IdTokenClaims = JWTPayload & { readonly sub: string }

export function createCheckIdToken(settings: Settings, { transport, acceptsIssuer }: Polar) {
  const { clientId, server, time } = settings
  const lookUp = createLookup(settings, transport, {
    operation: 'jwks',
    path: new URL(server.metadata.jwks_uri).pathname,
    schema: v.object({ keys: v.array(v.looseObject({ kty: v.string() })) }),
    keptSeconds: KEPT_SECONDS,
  })

  /** Undefined if no key of Polar made the signature. */
  async function verify(idToken: string, issuer: string): Promise<JWTPayload | undefined> {
    const expected = {
      algorithms: ['RS256'],
      issuer,
      audience: clientId,
      requiredClaims: ['exp', 'iat'],
      // S56: clocks may differ, but not by more
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(time.now() * 1000),
    }
    return lookUp(async ({ keys }) => {
      for (const jwk of keys) {
        try {
          // S56: the signature
          const { payload } = await jwtVerify(idToken, jwk, expected)
          return payload
        } catch (cause) {
          const { JOSEError, JWTClaimValidationFailed, JWTExpired } = errors
          // The key fits, but the claims do not.
          if (cause instanceof JWTClaimValidationFailed || cause instanceof JWTExpired) throw cause
          // A key for something else, or a short one: it verifies nothing, like a wrong one.
          if (!(cause instanceof JOSEError || cause instanceof TypeError)) throw cause
        }
      }
      return undefined
    })
  }

  /**
   * The claims of an ID token (OpenID Connect Core §3.1.3.7).
   *
   * @throws {BffError} `id_token_invalid` unless it is Polar's, for this client and this sign-in;
   *   `polar_unavailable` if Polar's keys or its issuer cannot be read.
   */
  return async function checkIdToken(idToken: string, nonce: string): Promise<IdTokenClaims> {
    try {
      // Not checked yet: it only decides which issuer the check expects.
      const { iss } = decodeJwt(idToken)
      if (iss === undefined || !(await acceptsIssuer(iss))) {
        throw new errors.JWTInvalid('its issuer is not Polar')
      }
      const claims = await verify(idToken, iss)
      if (claims === undefined) throw new errors.JWTInvalid('no key of Polar made its signature')
      const { sub, aud, iat = 0 } = claims
      if (
        typeof sub !== 'string' ||
        // S7: the nonce of this sign-in
        claims['nonce'] !== nonce ||
        // S56: not from the future
        iat > time.now() + CLOCK_TOLERANCE_SECONDS ||
        // S56: for several clients, it names the one that it was issued to
        (Array.isArray(aud) && aud.length > 1 && claims['azp'] !== clientId)
      ) {
        throw new errors.JWTInvalid('it is of another sign-in, another client or another time')
      }
      return { ...claims, sub }
    } catch (cause) {
      if (!(cause instanceof errors.JOSEError)) throw cause
      throw new BffError('id_token_invalid', `the ID token: ${cause.message}`, { cause })
    }
  }
}
