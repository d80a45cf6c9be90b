/** The whole path at the Polar of today, of August 2026, and of a future that moves its issuer. */
import { describe, expect, it } from 'vitest'
import { polarServer } from './settings/polar-server.ts'
import { sessionOf } from './testing/browser.ts'
import { ACME, allowing, createLocalPolar, type LocalPolar } from './testing/local-polar.ts'

const ORIGIN = 'http://127.0.0.1:4567'
const AUGUST = 'https://polar.sh'

async function expectWholePath(polar: LocalPolar, allow: (url: URL) => Promise<URL>) {
  const { browser } = polar
  expect(await sessionOf(await browser.signIn(allow))).toMatchObject({
    connection: { subject: { id: ACME, name: 'Acme Books' } },
  })
  const userinfo = await browser.fetch('/bff/userinfo')
  expect(await userinfo.json()).toMatchObject({ email: 'ada@example.com' })
  expect(await sessionOf(await browser.post('/bff/refresh'))).toMatchObject({
    connection: { generation: 1 },
  })
  expect((await browser.fetch('/bff/api/v1/products/')).status).toBe(200)
  expect(await (await browser.post('/bff/logout')).json()).toEqual({ revoked: true })
}

describe('sign-in, userinfo, refresh and revocation', () => {
  it('work at the Polar of today', async () => {
    const polar = await createLocalPolar()
    await expectWholePath(polar, allowing(polar, [ACME]))
  })

  it('work at a future Polar with another issuer, which its discovery document names', async () => {
    const polar = await createLocalPolar({}, { issuer: 'https://auth.polar.example' })
    await expectWholePath(polar, allowing(polar, [ACME]))
    expect(polar.events.map(({ type }) => type)).toContain('issuer_moved')
  })

  it('work with the issuer of August 2026, if the callback names it', async () => {
    const server = polarServer(ORIGIN, AUGUST)
    const polar = await createLocalPolar({ server }, { asOf: '2026-08' })
    await expectWholePath(polar, async (url) => {
      const back = await allowing(polar, [ACME])(url)
      back.searchParams.set('iss', AUGUST)
      return back
    })
  })

  it('S9: end at the callback of August 2026, which names no issuer', async () => {
    const server = polarServer(ORIGIN, AUGUST)
    const polar = await createLocalPolar({ server }, { asOf: '2026-08' })
    const answer = await polar.browser.signIn(allowing(polar, [ACME]))
    expect(await answer.json()).toMatchObject({ code: 'issuer_mismatch' })
    expect(await polar.tokenRequests('authorization_code')).toBe(0)
  })
})
