/**
 * Sealing: a value becomes a compact JWE that only this server can read or make. It is good for one
 * purpose and until one moment. The browser carries it and learns nothing from it.
 */
import { CompactEncrypt, base64url, compactDecrypt, errors, type CryptoKey } from 'jose'
import * as v from 'valibot'
import { deriveKey, type KeyRing, type Purpose, type SealingKey } from './key-ring.ts'

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
  /** `exp` is in epoch seconds. It is sealed too: the browser's clock does not matter. */
  const claimsSchema = v.object({ v: schema, exp: v.number() })
  // S22: one kind of value never passes for another
  const typ = `polar-connect-${purpose}+jwt`
  const prepare = (root: SealingKey) => {
    const header = { alg: 'dir', enc: 'A256GCM', kid: root.id, typ }
    const beginning = `${base64url.encode(JSON.stringify(header))}..`
    let derived: Promise<CryptoKey> | undefined
    return { header, beginning, derive: () => (derived ??= deriveKey(root, purpose, holder)) }
  }
  const first = prepare(ring[0])
  const keys = [first, ...ring.slice(1).map(prepare)]
  return {
    /** Seals `value` (JSON) until `expiresAt` (epoch seconds) under the ring's first key. */
    async seal(value: Input, expiresAt: number): Promise<string> {
      // A JWT in shape (RFC 7519 §7.1), but no one else reads a claim.
      const claims = new TextEncoder().encode(JSON.stringify({ v: value, exp: expiresAt }))
      return new CompactEncrypt(claims)
        .setProtectedHeader(first.header)
        .encrypt(await first.derive())
    },
    /** Opens with any key of the ring. Undefined for anything that was not sealed here. */
    async open(sealed: string) {
      // To the letter: a header with any other member, such as `zip` or `crit`, is not ours.
      // S23: every key on the ring opens
      const key = keys.find(({ beginning }) => sealed.startsWith(beginning))
      if (key === undefined) return undefined
      try {
        const { plaintext } = await compactDecrypt(sealed, await key.derive(), {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        })
        const claims = v.safeParse(claimsSchema, JSON.parse(new TextDecoder().decode(plaintext)))
        if (!claims.success) return undefined
        // The caller judges its expiry.
        return { value: claims.output.v, expiresAt: claims.output.exp }
      } catch (cause) {
        // S22: a forged cookie is no cookie; our own faults stay errors
        if (!(cause instanceof errors.JOSEError)) throw cause
        return undefined
      }
    },
  }
}
