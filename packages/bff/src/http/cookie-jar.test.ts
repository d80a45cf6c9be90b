import { SCOPES } from '@polar-connect/protocol'
import { CompactEncrypt, decodeProtectedHeader } from 'jose'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { createSeal } from '../sealing/seal.ts'
import { createSessionSeal, type Session } from '../sealing/sealed-session.ts'
import { createTestBrowser, sessionOf } from '../testing/browser.ts'
import { testKeys } from '../testing/keys.ts'
import { ACME, allowing, createLocalPolar } from '../testing/local-polar.ts'

const NAME = '__Host-Http-polar_connect'

const UUID = '1dbfc517-0bbf-4301-9ba8-555ca42b9731'

const session: Session = {
  id: 'i'.repeat(22),
  accessToken: `polar_at_u_${'a'.repeat(43)}`,
  refreshToken: `polar_rt_u_${'r'.repeat(43)}`,
  issuedAt: 1_790_000_001,
  accessTokenExpiresAt: 1_790_864_000,
  connectedAt: 1_790_000_000,
  expiresAt: 1_792_592_000,
  generation: 120,
  previous: 'p'.repeat(32),
  server: 'https://sandbox.polar.sh',
  subject: { type: 'organization', id: UUID, name: 'n'.repeat(40), slug: 's'.repeat(30) },
  user: { id: UUID, name: 'n'.repeat(40), email: `${'e'.repeat(30)}@example.com` },
  scopes: SCOPES,
  requestedScopes: SCOPES.slice(1),
}

describe('our cookies', () => {
  it('S20: carry every attribute, also when they are cleared', async () => {
    const polar = await createLocalPolar()
    await sessionOf(await polar.browser.signIn(allowing(polar, [ACME])))
    await polar.browser.post('/bff/logout')
    expect(polar.browser.setCookies.length).toBeGreaterThan(3)
    for (const line of polar.browser.setCookies) {
      const [pair, ...attributes] = line.split('; ')
      expect(pair).toMatch(/^__Host-Http-polar_connect(_tx_[0-3])?=/)
      expect(attributes.filter((attribute) => !attribute.startsWith('Max-Age='))).toEqual([
        'Path=/',
        'HttpOnly',
        'Secure',
        'SameSite=Strict',
      ])
    }
  })

  it('S21: are named by the port, and not Secure, only on loopback http', async () => {
    const polar = await createLocalPolar({ appOrigin: 'http://localhost:5173' })
    const browser = createTestBrowser(polar.bff, 'http://localhost:5173')
    await browser.begin()
    expect(browser.setCookies[0]).toMatch(/^polar_connect_5173_tx_\d=/)
    expect(browser.setCookies[0]).not.toContain('Secure')
    await expect(createLocalPolar({ appOrigin: 'http://app.example' })).rejects.toThrow(TypeError)
  })

  it('S26: stay under 1 KB with every scope granted, and under 2 KB with the longest names', async () => {
    const { seal, open } = createSessionSeal(await testKeys('one'), 'session')
    const sealed = await seal(session)
    expect(NAME.length + sealed.length).toBeLessThan(1024)
    expect(await open(sealed)).toEqual(session)
    const name = '\u{1f9f6}'.repeat(64)
    const longest = await seal({
      ...session,
      owner: UUID,
      subject: { ...session.subject, name, slug: 's'.repeat(64) },
      user: { id: UUID, name, email: 'e'.repeat(128) },
    })
    expect(NAME.length + longest.length).toBeLessThan(2048)
  })

  it('keep the order of their values, or those of an earlier release open as something else', async () => {
    const keys = await testKeys('one')
    const sealed = await createSessionSeal(keys, 'session').seal({ ...session, owner: 'the owner' })
    const opened = await createSeal(keys, 'session', v.array(v.unknown())).open(sealed)
    expect(opened?.value).toEqual([
      session.id,
      'the owner',
      session.accessToken,
      session.refreshToken,
      session.issuedAt,
      session.accessTokenExpiresAt,
      session.connectedAt,
      session.generation,
      session.previous,
      session.server,
      session.subject,
      session.user,
      expect.stringMatching(/^1f+$/),
      expect.stringMatching(/^1f+e$/),
    ])
  })

  it('S22: open nothing if they were altered, swapped or made elsewhere', async () => {
    const polar = await createLocalPolar()
    await polar.browser.begin()
    await sessionOf(await polar.browser.signIn(allowing(polar, [ACME])))
    const sealed = polar.browser.cookies.get(NAME) ?? ''
    const [header = '', , iv = '', text = '', tag = ''] = sealed.split('.')
    const forged = async (extra: Record<string, unknown>) =>
      new CompactEncrypt(new TextEncoder().encode('{}'))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...extra })
        .encrypt(new Uint8Array(32))
    const values = [
      ...Array.from({ length: 40 }, (_, length) => sealed.slice(0, length)),
      `${header}..${iv}.${text}.${tag.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`,
      `${header}..${iv}.${text.slice(4)}.${tag}`,
      `${'A'.repeat(header.length)}..${iv}.${text}.${tag}`,
      await forged({ kid: 'unknown' }),
      await forged({ kid: '__proto__' }),
      await forged({}),
      sealed.replaceAll('.', '%2e'),
      `"${sealed}`,
    ]
    for (const value of values) {
      polar.browser.cookies.set(NAME, value)
      const answer = await polar.browser.fetch('/bff/session')
      expect(answer.status, value).toBe(200)
      expect(await answer.json(), value).toMatchObject({ authenticated: false })
    }
  })

  it('S22: of one kind never pass for another', async () => {
    const polar = await createLocalPolar()
    await polar.browser.begin()
    const [transaction = ''] = polar.browser.cookies.values()
    expect(decodeProtectedHeader(transaction).typ).toBe('polar-connect-transaction+jwt')
    polar.browser.cookies.set(NAME, transaction)
    expect((await polar.browser.session()).authenticated).toBe(false)
  })

  it('S52: that do not open are told once, at a logout too', async () => {
    const { browser, events } = await createLocalPolar()
    browser.cookies.set(NAME, 'of no one')
    await browser.post('/bff/logout')
    expect(events.filter(({ type }) => type === 'cookie_refused')).toHaveLength(1)
  })

  it('S27: are read from a header of sane size, and only once', async () => {
    const polar = await createLocalPolar()
    await sessionOf(await polar.browser.signIn(allowing(polar, [ACME])))
    const sealed = polar.browser.cookies.get(NAME) ?? ''
    const ask = (cookie: string) =>
      polar.bff.fetch(
        new Request('https://app.example/bff/session', {
          headers: { 'X-CSRF': '1', Cookie: cookie },
        }),
      )
    const pairs = (count: number) =>
      Array.from({ length: count }, (_, index) => `c${index}=1`).join('; ')
    expect((await ask(`${pairs(255)}; ${NAME}=${sealed}`)).status).toBe(200)
    expect((await ask(`${pairs(256)}; ${NAME}=${sealed}`)).status).toBe(431)
    expect((await ask(`big=${'x'.repeat(16_384)}`)).status).toBe(431)
    for (const header of [
      `${NAME}=${sealed}; ${NAME}=${sealed}`,
      `${NAME}=planted; ${NAME}=${sealed}`,
      `${NAME.toLowerCase()}=${sealed}`,
      `\u00a0${NAME}=${sealed}`,
    ]) {
      expect(await (await ask(header)).json(), header).toMatchObject({ authenticated: false })
    }
    expect(await (await ask(`a=1;\t${NAME}=${sealed} ; b=2`)).json()).toMatchObject({
      authenticated: true,
    })
  })
})
