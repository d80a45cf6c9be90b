import {
  verdictOf,
  type Check,
  type CheckId,
  type DiagnosticsAnswer,
} from '@polar-connect/protocol'
import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import { describe, expect, it } from 'vitest'
import { createBff } from '../create-bff.ts'
import { createDiagnostics } from './diagnostics.ts'
import { createMemoryCoordinator } from '../coordinator/drivers/memory.ts'
import { BffError } from '../errors/bff-error.ts'
import { createKeyRing } from '../sealing/key-ring.ts'
import type { BffOptions } from '../options.ts'
import { polarServer } from '../settings/polar-server.ts'
import { createTestBrowser } from '../testing/browser.ts'
import { testKeys, testSecret } from '../testing/keys.ts'
import { allowing, createLocalPolar } from '../testing/local-polar.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { systemTime } from '../runtime/time.ts'

const PATH = '/bff/diagnostics'

async function answerOf(options: Partial<BffOptions> = {}) {
  const polar = await createLocalPolar({ diagnostics: createDiagnostics, ...options })
  const answer = async () => {
    await polar.browser.fetch(`${PATH}?probe`)
    return (await (await polar.browser.fetch(PATH)).json()) as DiagnosticsAnswer
  }
  return { ...polar, answer, checks: async () => byId((await answer()).checks) }
}

function byId(checks: readonly Check[]): Partial<Record<CheckId, Check>> {
  return Object.fromEntries(checks.map((check) => [check.id, check]))
}

const statuses = (checks: Partial<Record<CheckId, Check>>) =>
  Object.fromEntries(Object.entries(checks).map(([id, { status }]) => [id, status]))

describe('the diagnostics', () => {
  it('pass one by one if everything is right', async () => {
    const { answer } = await answerOf()
    const { checks, ...rest } = await answer()
    expect(statuses(byId(checks))).toEqual({
      polar: 'ok',
      keys: 'ok',
      environment: 'ok',
      client_id: 'ok',
      client_secret: 'ok',
      redirect_uri: 'ok',
      scopes: 'ok',
      api_version: 'ok',
      clock: 'ok',
      emulator_faults: 'ok',
      changes: 'ok',
      cookies: 'ok',
      session_secrets: 'ok',
      coordinator: 'ok',
      versions: 'ok',
    })
    expect(byId(checks).changes?.differences).toBeUndefined()
    expect(verdictOf(checks)).toEqual({ works: true, text: 'Sign-in works.' })
    expect(rest).toMatchObject({
      app_origin: 'https://app.example',
      redirect_uri: 'https://app.example/auth/callback',
      server: { name: 'emulator' },
    })
  })

  it('issue no code at Polar, even if a sign-in would show no screen', async () => {
    const { answer, browser, emulator, control } = await answerOf()
    await browser.signIn(allowing({ emulator }), { subject: 'user' })
    await control('DELETE', '/requests')
    await answer()
    const path = '/requests?path=/v1/oauth2/authorize'
    expect(await control('GET', path)).toMatchObject({
      items: [{ status: 302, note: 'Refused: invalid_request' }],
    })
  })

  it('do not exist unless they are turned on', async () => {
    const { browser } = await createLocalPolar()
    for (const path of [PATH, `${PATH}?probe`]) {
      const refused = await browser.fetch(path)
      expect(refused.status).toBe(404)
      expect(refused.headers.getSetCookie()).toEqual([])
    }
    expect((await browser.post(PATH)).status).toBe(404)
  })

  it('are behind the gate', async () => {
    const { bff, browser } = await answerOf()
    const bare = await bff.fetch(new Request(`https://app.example${PATH}`))
    expect(bare.status).toBe(403)
    expect((await browser.post(PATH)).status).toBe(405)
  })

  it('S49: hold no secret', async () => {
    const secrets = [testSecret('one'), testSecret('two')]
    const { answer, browser, emulator, control } = await answerOf({
      keys: await createKeyRing(secrets),
    })
    await browser.signIn(allowing({ emulator }), { subject: 'user' })
    const { items } = await control<{
      items: { access_token: { value: string }; refresh_token: { value: string } }[]
    }>('GET', '/grants?reveal=1')
    const issued = items.flatMap((grant) => [grant.access_token.value, grant.refresh_token.value])
    expect(issued).toHaveLength(2)
    const text = JSON.stringify(await answer())
    const cookies = [...browser.cookies.values()].filter((value) => value !== '1')
    const all = [...secrets, ...issued, ...cookies, DEFAULT_CLIENT_SECRET]
    expect(all.filter((secret) => secret !== null && text.includes(secret))).toEqual([])
    expect(text).toContain('polar_cs_…rSec')
  })

  it('ask Polar once for callers at the same time, and again later', async () => {
    const { answer, requests, emulator } = await answerOf()
    await Promise.all([answer(), answer(), answer()])
    const asked = async () => (await requests('/v1/oauth2/introspect')).length
    expect(await asked()).toBe(1)
    emulator.clock.advance(3)
    await answer()
    expect(await asked()).toBe(2)
  })

  it('S61: ask a real Polar twice a minute, however often someone asks', async () => {
    const { answer, requests, emulator } = await answerOf({
      server: polarServer('https://polar.example'),
    })
    for (let second = 0; second < 29; second += 1) {
      await answer()
      emulator.clock.advance(1)
    }
    expect(await requests('/v1/oauth2/introspect')).toHaveLength(1)
  })
})

