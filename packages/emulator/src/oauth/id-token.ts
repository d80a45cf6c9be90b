/** ID tokens: valid as Polar's, or spoiled by a fault. */
import { createHash, createSign, generateKeyPairSync } from 'node:crypto'
import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair, type JWTPayload } from 'jose'
import type { IdTokenFault } from '../faults/fault.ts'
import type { Client, Code, Pair } from '../world/records.ts'
import type { World } from '../world/world.ts'

const LIFETIME_SECONDS = 3600

/** The ID token of an exchange. As at Polar, it has no `kid`, and `nonce` is null if none was sent. */
export async function createIdToken(
  world: World,
  { client, code, pair }: { client: Client; code: Code; pair: Pair },
  fault?: IdTokenFault,
): Promise<string> {
  const now = Math.floor(world.clock.now())
  const person = world.person(pair.personId)
  const email = pair.scopes.includes('email') && person !== undefined
  const hash = createHash('sha256').update(pair.accessToken).digest().subarray(0, 16)
  const claims = {
    iss: world.issuer,
    iat: now,
    exp: now + LIFETIME_SECONDS,
    auth_time: Math.floor(code.createdAt),
    aud: [client.id],
    nonce: code.nonce,
    at_hash: hash.toString('base64url'),
    sub: pair.personId ?? pair.organizationIds[0] ?? '',
    ...(email && { email: person.email, email_verified: person.emailVerified }),
  }
  return sign(world, client, spoil(claims, fault), fault)
}

/** Makes one claim wrong, for faults of claims. */
function spoil(claims: JWTPayload, fault: IdTokenFault | undefined): JWTPayload {
  switch (fault) {
    case 'audience':
      return { ...claims, aud: ['polar_ci_another_client'] }
    case 'issuer':
      return { ...claims, iss: 'https://polar.example' }
    case 'nonce':
      return { ...claims, nonce: 'another-nonce' }
    case 'expired': {
      const iat = (claims.iat ?? 0) - 2 * LIFETIME_SECONDS
      return { ...claims, iat, exp: iat + LIFETIME_SECONDS }
    }
    case 'alg_none':
    case 'hs256':
    case 'es256':
    case 'weak_key':
    case 'unknown_key':
    case undefined:
      return claims
  }
}

/** Not in the JWKS. Generated once per process, because generating takes time. */
let unknownKey: ReturnType<typeof generateKeyPair> | undefined

async function sign(
  world: World,
  client: Client,
  claims: JWTPayload,
  fault: IdTokenFault | undefined,
): Promise<string> {
  const signed = (alg: string) => new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg })
  switch (fault) {
    case 'alg_none':
      return new UnsecuredJWT(claims).encode()
    case 'hs256':
      // The signature is valid, because the client knows its secret. Only the algorithm is wrong.
      return signed('HS256').sign(new TextEncoder().encode(client.secret))
    case 'es256': {
      const { privateKey, publicKey } = await generateKeyPair('ES256')
      world.keys.publish({ ...(await exportJWK(publicKey)), use: 'sig' })
      return signed('ES256').sign(privateKey)
    }
    case 'unknown_key':
      unknownKey ??= generateKeyPair('RS256')
      return signed('RS256').sign((await unknownKey).privateKey)
    case 'weak_key':
      return signWeakly(world, claims)
    case 'audience':
    case 'issuer':
    case 'nonce':
    case 'expired':
    case undefined:
      return signed('RS256').sign((await world.keys.current()).privateKey)
  }
}

/** Signs with a published key of 1,024 bits. jose rightly refuses such keys (RFC 7518 §3.3). */
async function signWeakly(world: World, claims: JWTPayload): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  world.keys.publish({ ...(await exportJWK(publicKey)), use: 'sig' })
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const content = `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode(claims)}`
  return `${content}.${createSign('RSA-SHA256').update(content).sign(privateKey, 'base64url')}`
}
