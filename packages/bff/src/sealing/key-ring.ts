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
  const [first, ...rest] = await Promise.all(
    secrets.map((secret, index) => toSealingKey(secret, index, secrets.length)),
  )
  if (first === undefined) throw new TypeError('keys: a ring needs at least one secret')
  return [first, ...rest]
}

/**
 * Derives the key for `purpose` (HKDF-SHA-256, RFC 5869), and remembers it. With `holder` the key also
 * depends on that secret: no one opens the value without it.
 */
export async function deriveKey(
  key: SealingKey,
  purpose: Purpose,
  holder = '',
): Promise<CryptoKey> {
  const info = `polar-connect/${purpose}/v1`
  if (holder !== '') return hkdf(key.bytes, info, holder)
  const known = derived.get(key) ?? new Map<Purpose, Promise<CryptoKey>>()
  derived.set(key, known)
  const deriving = known.get(purpose) ?? hkdf(key.bytes, info)
  known.set(purpose, deriving)
  return deriving
}

const derived = new WeakMap<SealingKey, Map<Purpose, Promise<CryptoKey>>>()

async function hkdf(root: Uint8Array, info: string, salt = ''): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey('raw', root as BufferSource, 'HKDF', false, [
    'deriveKey',
  ])
  const parameters = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new TextEncoder().encode(salt),
    info: new TextEncoder().encode(info),
  }
  const aes = { name: 'AES-GCM', length: 256 }
  return crypto.subtle.deriveKey(parameters, key, aes, false, ['encrypt', 'decrypt'])
}

async function toSealingKey(secret: string, index: number, count: number): Promise<SealingKey> {
  const bytes = /^[A-Za-z0-9_-]{43}$/.test(secret) ? base64url.decode(secret) : new Uint8Array()
  if (bytes.length !== 32) {
    throw new TypeError(
      `keys: secret ${index + 1} of ${count} is not 32 random bytes as 43 base64url characters`,
    )
  }
  const digest = await crypto.subtle.digest('SHA-256', bytes as BufferSource)
  return { id: base64url.encode(new Uint8Array(digest)).slice(0, 8), bytes }
}
