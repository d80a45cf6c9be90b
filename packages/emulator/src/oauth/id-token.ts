/** ID tokens and the keys that sign them. */
import { createHash } from 'node:crypto'
import { SignJWT, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose'
import type { Client, Code, Pair, World } from '../world.ts'

/** The same in every environment. */
export const ISSUER = 'https://polar.sh'
const LIFETIME_SECONDS = 3600

interface SigningKey {
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

/** Made once a process, when it is first needed: 2,048 bits take a while to find. */
let signingKey: Promise<SigningKey> | undefined

async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const publicJwk = { ...(await exportJWK(publicKey)), kid: 'local-emulator-1', use: 'sig' }
  return { privateKey, publicJwk }
}

export async function publicKeys(): Promise<{ keys: JWK[] }> {
  signingKey ??= createSigningKey()
  return { keys: [(await signingKey).publicJwk] }
}

/** The ID token of an exchange: its header names no key, and `nonce` is null where none was sent. */
export async function createIdToken(
  world: World,
  client: Client,
  code: Code,
  pair: Pair,
): Promise<string> {
  signingKey ??= createSigningKey()
  const { privateKey } = await signingKey
  const now = Math.floor(world.clock.now())
  const person = world.person(pair.personId)
  const email = pair.scopes.includes('email') && person !== undefined
  const hash = createHash('sha256').update(pair.accessToken).digest().subarray(0, 16)
  return new SignJWT({
    iss: ISSUER,
    iat: now,
    exp: now + LIFETIME_SECONDS,
    auth_time: Math.floor(code.createdAt),
    aud: [client.id],
    nonce: code.nonce,
    at_hash: hash.toString('base64url'),
    sub: pair.personId ?? pair.organizationIds[0] ?? '',
    ...(email && { email: person.email, email_verified: person.emailVerified }),
  })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256' })
    .sign(privateKey)
}
