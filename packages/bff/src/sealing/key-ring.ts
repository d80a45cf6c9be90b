/**
 * The keys that seal cookies. The first seals, all open: a key can retire while people with cookies
 * under it stay connected.
 */
import { base64url, type CryptoKey } from 'jose'

/** One root secret. */
export interface SealingKey {
  /** First 8 base64url characters of a digest of the bytes. It is the `kid` of what the key seals. */
  readonly id: string
  /** 32 random bytes. */
  readonly bytes: Uint8Array
}

/** The sealing key first, then older keys that still open. Make one with `createKeyRing`. */
export type KeyRing = readonly [SealingKey, ...SealingKey[]]

/** What a derived key is for. A value sealed for one purpose never opens for another. */
export type Purpose = 'session' | 'transaction' | 'successor'

/**
 * Makes a ring of `secrets`: 32 bytes each, as 43 base64url characters. The first one seals.
 *
 * @throws {TypeError} if there is none, or one is not 32 bytes of base64url.
 * @example
 * const keys = await createKeyRing((process.env.SESSION_SECRETS ?? '').split(','))
 */
export async function createKeyRing(secrets: readonly string[]): Promise<KeyRing> {
  const toKey = async (secret: string, index: number): Promise<SealingKey> => {
    const bytes = /^[A-Za-z0-9_-]{43}$/.test(secret) ? base64url.decode(secret) : new Uint8Array()
    if (bytes.length !== 32) {
      throw new TypeError(
        `keys: secret ${index + 1} of ${secrets.length} is not 32 random bytes as 43 base64url characters`,
      )
    }
    const digest = await crypto.subtle.digest('SHA-256', bytes as BufferSource)
    return { id: base64url.encode(new Uint8Array(digest)).slice(0, 8), bytes }
  }
  const [first, ...rest] = await Promise.all(secrets.map(toKey))
  if (first === undefined) throw new TypeError('keys: a ring needs at least one secret')
  return [first, ...rest]
}

/**
 * Derives the key for `purpose` (HKDF-SHA-256, RFC 5869). With `holder` the key also depends on that
 * secret: no one opens the value without it.
 */
export async function deriveKey(
  { bytes }: SealingKey,
  purpose: Purpose,
  holder = '',
): Promise<CryptoKey> {
  const secret = bytes as BufferSource
  const root = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const parameters = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new TextEncoder().encode(holder),
    info: new TextEncoder().encode(`polar-connect/${purpose}/v1`),
  }
  const aes = { name: 'AES-GCM', length: 256 }
  return crypto.subtle.deriveKey(parameters, root, aes, false, ['encrypt', 'decrypt'])
}
