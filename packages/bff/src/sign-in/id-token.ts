/**
 * Polar's signing keys. Polar's ID tokens name no key, so each RSA key of the set is tried; a set
 * that verifies nothing is fetched anew, but seldom, since anybody can send an unknown signature.
 */
import { compactVerify, decodeProtectedHeader, errors, type JWK } from 'jose'
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import type { PolarServer } from '../settings/polar-server.ts'
import type { PolarTransport } from '../polar/transport.ts'
import type { Time } from '../runtime/time.ts'

const FRESH_SECONDS = 600
const COOL_DOWN_SECONDS = 30
const TIMEOUT_MS = 5000

const jwksSchema = v.object({ keys: v.array(v.looseObject({ kty: v.string() })) })

export type IdTokenKeys = ReturnType<typeof createIdTokenKeys>

export function createIdTokenKeys(options: {
  readonly server: PolarServer
  readonly transport: PolarTransport
  readonly time: Time
}) {
  const { server, transport, time } = options
  const { pathname } = new URL(server.metadata.jwks_uri)
  let keys: readonly JWK[] = []
  let fetchedAt = -Infinity
  let triedAt = -Infinity
  let forcedAt = -Infinity
  let fetching: Promise<void> | undefined

  /** Old keys stay when the fetch fails: Polar's trouble with one file is no reason to refuse. */
  async function load(): Promise<void> {
    triedAt = time.now()
    const headers = new Headers({ Accept: 'application/json' })
    const request = { method: 'GET', path: pathname, headers, timeoutMs: TIMEOUT_MS }
    const answer = await transport.sendSmall('jwks', request)
    const parsed = v.safeParse(jwksSchema, await answer.json())
    if (!answer.ok || !parsed.success) throw new Error(`no key set (${answer.status})`)
    keys = parsed.output.keys.filter(({ kty, use }) => kty === 'RSA' && use !== 'enc')
    fetchedAt = time.now()
  }

  async function refetch(): Promise<void> {
    fetching ??= load().finally(() => (fetching = undefined))
    try {
      await fetching
    } catch (cause) {
      // S57: known keys are enough during an outage
      if (keys.length > 0) return
      throw new BffError('polar_unavailable', 'no signing keys', { cause })
    }
  }

  return {
    /** @throws {BffError} `id_token_invalid` unless one of the keys made the RS256 signature. */
    async verify(idToken: string): Promise<void> {
      const now = time.now()
      const stale = now - fetchedAt >= FRESH_SECONDS
      // Known keys do while Polar does not give them anew, without a wait at every sign-in.
      if (stale && (keys.length === 0 || now - triedAt >= COOL_DOWN_SECONDS)) await refetch()
      if (await verifiesWithAny(idToken, keys)) return
      // Polar may have rotated its keys a moment ago; anybody may have made up a signature.
      // S57: forged tokens cause no requests
      if (now - forcedAt >= COOL_DOWN_SECONDS) {
        forcedAt = now
        await refetch()
        if (await verifiesWithAny(idToken, keys)) return
      }
      throw new BffError('id_token_invalid', 'no key of Polar made this signature')
    },
  }
}

async function verifiesWithAny(idToken: string, keys: readonly JWK[]): Promise<boolean> {
  const { kid } = decodeProtectedHeader(idToken)
  for (const jwk of keys) {
    if (kid !== undefined && jwk.kid !== kid) continue
    try {
      await compactVerify(idToken, jwk, { algorithms: ['RS256'] })
      return true
    } catch (cause) {
      // A short key is refused with a TypeError; it verifies nothing, as does a wrong one.
      if (!(cause instanceof errors.JOSEError || cause instanceof TypeError)) throw cause
    }
  }
  return false
}
