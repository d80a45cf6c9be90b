/**
 * Sealing: a value becomes a compact JWE that only this server can read or make. It is good for one
 * purpose and until one moment. The browser carries it and learns nothing from it.
 */
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, errors } from 'jose'
import * as v from 'valibot'
import { deriveKey, type KeyRing, type Purpose } from './key-ring.ts'

/** What a sealed value held. The caller judges its expiry. */
export interface Opened<Value> {
  readonly value: Value
  /** Epoch seconds, sealed inside: the browser's clock does not matter. */
  readonly expiresAt: number
}

/**
 * A seal for one purpose. With `holder`, only those open it who hold that secret too. The `typ` keeps
 * one kind of value from passing for another (RFC 8725 §3.11). A value that another release sealed in
 * another form than `schema` does not open.
 */
export function createSeal<Input, Value>(
  ring: KeyRing,
  purpose: Purpose,
  schema: v.GenericSchema<Input, Value>,
  holder?: string,
) {
  const claimsSchema = v.object({ v: schema, exp: v.number() })
  // S22: one kind of value never passes for another
  const typ = `polar-connect-${purpose}+jwt`
  return {
    /** Seals `value` (JSON) until `expiresAt` (epoch seconds) under the ring's first key. */
    async seal(value: Input, expiresAt: number): Promise<string> {
      // A JWT in shape (RFC 7519 §7.1), but no one else reads a claim.
      const claims = new TextEncoder().encode(JSON.stringify({ v: value, exp: expiresAt }))
      return new CompactEncrypt(claims)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: ring[0].id, typ })
        .encrypt(await deriveKey(ring[0], purpose, holder))
    },
    /** Opens with any key of the ring. Undefined for anything that was not sealed here. */
    async open(sealed: string): Promise<Opened<Value> | undefined> {
      const kid = keyIdOf(sealed, typ)
      // S23: every key on the ring opens
      const key = ring.find((candidate) => candidate.id === kid)
      if (key === undefined) return undefined
      try {
        const { plaintext } = await compactDecrypt(sealed, await deriveKey(key, purpose, holder), {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        })
        const claims = v.safeParse(claimsSchema, JSON.parse(new TextDecoder().decode(plaintext)))
        return claims.success ? { value: claims.output.v, expiresAt: claims.output.exp } : undefined
      } catch (cause) {
        // S22: a forged cookie is no cookie; our own faults stay errors
        if (!(cause instanceof errors.JOSEError)) throw cause
        return undefined
      }
    },
  }
}

/** The `kid`, if the header has exactly the members that we write: no `zip`, no `crit`, no other. */
function keyIdOf(sealed: string, typ: string): string | undefined {
  let header: Record<string, unknown>
  try {
    header = decodeProtectedHeader(sealed)
  } catch {
    // A cookie may hold anything. What is not a JWE is not ours.
    return undefined
  }
  const members = Object.keys(header).sort().join()
  return members === 'alg,enc,kid,typ' && header['typ'] === typ && typeof header['kid'] === 'string'
    ? header['kid']
    : undefined
}