describe('the check of', () => {
  it('Polar fails if no answer comes, and blames nothing else', async () => {
    const upstream: Upstream = () => Promise.reject(new TypeError('fetch failed'))
    const checks = await (await answerOf({ upstream })).checks()
    expect(checks.polar).toMatchObject({
      status: 'failed',
      fix: expect.stringContaining('network'),
    })
    const { keys, environment, client_id, client_secret, redirect_uri, scopes, clock } = checks
    const { api_version, changes } = checks
    const others = [keys, environment, client_id, client_secret, redirect_uri, scopes, clock]
    others.push(api_version, changes)
    expect(new Set(others.map((check) => check?.status))).toEqual(new Set(['skipped']))
  })

  it('Polar needs attention if its issuer is another', async () => {
    const server = polarServer('http://127.0.0.1:4567', 'https://id.example')
    const { polar } = await (await answerOf({ server })).checks()
    expect(polar).toMatchObject({
      status: 'warning',
      fix: 'Set POLAR_ISSUER=http://127.0.0.1:4567.',
    })
  })

  it('the keys fails if none can verify an ID token', async () => {
    const { checks, control } = await answerOf()
    const weak = { kty: 'RSA', use: 'sig', e: 'AQAB', n: 'AQAB' }
    await control('POST', '/faults', { path_contains: '/jwks', body: { keys: [weak] } })
    expect((await checks()).keys).toMatchObject({ status: 'failed' })
  })

  it('the redirect URI fails if another one is registered', async () => {
    const { checks, control } = await answerOf()
    const uri = 'https://app.example/auth/callback'
    await control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, { redirect_uris: [`${uri}/`] })
    const { redirect_uri: check, client_id: client } = await checks()
    expect(check).toMatchObject({ status: 'failed', detail: expect.stringContaining(uri) })
    expect(check?.fix).toContain(`Register exactly ${uri} for this client`)
    expect(client?.status).toBe('ok')
  })

  it('the client ID fails if Polar does not know it', async () => {
    const { checks } = await answerOf({ clientId: 'polar_ci_SomebodyElse' })
    const { client_id: check, client_secret: secret } = await checks()
    expect(check).toMatchObject({
      status: 'failed',
      fix: expect.stringContaining('POLAR_CLIENT_ID'),
    })
    expect(secret?.status).toBe('skipped')
  })

  it('the client secret fails if it is wrong, and shows four characters of it', async () => {
    const clientSecret = 'polar_cs_WrongWrongWrongWrongWrong1234'
    const { client_secret: check } = await (await answerOf({ clientSecret })).checks()
    expect(check).toMatchObject({
      status: 'failed',
      detail:
        'Polar refused the client secret. 127.0.0.1:4567 answered invalid_client to polar_cs_…1234.',
      fix: expect.stringContaining('Set POLAR_CLIENT_SECRET'),
    })
  })

  it('the client secret recognises an example, and shows nothing of a short one', async () => {
    const { client_secret: check } = await (
      await answerOf({ clientSecret: 'your-secret' })
    ).checks()
    expect(check?.detail).toBe(
      'Polar refused the client secret. 127.0.0.1:4567 answered invalid_client to …. It looks like an example value.',
    )
  })

  it('the permissions suggests the word that was meant', async () => {
    const { checks } = await answerOf({ scopes: ['openid', 'orders:raed'] })
    expect((await checks()).scopes).toEqual({
      id: 'scopes',
      status: 'failed',
      detail: 'Unknown scope: orders:raed.',
      fix: 'Did you mean orders:read? Fix POLAR_SCOPES.',
    })
  })

  it.each([
    [55, 'ok', /^Polar's clock is 5[4-6] seconds behind the server's\.$/],
    [-55, 'ok', /^Polar's clock is 5[4-6] seconds ahead of the server's\.$/],
    // An ID token lives an hour.
    [600, 'warning', /^Polar's clock is 10 minutes behind the server's\.$/],
    [3700, 'failed', /^Polar's clock is 62 minutes behind the server's\.$/],
    [-600, 'failed', /^Polar's clock is 10 minutes ahead of the server's\.$/],
  ] as const)(
    'the clock tells a server that is %i seconds ahead',
    async (offset, status, detail) => {
      const { emulator, create } = await createLocalPolar()
      const time = { ...systemTime, now: () => emulator.clock.now() + offset }
      const bff = await create({ diagnostics: createDiagnostics, time })
      const answer = await createTestBrowser(bff).fetch(PATH)
      const check = byId(((await answer.json()) as DiagnosticsAnswer).checks).clock
      expect(check).toMatchObject({ status, detail: expect.stringMatching(detail) })
    },
  )

  it('the cookies fails if the probe does not come back', async () => {
    const { bff } = await answerOf()
    const headers = { 'X-CSRF': '1' }
    const answer = await bff.fetch(new Request(`https://app.example${PATH}`, { headers }))
    const { cookies } = byId(((await answer.json()) as DiagnosticsAnswer).checks)
    expect(cookies).toMatchObject({ status: 'failed', detail: expect.stringContaining('dropped') })
  })

  it('the cookies shows attributes and size, and fails above what browsers keep', async () => {
    const { checks, browser } = await answerOf()
    const attributes = '__Host-Http-polar_connect; HttpOnly; Secure; SameSite=Strict; Path=/'
    expect((await checks()).cookies?.detail).toContain(`${attributes}; no session yet`)
    browser.cookies.set('__Host-Http-polar_connect', 'x'.repeat(3600))
    expect((await checks()).cookies).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('3625 bytes'),
    })
  })

  it.each([
    ['repeats itself', 'A'.repeat(43)],
    ['counts up', 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'],
  ])('the session secrets fails for one that %s', async (_, secret) => {
    const keys = await createKeyRing([testSecret('good'), secret])
    const { session_secrets: check } = await (await answerOf({ keys })).checks()
    expect(check).toMatchObject({
      status: 'failed',
      detail: 'A session secret is an example value. 2 keys of 32 bytes.',
    })
  })

  it('the shared lock fails if it cannot be reached, or loses a key', async () => {
    const away = () => Promise.reject(new BffError('coordinator_unavailable', 'no connection'))
    const memory = createMemoryCoordinator({ now: () => 0 })
    const gone = { ...memory, claim: away }
    const forgetful = { ...memory, claim: () => Promise.resolve(true) }
    for (const coordinator of [gone, forgetful]) {
      const check = (await (await answerOf({ coordinator })).checks()).coordinator
      expect(check).toMatchObject({ status: 'failed', fix: expect.stringContaining('REDIS_URL') })
    }
  })
})

