import type { SessionAnswer } from '@polar-connect/protocol'
import { describe, expect, it } from 'vitest'
import { polarServer } from '../settings/polar-server.ts'
import { randomToken, s256 } from '../runtime/random.ts'
import { createTestBrowser, sessionOf, type Begun } from '../testing/browser.ts'
import { holdUpstream } from '../testing/held-upstream.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { ACME, ADA, NORD, allowing, createLocalPolar, denying } from '../testing/local-polar.ts'

const DISCOVERY = '/.well-known/openid-configuration'

/** Conditions are waited for, also on a busy machine. */
const POLL = { timeout: 20_000 }

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code
}

function connectionOf(session: SessionAnswer) {
  if (!session.authenticated) throw new Error('not connected')
  return session.connection
}

describe('a sign-in', () => {
  it('connects the organization that was chosen, and names it and the person', async () => {
    const polar = await createLocalPolar()
    const response = await polar.browser.signIn(allowing(polar, [ACME]))
    const connection = connectionOf(await sessionOf(response))
    expect(connection).toMatchObject({
      subject: { type: 'organization', id: ACME, name: 'Acme Books', slug: 'acme-books' },
      user: { id: ADA, email: 'ada@example.com' },
      generation: 0,
    })
    expect(await polar.browser.session()).toMatchObject({
      authenticated: true,
      connection,
      server: { name: 'emulator', origin: 'http://127.0.0.1:4567' },
    })
  })

  it('S49: tells the page no token', async () => {
    const polar = await createLocalPolar()
    const callback = await polar.browser.signIn(allowing(polar, [ACME]))
    const session = await polar.browser.fetch('/bff/session')
    for (const answer of [callback, session]) {
      const text = await answer.text()
      expect(text).toContain('Acme Books')
      expect(text).not.toMatch(/polar_(at|rt|ac)_|eyJ/)
    }
  })

  it('is told beforehand what it will ask for, as the app is set up', async () => {
    const polar = await createLocalPolar({ subject: 'user', scopes: ['profile'], allow: [] })
    const { asks, app_origin: origin } = await polar.browser.session()
    expect(origin).toBe('https://app.example')
    expect(asks).toMatchObject({ scopes: ['openid', 'profile'], subject: 'user' })
    expect(asks?.allowed_scopes).toEqual(expect.arrayContaining(['openid', 'profile']))
  })

  it('connects a user, and skips the page at the second sign-in', async () => {
    const polar = await createLocalPolar({ subject: 'user' })
    const first = connectionOf(await sessionOf(await polar.browser.signIn(allowing(polar))))
    expect(first.subject).toEqual({ type: 'user', id: ADA })
    await polar.browser.post('/bff/logout')
    const { url, codeVerifier } = await polar.browser.begin()
    const shown = await polar.emulator.fetch(new Request(url))
    const location = new URL(shown.headers.get('Location') ?? '')
    const parameters = Object.fromEntries(location.searchParams)
    const body = { ...parameters, code_verifier: codeVerifier }
    const second = await sessionOf(await polar.browser.post('/bff/callback', body))
    expect(connectionOf(second).id).not.toBe(first.id)
  })

  it('takes an organization token of the older kind for the organization itself', async () => {
    const polar = await createLocalPolar()
    await polar.control('PATCH', '/settings', { organization_tokens: 'documented' })
    const response = await polar.browser.signIn(allowing(polar, [NORD]))
    expect(connectionOf(await sessionOf(response))).toMatchObject({
      subject: { type: 'organization', id: NORD, name: 'Nord Studio' },
      user: { id: NORD },
    })
  })

  it('says which permissions were not granted', async () => {
    const polar = await createLocalPolar()
    const { items } = await polar.control<{ items: { id: string }[] }>('GET', '/clients')
    const scopes = ['openid', 'organizations:read', 'products:read']
    await polar.control('PATCH', `/clients/${items[0]?.id}`, { scopes })
    const response = await polar.browser.signIn(allowing(polar, [ACME]))
    const { scopes: granted, requested_scopes: requested } = connectionOf(await sessionOf(response))
    expect(granted).toEqual(scopes)
    expect(requested).toContain('orders:read')
  })

  it('that was denied says so, and leaves the way open for another', async () => {
    const polar = await createLocalPolar()
    const denied = await polar.browser.signIn(denying(polar))
    expect(denied.status).toBe(400)
    expect(await denied.json()).toMatchObject({
      code: 'authorization_error',
      error: 'access_denied',
    })
    await sessionOf(await polar.browser.signIn(allowing(polar, [ACME])))
  })

  it('refuses another organization than the one that was asked for, and revokes its tokens', async () => {
    const polar = await createLocalPolar()
    const response = await polar.browser.signIn(allowing(polar, [NORD]), { organization: ACME })
    expect(await codeOf(response)).toBe('organization_mismatch')
    const { items } = await polar.control<{ items: { ended: string | null }[] }>('GET', '/grants')
    expect(items.map(({ ended }) => ended)).toEqual(['revoked'])
    expect((await polar.browser.session()).authenticated).toBe(false)
  })

  it('S24: over a living session revokes the earlier tokens', async () => {
    const polar = await createLocalPolar()
    await sessionOf(await polar.browser.signIn(allowing(polar, [ACME])))
    await sessionOf(await polar.browser.signIn(allowing(polar, [NORD])))
    await expect
      .poll(async () => {
        const { items } = await polar.control<{ items: { ended: string | null }[] }>(
          'GET',
          '/grants',
        )
        return items.map(({ ended }) => ended)
      }, POLL)
      .toEqual(['revoked', null])
  })
})

