/** The keys that sign ID tokens, and the extra keys of faults. */
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose'

export interface SigningKey {
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

export interface SigningKeys {
  current(): Promise<SigningKey>
  /** The JWKS: the current key, then retired keys that are still trusted, then the keys of faults. */
  published(): Promise<readonly JWK[]>
  /** Switches to a new key. With `keepOld`, the old key stays published. */
  rotate(keepOld: boolean): Promise<void>
  /** Publishes a key that only a fault signs with. */
  publish(key: JWK): void
  /** All keys with their private parts, to restore them after a restart. */
  export(): Promise<readonly JWK[]>
  import(keys: readonly JWK[]): void
}

/** Generated once per process, at first use: an RSA key of 2,048 bits takes time. */
let firstKey: Promise<SigningKey> | undefined

export function createSigningKeys(): SigningKeys {
  const extra: JWK[] = []
  let keys: Promise<readonly SigningKey[]> | undefined
  const all = () => (keys ??= (firstKey ??= createKey('local-emulator-1')).then((key) => [key]))
  return {
    async current() {
      const [key] = await all()
      if (key === undefined) throw new TypeError('a JWKS without a key')
      return key
    },

    published: async () => [...(await all()).map(({ publicJwk }) => publicJwk), ...extra],

    publish: (key) => void extra.push(key),

    async rotate(keepOld) {
      const old = await all()
      const number = Math.max(...old.map(({ publicJwk }) => numberOf(publicJwk))) + 1
      const key = await createKey(`local-emulator-${number}`)
      keys = Promise.resolve(keepOld ? [key, ...old] : [key])
    },

    async export() {
      const exported = (await all()).map(async ({ privateKey, publicJwk: { kid } }) => ({
        ...(await exportJWK(privateKey)),
        ...(kid !== undefined && { kid }),
      }))
      return Promise.all(exported)
    },

    import(jwks) {
      keys = Promise.all(jwks.map(importKey))
    },
  }
}

export async function createKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  return { privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } }
}

async function importKey(jwk: JWK): Promise<SigningKey> {
  const privateKey = await importJWK(jwk, 'RS256', { extractable: true })
  if (privateKey instanceof Uint8Array) throw new TypeError('an ID token needs an RSA key')
  const { kty = 'RSA', n = '', e = '', kid = '' } = jwk
  return { privateKey, publicJwk: { kty, n, e, kid, use: 'sig' } }
}

function numberOf({ kid = '' }: JWK): number {
  return Number(kid.slice(kid.lastIndexOf('-') + 1)) || 1
}