describe('a client of another environment', () => {
  const redirectUris = ['https://app.example/auth/callback']
  const clientId = 'polar_ci_OnlyOfOne'

  /** Production and sandbox as two emulators; the client is known at one, or at none. */
  async function ask(
    configured: 'production' | 'sandbox',
    home?: 'production' | 'sandbox',
    named: object = polarServer(configured).metadata,
  ) {
    const create = (name: string) =>
      createEmulator({ redirectUris, ...(home === name && { clientId }) })
    const emulators = { production: create('production'), sandbox: create('sandbox') }
    const upstream: Upstream = async (url, { method, headers, body, signal }) => {
      const emulator = emulators[url.host === 'sandbox-api.polar.sh' ? 'sandbox' : 'production']
      const request = new Request(url, { method, headers, signal, ...(body && { body }) })
      const answer = await emulator.fetch(request)
      if (!url.pathname.includes('openid')) return answer
      // An emulator names its own address, and Polar those of its two hosts.
      return Response.json({ ...((await answer.json()) as object), ...named })
    }
    const bff = createBff({
      clientId,
      clientSecret: DEFAULT_CLIENT_SECRET,
      server: polarServer(configured),
      appOrigin: 'https://app.example',
      keys: await testKeys('one'),
      diagnostics: createDiagnostics,
      upstream,
    })
    const answer = await createTestBrowser(bff).fetch(PATH)
    return byId(((await answer.json()) as DiagnosticsAnswer).checks)
  }

  it.each([
    ['production', 'sandbox'],
    ['sandbox', 'production'],
  ] as const)('is told from a wrong one: %s is set, it is of %s', async (configured, home) => {
    const { environment, client_id: client } = await ask(configured, home)
    expect(environment).toEqual({
      id: 'environment',
      status: 'failed',
      detail: `The client belongs to ${home} but the API host is ${configured}.`,
      fix: `Set POLAR_SERVER to match: POLAR_SERVER=${home}.`,
    })
    expect(client?.fix).toMatch(new RegExp(`^If you created it on .*set POLAR_SERVER=${home}\\.$`))
  })

  it('is not assumed if neither knows the client', async () => {
    const { environment, client_id: client } = await ask('production')
    expect(environment?.status).toBe('skipped')
    expect(client?.status).toBe('failed')
  })

  it('is not assumed if all belongs together', async () => {
    const { environment, client_id: client } = await ask('sandbox', 'sandbox')
    expect([environment?.status, client?.status]).toEqual(['ok', 'ok'])
  })

  it('is not a server whose authorize page is elsewhere', async () => {
    const { environment } = await ask('sandbox', 'sandbox', {})
    expect(environment).toMatchObject({ status: 'failed', fix: 'Check POLAR_SERVER.' })
    expect(environment?.detail).toContain('authorization_endpoint')
  })
})
