/** The signature of an ID token. Polar's tokens name no key, so each RSA key of the set is tried. */
import { compactVerify, decodeJwt, decodeProtectedHeader, errors, type JWK } from 'jose'
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import { createLookup } from '../polar/lookup.ts'
import type { PolarTransport } from '../polar/transport.ts'
import type { Settings } from '../settings/settings.ts'

const KEPT_SECONDS = 600

/** See {@link createVerifySignature}. */
export type VerifySignature = ReturnType<typeof createVerifySignature>

export function createVerifySignature(settings: Settings, transport: PolarTransport) {
  const lookUp = createLookup(settings, transport, {
    operation: 'jwks',
    path: new URL(settings.server.metadata.jwks_uri).pathname,
    schema: v.object({ keys: v.array(v.looseObject({ kty: v.string() })) }),
    keptSeconds: KEPT_SECONDS,
    // Polar may rotate its keys at any moment.
    firmSeconds: 0,
  })

  /** @throws {BffError} `id_token_invalid` unless one of Polar's keys made the RS256 signature. */
  return async function verifySignature(idToken: string): Promise<void> {
    if (await lookUp(({ keys }) => verifiesWithAny(idToken, keys))) return
    throw new BffError('id_token_invalid', 'no key of Polar made this signature')
  }
}

/** The `iss` of a token that is not checked yet. It only decides which issuer the check expects. */
export function issuerOf(idToken: string): string | undefined {
  try {
    return decodeJwt(idToken).iss
  } catch (cause) {
    if (!(cause instanceof errors.JOSEError)) throw cause
    return undefined
  }
}

async function verifiesWithAny(idToken: string, keys: readonly JWK[]): Promise<boolean> {
  const { kid } = decodeProtectedHeader(idToken)
  for (const jwk of keys) {
    if (jwk.kty !== 'RSA' || jwk.use === 'enc') continue
    if (kid !== undefined && jwk.kid !== kid) continue
    try {
      await compactVerify(idToken, jwk, { algorithms: ['RS256'] })
      return true
    } catch (cause) {
      // A short key is refused with a TypeError. It verifies nothing, like a wrong one.
      if (!(cause instanceof errors.JOSEError || cause instanceof TypeError)) throw cause
    }
  }
  return false
}
