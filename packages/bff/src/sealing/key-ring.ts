/**
 * The keys that seal cookies: the first seals, all open, so a key can be retired while people who
 * hold cookies under it stay signed in.
 */
import { base64url } from 'jose'

/** One root secret, known on the wire by `id` alone. */
export interface SealingKey {
  /** First 8 base64url characters of a digest of the bytes: it goes into the `kid` header. */
  readonly id: string
  /** 32 random bytes. */
  readonly bytes: Uint8Array
}

export type KeyRing = readonly [SealingKey, ...SealingKey[]]

/** What a derived key is for: a value sealed for one purpose never opens for another. */
export type Purpose = 'session' | 'transaction' | 'successor'

/**
 * Makes a ring of `secrets`, each 32 bytes as 43 base64url characters, the sealing one first.
 *
 * @throws {TypeError} when there is none, or one is not 32 bytes of base64url.
 */
export async function createKeyRing(secrets: readonly string[]): Promise<KeyRing> {
  const [first, ...rest] = await Promise.all(secrets.map(toSealingKey))
  if (first === undefined) throw new TypeError('a key ring needs at least one secret')
  return [first, ...rest]
}

/**
 * Derives the key for `purpose` (HKDF-SHA-256, RFC 5869), and remembers it. With `holder` it is
 * another key for each: whoever does not hold that secret cannot open what was sealed by it.
 */
export async function deriveKey(
  key: SealingKey,
  purpose: Purpose,
  holder = '',
): Promise<Uint8Array> {
  const info = `polar-connect/${purpose}/v1`
  if (holder !== '') return hkdf(key.bytes, info, holder)
  const known = derived.get(key) ?? new Map<Purpose, Promise<Uint8Array>>()
  derived.set(key, known)
  const deriving = known.get(purpose) ?? hkdf(key.bytes, info)
  known.set(purpose, deriving)
  return deriving
}

const derived = new WeakMap<SealingKey, Map<Purpose, Promise<Uint8Array>>>()

async function hkdf(root: Uint8Array, info: string, salt = ''): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', root as BufferSource, 'HKDF', false, [
    'deriveBits',
  ])
  const parameters = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new TextEncoder().encode(salt),
    info: new TextEncoder().encode(info),
  }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256))
}

async function toSealingKey(secret: string): Promise<SealingKey> {
  const bytes = /^[A-Za-z0-9_-]{43}$/.test(secret) ? base64url.decode(secret) : new Uint8Array()
  if (bytes.length !== 32) throw new TypeError('a secret is 32 bytes as 43 base64url characters')
  const digest = await crypto.subtle.digest('SHA-256', bytes as BufferSource)
  return { id: base64url.encode(new Uint8Array(digest)).slice(0, 8), bytes }
}