describe('a callback', () => {
  it('S1, S5: counts in no other browser, and still in its own', async () => {
    const polar = await createLocalPolar()
    const { url, codeVerifier } = await polar.browser.begin()
    const back = await allowing(polar, [ACME])(url)
    const body = { ...Object.fromEntries(back.searchParams), code_verifier: codeVerifier }

    const empty = createTestBrowser(polar.bff)
    expect(await codeOf(await empty.post('/bff/callback', body))).toBe('transaction_missing')
    const busy = createTestBrowser(polar.bff)
    await busy.begin()
    expect(await codeOf(await busy.post('/bff/callback', body))).toBe('state_mismatch')
    expect(await polar.tokenRequests('authorization_code')).toBe(0)
    expect((await empty.session()).authenticated).toBe(false)

    await sessionOf(await polar.browser.post('/bff/callback', body))
  })

  it('S2: counts once, even for two at the same time', async () => {
    const polar = await createLocalPolar()
    const { url, codeVerifier } = await polar.browser.begin()
    const back = await allowing(polar, [ACME])(url)
    const body = { ...Object.fromEntries(back.searchParams), code_verifier: codeVerifier }
    const answers = await Promise.all([
      polar.browser.post('/bff/callback', body),
      polar.browser.post('/bff/callback', body),
    ])
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '400'])
    expect(await polar.tokenRequests('authorization_code')).toBe(1)
  })

  it('S2, S4: ends the sign-in at a wrong verifier, before Polar is asked', async () => {
    const polar = await createLocalPolar()
    const { url, codeVerifier } = await polar.browser.begin()
    const back = await allowing(polar, [ACME])(url)
    const parameters = Object.fromEntries(back.searchParams)
    const kept = new Map(polar.browser.cookies)
    const wrong = { ...parameters, code_verifier: randomToken() }
    expect(await codeOf(await polar.browser.post('/bff/callback', wrong))).toBe('verifier_mismatch')
    expect(polar.browser.setCookies.at(-1)).toMatch(/_tx_\d=; Max-Age=0;/)
    for (const [name, value] of kept) polar.browser.cookies.set(name, value)
    const right = { ...parameters, code_verifier: codeVerifier }
    expect(await codeOf(await polar.browser.post('/bff/callback', right))).toBe(
      'transaction_missing',
    )
    expect(await polar.tokenRequests('authorization_code')).toBe(0)
  })

  it('S3: is too late after ten minutes, though the cookie is still sent', async () => {
    const polar = await createLocalPolar()
    const { url, codeVerifier } = await polar.browser.begin()
    polar.emulator.clock.advance(599)
    const back = await allowing(polar, [ACME])(url)
    const body = { ...Object.fromEntries(back.searchParams), code_verifier: codeVerifier }
    polar.emulator.clock.advance(1)
    expect(await codeOf(await polar.browser.post('/bff/callback', body))).toBe(
      'transaction_expired',
    )
  })

  it('S8: counts at no other server than the one it was begun at', async () => {
    const polar = await createLocalPolar()
    const { url, codeVerifier } = await polar.browser.begin()
    const back = await allowing(polar, [ACME])(url)
    const other = createTestBrowser(await polar.create({ server: polarServer('sandbox') }))
    for (const [name, value] of polar.browser.cookies) other.cookies.set(name, value)
    const body = { ...Object.fromEntries(back.searchParams), code_verifier: codeVerifier }
    expect(await codeOf(await other.post('/bff/callback', body))).toBe('transaction_missing')
    expect(await polar.tokenRequests('authorization_code')).toBe(0)
  })

  it.each([
    ['names another issuer', 'https://evil.example'],
    ['names the issuer of August 2026', 'https://polar.sh'],
    ['names no issuer', undefined],
  ])('S9: refuses a code whose callback %s', async (_, iss) => {
    const polar = await createLocalPolar()
    const altered = async (url: URL) => {
      const back = await allowing(polar, [ACME])(url)
      back.searchParams.delete('iss')
      if (iss !== undefined) back.searchParams.set('iss', iss)
      return back
    }
    expect(await codeOf(await polar.browser.signIn(altered))).toBe('issuer_mismatch')
    expect(await polar.tokenRequests('authorization_code')).toBe(0)
  })

  describe('that names an issuer other than the expected one', () => {
    const moved = 'https://moved.example'

    /** A Polar whose redirects name `moved`, and whose discovery document names what it is told. */
    async function createMoved(announced: () => string | undefined) {
      const polar = await createLocalPolar()
      const paths: string[] = []
      const upstream: Upstream = async (url, request) => {
        paths.push(url.pathname)
        if (url.pathname !== DISCOVERY) return polar.upstream(url, request)
        const issuer = announced()
        return issuer === undefined
          ? new Response('no', { status: 503 })
          : Response.json({ issuer, token_endpoint: 'https://evil.example/token' })
      }
      const browser = createTestBrowser(await polar.create({ upstream }))
      const signIn = () =>
        browser.signIn(async (url) => {
          const back = await allowing(polar, [ACME])(url)
          back.searchParams.set('iss', moved)
          return back
        })
      const asked = (path: string) => paths.filter((one) => one === path).length
      return { ...polar, browser, signIn, asked }
    }

    it('S9: counts if the discovery document names it too, which is read once an hour', async () => {
      const { emulator, signIn, asked, events } = await createMoved(() => moved)
      await sessionOf(await signIn())
      emulator.clock.advance(3500)
      await sessionOf(await signIn())
      expect(asked(DISCOVERY)).toBe(1)
      expect(events.filter(({ type }) => type === 'issuer_moved')).toHaveLength(1)
      emulator.clock.advance(200)
      await sessionOf(await signIn())
      expect(asked(DISCOVERY)).toBe(2)
    })

    it('S9: is refused if the document names another, before the code is sent', async () => {
      let issuer = 'http://127.0.0.1:4567'
      const { emulator, signIn, asked } = await createMoved(() => issuer)
      for (let round = 0; round < 5; round += 1) {
        expect(await codeOf(await signIn())).toBe('issuer_mismatch')
      }
      expect(asked(DISCOVERY)).toBe(2)
      expect(asked('/v1/oauth2/token')).toBe(0)
      // Polar moves now: those who come next do not wait for an hour.
      issuer = moved
      emulator.clock.advance(31)
      await sessionOf(await signIn())
    })

    it('S9: waits for Polar if the document cannot be read', async () => {
      const { signIn, asked } = await createMoved(() => undefined)
      for (let round = 0; round < 3; round += 1) {
        expect(await codeOf(await signIn())).toBe('polar_unavailable')
      }
      expect(asked(DISCOVERY)).toBe(3)
      expect(asked('/v1/oauth2/token')).toBe(0)
    })

    it('is the only one that makes the document be read', async () => {
      const polar = await createLocalPolar()
      await sessionOf(await polar.browser.signIn(allowing(polar, [ACME])))
      expect(await polar.requests(DISCOVERY)).toEqual([])
    })
  })

  it('tells a denial while Polar asks for a pause', async () => {
    const polar = await createLocalPolar()
    const { url } = await polar.browser.begin()
    const back = await denying(polar)(url)
    await polar.control('POST', '/faults', {
      path_contains: '/v1/oauth2/token',
      status: 429,
      headers: { 'Retry-After': '60' },
      times: 1,
    })
    const busy = await createTestBrowser(polar.bff).signIn(allowing(polar, [ACME]))
    expect(await codeOf(busy)).toBe('polar_unavailable')
    const denied = await polar.browser.post('/bff/callback', Object.fromEntries(back.searchParams))
    expect(await denied.json()).toMatchObject({
      code: 'authorization_error',
      error: 'access_denied',
    })
  })

  it.each([
    ['of no issuer', undefined, 'authorization_error'],
    ['of Polar', 'http://127.0.0.1:4567', 'authorization_error'],
    ['of another issuer', 'https://evil.example', 'issuer_mismatch'],
  ])('S9: tells an error %s', async (_, iss, code) => {
    const polar = await createLocalPolar()
    const denied = async (url: URL) => {
      const back = await denying(polar)(url)
      back.searchParams.delete('iss')
      back.searchParams.set('error_uri', 'https://polar.example/errors')
      if (iss !== undefined) back.searchParams.set('iss', iss)
      return back
    }
    expect(await codeOf(await polar.browser.signIn(denied))).toBe(code)
  })

  it('whose browser hangs up leaves no tokens behind', async () => {
    const polar = await createLocalPolar()
    const held = holdUpstream(polar.upstream, '/v1/oauth2/token', 'answered')
    const browser = polar.browser.copy(await polar.create({ upstream: held.upstream }))
    const { url, codeVerifier } = await browser.begin()
    const back = await allowing(polar, [ACME])(url)
    const hangUp = new AbortController()
    const abandoned = browser.fetch('/bff/callback', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        ...Object.fromEntries(back.searchParams),
        code_verifier: codeVerifier,
      }),
      signal: hangUp.signal,
    })
    await held.arrived
    hangUp.abort()
    held.letGo()
    const answer = await abandoned
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([
      400,
      [expect.stringMatching(/_tx_\d=; Max-Age=0;/)],
    ])
    const { items } = await polar.control<{ items: { ended: string | null }[] }>('GET', '/grants')
    expect(items.map(({ ended }) => ended)).toEqual(['revoked'])
  })

  it('with an error and no state of ours ends no sign-in', async () => {
    const polar = await createLocalPolar()
    const { url, codeVerifier } = await polar.browser.begin()
    const stray = await polar.browser.post('/bff/callback', { error: 'access_denied' })
    expect(await codeOf(stray)).toBe('state_mismatch')
    const back = await allowing(polar, [ACME])(url)
    const body = { ...Object.fromEntries(back.searchParams), code_verifier: codeVerifier }
    await sessionOf(await polar.browser.post('/bff/callback', body))
  })
})

