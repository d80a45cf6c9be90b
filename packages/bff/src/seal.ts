/**
 * Sealing: a value becomes a compact JWE that only this server can read or make, and that counts
 * for one purpose and until one moment. The browser carries it and learns nothing from it.
 */
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, errors } from 'jose'
import { deriveKey, type KeyRing, type Purpose } from './key-ring.ts'

/** What a sealed value held. Expiry is for the caller to judge: an expired one still has a name. */
export interface Opened {
  readonly value: unknown
  /** Epoch seconds, sealed inside: the browser's clock has no say. */
  readonly expiresAt: number
}

export interface Seal {
  /** Seals `value` (JSON) until `expiresAt` (epoch seconds) under the ring's first key. */
  seal(value: unknown, expiresAt: number): Promise<string>
  /** Opens with any key of the ring. Undefined for whatever {@link Seal.seal} did not make. */
  open(sealed: string): Promise<Opened | undefined>
}

interface Claims {
  readonly v: unknown
  readonly exp: number
}

/**
 * A seal for one purpose, and with `holder` for those alone who hold that secret as well. The `typ`
 * keeps one kind of value from passing for another (RFC 8725 §3.11).
 */
export function createSeal(ring: KeyRing, purpose: Purpose, holder?: string): Seal {
  const typ = `polar-connect-${purpose}+jwt`
  return {
    async seal(value, expiresAt) {
      // A JWT in shape (RFC 7519 §7.1), of which nobody but us reads a claim.
      const claims = new TextEncoder().encode(JSON.stringify({ v: value, exp: expiresAt }))
      return new CompactEncrypt(claims)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: ring[0].id, typ })
        .encrypt(await deriveKey(ring[0], purpose, holder))
    },
    async open(sealed) {
      const kid = keyIdOf(sealed, typ)
      const key = ring.find((candidate) => candidate.id === kid)
      if (key === undefined) return undefined
      try {
        const { plaintext } = await compactDecrypt(sealed, await deriveKey(key, purpose, holder), {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        })
        return toOpened(plaintext)
      } catch (cause) {
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
    // Anything may stand in a cookie: what is not a JWE is simply not ours.
    return undefined
  }
  const members = Object.keys(header).sort().join()
  return members === 'alg,enc,kid,typ' && header['typ'] === typ && typeof header['kid'] === 'string'
    ? header['kid']
    : undefined
}

/** What we sealed; undefined for what another release sealed in another form. */
function toOpened(plaintext: Uint8Array): Opened | undefined {
  const { v: value, exp } = JSON.parse(new TextDecoder().decode(plaintext)) as Partial<Claims>
  return typeof exp === 'number' && value !== undefined ? { value, expiresAt: exp } : undefined
}
