/** ID tokens that almost hold: none of them makes a session, and their tokens are revoked. */
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createTestBrowser, sessionOf } from '../testing/browser.ts'
import { ACME, allowing, createLocalPolar } from '../testing/local-polar.ts'
import type { Upstream } from '../upstream/upstream.ts'

type Claims = Record<string, unknown>
type Forge = (claims: Claims, header: Claims, key: KeyObject) => string

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Signs by RS256, whatever the header says. */
const rs256: Forge = (claims, header, key) => {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`
}

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const short = generateKeyPairSync('rsa', { modulusLength: 1024 })
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A Polar whose keys and ID tokens are ours to make: the rest is the emulator's. */
async function createForger(
  forge: Forge | undefined,
  first: KeyObject = keys.publicKey,
  announced?: string,
) {
  let published: KeyObject | undefined = first
  const polar = await createLocalPolar()
  let fetched = 0
  let discovered = 0
  const upstream: Upstream = async (url, { method, headers, body, signal }) => {
    if (url.pathname === '/.well-known/jwks.json') {
      fetched += 1
      if (published === undefined) return new Response('no', { status: 500 })
      return Response.json({ keys: [{ ...published.export({ format: 'jwk' }), use: 'sig' }] })
    }
    if (url.pathname === '/.well-known/openid-configuration') {
      discovered += 1
      if (announced !== undefined) return Response.json({ issuer: announced })
    }
    const request = new Request(url, { method, headers, signal, ...(body && { body }) })
    const response = await polar.emulator.fetch(request)
    if (!url.pathname.endsWith('/token') || !response.ok) return response
    const { id_token: genuine, ...answer } = (await response.json()) as Record<string, string>
    const claims = JSON.parse(
      Buffer.from(genuine?.split('.')[1] ?? '', 'base64url').toString(),
    ) as Claims
    const header = { typ: 'JWT', alg: 'RS256' }
    const token = forge?.(claims, header, keys.privateKey)
    return Response.json({ ...answer, ...(token !== undefined && { id_token: token }) })
  }
  const bff = await polar.create({ upstream })
  const browser = createTestBrowser(bff)
  const signIn = () => browser.signIn(allowing(polar, [ACME]))
  const publish = (key: KeyObject | undefined) => void (published = key)
  return { polar, browser, signIn, publish, fetched: () => fetched, discovered: () => discovered }
}

const changed =
  (change: (claims: Claims) => Claims): Forge =>
  (claims, header, key) =>
    rs256(change(claims), header, key)

describe('an ID token', () => {
  it('signed by the published key and right in every claim makes a session', async () => {
    const { signIn } = await createForger(rs256)
    expect((await sessionOf(await signIn())).authenticated).toBe(true)
  })

  it('S56: may be a little off by the clock', async () => {
    const late = changed((claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 45 }))
    const { signIn } = await createForger(late)
    expect((await sessionOf(await signIn())).authenticated).toBe(true)
  })

  it.each<[string, Forge | undefined, KeyObject?]>([
    ['missing', undefined],
    ['not a token', () => 'nonsense'],
    ['for another client', changed((claims) => ({ ...claims, aud: ['polar_ci_other'] }))],
    ['of another issuer', changed((claims) => ({ ...claims, iss: 'https://evil.example' }))],
    ['expired', changed((claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 90 }))],
    [
      'from the future',
      changed((claims) => ({ ...claims, iat: Math.floor(Date.now() / 1000) + 90 })),
    ],
    ['without an age', changed(({ iat: _iat, ...claims }) => claims)],
    [
      'for several clients, and issued to another',
      changed((claims) => ({ ...claims, aud: [claims['aud'], 'polar_ci_other'].flat() })),
    ],
    ['of another sign-in', changed((claims) => ({ ...claims, nonce: 'n'.repeat(43) }))],
    ['without a nonce', changed((claims) => ({ ...claims, nonce: null }))],
    ['without a subject', changed(({ sub: _sub, ...claims }) => claims)],
    ['unsigned', (claims) => `${encode({ alg: 'none' })}.${encode(claims)}.`],
    [
      'signed with the public key as a secret',
      (claims) => {
        const input = `${encode({ alg: 'HS256' })}.${encode(claims)}`
        const secret = keys.publicKey.export({ format: 'pem', type: 'spki' })
        return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
      },
    ],
    [
      'signed by another algorithm',
      (claims) => {
        const input = `${encode({ alg: 'ES256' })}.${encode(claims)}`
        const key = { key: elliptic.privateKey, dsaEncoding: 'ieee-p1363' } as const
        return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`
      },
      elliptic.publicKey,
    ],
    ['signed by a stranger', (claims, header) => rs256(claims, header, stranger.privateKey)],
    [
      'signed by a stranger whose key it brings along',
      (claims, header) => {
        const jwk = stranger.publicKey.export({ format: 'jwk' })
        return rs256(claims, { ...header, jwk }, stranger.privateKey)
      },
    ],
    [
      'signed by a key that is too short',
      (claims, header) => rs256(claims, header, short.privateKey),
      short.publicKey,
    ],
  ])('S7, S56: %s makes none, and the tokens are revoked', async (_, forge, published) => {
    const { polar, browser, signIn } = await createForger(forge, published)
    const answer = await signIn()
    expect(await answer.json()).toMatchObject({ code: 'id_token_invalid', status: 502 })
    expect((await browser.session()).authenticated).toBe(false)
    const { items } = await polar.control<{ items: { ended: string | null }[] }>('GET', '/grants')
    expect(items.map(({ ended }) => ended)).toEqual(['revoked'])
  })

  describe('of an issuer that is not the expected one', () => {
    const moved = 'https://moved.example'
    const ofMoved = changed((claims) => ({ ...claims, iss: moved }))

    it('counts if the discovery document names that issuer', async () => {
      const { polar, signIn, discovered } = await createForger(ofMoved, keys.publicKey, moved)
      expect((await sessionOf(await signIn())).authenticated).toBe(true)
      expect((await sessionOf(await signIn())).authenticated).toBe(true)
      expect(discovered()).toBe(1)
      expect(polar.events).toContainEqual({
        type: 'issuer_moved',
        expected: 'http://127.0.0.1:4567',
        announced: moved,
      })
    })

    it('makes no session and no request if it names none', async () => {
      const { signIn, discovered } = await createForger(
        changed(({ iss: _iss, ...claims }) => claims),
      )
      expect(await (await signIn()).json()).toMatchObject({ code: 'id_token_invalid' })
      expect(discovered()).toBe(0)
    })

    it('makes no session otherwise, and its tokens are revoked', async () => {
      const { polar, browser, signIn, discovered } = await createForger(ofMoved)
      expect(await (await signIn()).json()).toMatchObject({ code: 'id_token_invalid' })
      expect(discovered()).toBe(1)
      expect((await browser.session()).authenticated).toBe(false)
      const { items } = await polar.control<{ items: { ended: string | null }[] }>('GET', '/grants')
      expect(items.map(({ ended }) => ended)).toEqual(['revoked'])
    })
  })

  it('S57: of an unknown key reads the keys again, but rarely', async () => {
    const forged: Forge = (claims, header) => rs256(claims, header, stranger.privateKey)
    const { polar, signIn, fetched } = await createForger(forged)
    for (let round = 0; round < 10; round += 1) await signIn()
    expect(fetched()).toBe(2)
    polar.emulator.clock.advance(31)
    await signIn()
    expect(fetched()).toBe(3)
  })

  it('S57: of a key that was just rotated is taken at once', async () => {
    let current = keys
    const rotating: Forge = (claims, header) => rs256(claims, header, current.privateKey)
    const { signIn, publish, fetched } = await createForger(rotating)
    await sessionOf(await signIn())
    current = stranger
    publish(stranger.publicKey)
    await sessionOf(await signIn())
    expect(fetched()).toBe(2)
  })

  it('S57: is checked with the keys that are known while Polar gives none', async () => {
    const { polar, signIn, publish } = await createForger(rs256)
    await sessionOf(await signIn())
    publish(undefined)
    polar.emulator.clock.advance(3600)
    expect((await sessionOf(await signIn())).authenticated).toBe(true)
    // The sign-in went well, so only the event tells the operator.
    const failed = { type: 'upstream_failed', operation: 'jwks', status: 500 }
    expect(polar.events).toContainEqual(expect.objectContaining(failed))
  })
})