describe('the authorization request', () => {
  it('S6: is built of nothing that the page could bend', async () => {
    const polar = await createLocalPolar()
    const { url, state } = await polar.browser.begin()
    expect(url.origin + url.pathname).toBe('http://127.0.0.1:4567/oauth2/authorize')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: 'https://app.example/auth/callback',
      code_challenge_method: 'S256',
      sub_type: 'organization',
      prompt: 'consent',
      state,
    })
    const challenge = url.searchParams.get('code_challenge')
    for (const extra of [
      { redirect_uri: 'https://evil.example' },
      { client_id: 'other' },
      { code_challenge_method: 'plain' },
      { code_challenge: `${challenge}=` },
      { scopes: ['openid', 'webhooks:write'] },
      { prompt: 'none' },
      { ['__proto__']: { polluted: true } },
    ]) {
      const body = { code_challenge: challenge, code_challenge_method: 'S256', ...extra }
      const answer = await polar.browser.post('/bff/authorize', body)
      expect(await codeOf(answer), JSON.stringify(extra)).toBe('invalid_request')
    }
  })

  it('S62: has no member that is not known', async () => {
    const { browser } = await createLocalPolar()
    const body = { code_challenge: await s256('verifier'), code_challenge_method: 'S256' }
    expect((await browser.post('/bff/authorize', body)).status).toBe(200)
    const answer = await browser.post('/bff/authorize', { ...body, redirect_uri: 'https://evil' })
    expect(await codeOf(answer)).toBe('invalid_request')
  })

  it('asks for what was granted as well, with the consent page', async () => {
    const polar = await createLocalPolar({ subject: 'user', scopes: ['openid', 'products:read'] })
    await sessionOf(await polar.browser.signIn(allowing(polar)))
    const { url } = await polar.browser.begin({ scopes: ['checkouts:write'] })
    expect(url.searchParams.get('scope')?.split(' ').toSorted()).toEqual([
      'checkouts:write',
      'openid',
      'products:read',
    ])
    expect(url.searchParams.get('prompt')).toBe('consent')
  })

  it('S11: keeps four sign-ins in a browser, and puts a fifth in the place of the oldest', async () => {
    const polar = await createLocalPolar()
    const begun: Begun[] = []
    for (let index = 0; index < 6; index += 1) {
      begun.push(await polar.browser.begin())
      polar.emulator.clock.advance(1)
    }
    expect(polar.browser.cookies.size).toBe(4)
    const finish = async (index: number) => {
      const entry = begun[index]
      if (entry === undefined) throw new Error('not begun')
      const back = await allowing(polar, [ACME])(entry.url)
      const body = { ...Object.fromEntries(back.searchParams), code_verifier: entry.codeVerifier }
      return polar.browser.post('/bff/callback', body)
    }
    expect(await codeOf(await finish(0))).toBe('state_mismatch')
    await sessionOf(await finish(5))
    expect([...polar.browser.cookies.keys()]).toEqual(['__Host-Http-polar_connect'])
  })
})
