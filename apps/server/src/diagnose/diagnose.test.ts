/** The checks of a server behind a proxy that changes one thing at a time. */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  createEmulator,
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  type Listening,
} from '@polar-connect/emulator'
import { verdictOf, type Check, type CheckId } from '@polar-connect/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bffFromEnv } from '@polar-connect/bff/env'
import { cookiesOf } from './ask-server.ts'
import { checkConfiguration } from './configuration.ts'
import { checkDeployment } from './deployment.ts'
import { createStaticFiles } from '../page/static-files.ts'
import {
  startAlteringProxy,
  type Alteration,
  type AlteringProxy,
} from '../testing/altering-proxy.ts'
import { makePage, startLocalServer, type LocalServer } from '../testing/local-server.ts'

const COMMAND = fileURLToPath(new URL('diagnose.ts', import.meta.url))

let polar: Listening
let proxy: AlteringProxy
let server: LocalServer
let env: Record<string, string>

beforeAll(async () => {
  proxy = await startAlteringProxy()
  polar = await createEmulator({ redirectUris: [`${proxy.origin}/auth/callback`] }).listen()
  env = {
    APP_ORIGIN: proxy.origin,
    POLAR_SERVER: polar.url,
    POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
    POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
    SESSION_SECRETS: randomBytes(32).toString('base64url'),
  }
  server = await startLocalServer({ ...env, DIAGNOSTICS: '1' })
  proxy.target = server.origin
}, 60_000)

afterAll(async () => {
  await server.stop()
  await proxy.stop()
  await polar.close()
})

beforeEach(() => {
  proxy.alteration = {}
})

async function spoiled(
  alteration: Alteration,
  clock?: () => number,
): Promise<Partial<Record<CheckId, Check>>> {
  proxy.alteration = alteration
  return byId(await checkDeployment(proxy.origin, { ...(clock && { clock }) }))
}

function byId(checks: readonly Check[]): Partial<Record<CheckId, Check>> {
  return Object.fromEntries(checks.map((check) => [check.id, check]))
}

const inHeader = (name: string, change: (value: string) => string) => (headers: Headers) => {
  const values = name === 'set-cookie' ? headers.getSetCookie() : [headers.get(name) ?? '']
  headers.delete(name)
  for (const value of values) headers.append(name, change(value))
}

const control = (method: string, path: string, body?: object) =>
  fetch(`${polar.url}/_emulator${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })

/** Allows access. */
const press = (address: string) =>
  fetch(`${polar.url}/v1/oauth2/consent${new URL(address).search}`, {
    method: 'POST',
    body: new URLSearchParams({ action: 'allow' }),
    redirect: 'manual',
  })

/** Whether a person can sign in at the deployment. */
async function signsIn(): Promise<boolean> {
  const codeVerifier = randomBytes(32).toString('base64url')
  const headers = { 'X-CSRF': '1', Origin: proxy.origin, 'Content-Type': 'application/json' }
  const post = (path: string, body: object, cookie = '') =>
    fetch(proxy.origin + path, {
      method: 'POST',
      headers: { ...headers, Cookie: cookie },
      body: JSON.stringify(body),
    })
  const challenge = createHash('sha256').update(codeVerifier).digest('base64url')
  const request = { code_challenge: challenge, code_challenge_method: 'S256', subject: 'user' }
  const begun = await post('/bff/authorize', request)
  const { authorization_url: address } = (await begun.json()) as { authorization_url: string }
  try {
    const shown = await fetch(address, { redirect: 'manual' })
    const pressed = shown.headers.has('Location') ? shown : await press(address)
    const { searchParams } = new URL(pressed.headers.get('Location') ?? '')
    const callback = { ...Object.fromEntries(searchParams), code_verifier: codeVerifier }
    return (await post('/bff/callback', callback, cookiesOf(begun))).ok
  } catch {
    // Polar's page fails.
    return false
  }
}

/** The output and the exit code of the command. */
async function diagnose(
  address?: string,
  environment: Record<string, string> = {},
  ...flags: readonly string[]
) {
  const child = spawn(process.execPath, [COMMAND, ...(address ? [address] : []), ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { NO_COLOR: '1', ...environment },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, output }
}

describe('a deployment', () => {
  it('passes every check if nothing is wrong', async () => {
    const checks = await checkDeployment(proxy.origin)
    expect(checks.filter(({ status }) => status !== 'ok').map(({ id }) => id)).toEqual([
      'security_txt',
    ])
    expect(checks).toHaveLength(20)
    expect(verdictOf(checks).text).toBe('Sign-in works. 1 thing needs attention.')
  })

  it('gets no further checks if no server answers', async () => {
    const checks = await checkDeployment('http://127.0.0.1:1')
    expect(checks).toMatchObject([{ id: 'server', status: 'failed' }])
  })

  it('fails if /bff leads to the page instead of the server', async () => {
    const page = () => new Response('<!doctype html>')
    expect((await spoiled({ answer: page })).server).toMatchObject({ status: 'failed' })
  })

  it('names the address that it redirects to', async () => {
    const redirect = () => Response.redirect('https://app.example/bff/health', 308)
    expect((await spoiled({ answer: redirect })).server).toMatchObject({
      status: 'failed',
      detail: '/bff/health redirects to https://app.example/bff/health.',
    })
  })

  it('S46: fails without a header of the page, and names it', async () => {
    const { headers } = await spoiled({
      response: (answer) => answer.delete('Content-Security-Policy'),
    })
    expect(headers).toMatchObject({
      status: 'failed',
      detail: 'Missing: Content-Security-Policy.',
      fix: expect.stringContaining('no proxy removes them'),
    })
  })

  it.each([
    ['failed', "script-src 'self' 'unsafe-inline'; default-src 'none'"],
    ['failed', "default-src 'self' 'unsafe-eval'"],
    ['failed', "img-src 'self'"],
    ['warning', "script-src 'self'; style-src 'unsafe-inline'"],
  ] as const)('S46: has %s with the policy %s', async (status, policy) => {
    const response = inHeader('Content-Security-Policy', () => policy)
    expect((await spoiled({ response })).headers?.status).toBe(status)
  })

  it('fails if a proxy adds headers that only our own page should send', async () => {
    const request = (headers: Headers) => {
      headers.set('X-CSRF', '1')
      headers.delete('Origin')
    }
    const { csrf } = await spoiled({ request })
    expect(csrf).toMatchObject({
      status: 'failed',
      detail: 'Accepted without the X-CSRF header, with a foreign Origin.',
    })
  })

  it('fails at an address other than its own', async () => {
    const elsewhere = proxy.origin.replace('127.0.0.1', 'localhost')
    const { redirect_uri: check } = byId(await checkDeployment(elsewhere))
    expect(check?.detail).toContain(
      `You opened ${elsewhere} but the app is set up for another origin.`,
    )
    expect(check).toMatchObject({ status: 'failed' })
  })

  it('fails if sign-ins return to another address', async () => {
    const elsewhere = proxy.origin.replace('127.0.0.1', 'localhost')
    proxy.alteration = { request: inHeader('Origin', () => proxy.origin) }
    const { redirect_uri: check } = byId(await checkDeployment(elsewhere))
    expect(check?.fix).toContain(`Open the app at ${proxy.origin}`)
  })

  it.each([
    ['HttpOnly', 'it lacks HttpOnly'],
    ['SameSite=Strict', 'it lacks SameSite'],
    ['Path=/', 'its Path is not /'],
  ])('S20: fails if a cookie loses %s', async (attribute, fault) => {
    const response = inHeader('set-cookie', (line) => line.replace(`; ${attribute}`, ''))
    const { cookies } = await spoiled({ response })
    expect(cookies).toMatchObject({ status: 'failed' })
    expect(cookies?.detail).toContain(fault)
  })

  it("passes if this computer's clock is wrong, because a sign-in does not use it", async () => {
    const { clock } = await spoiled({}, () => Date.now() / 1000 - 600)
    expect(clock).toMatchObject({ status: 'ok' })
    expect(clock?.detail).toContain("The server's clock is 10 minutes ahead of this computer's.")
  })

  it('fails if the page does not load', async () => {
    const answer = (path: string) => (path === '/' ? new Response('', { status: 502 }) : undefined)
    expect((await spoiled({ answer })).headers).toMatchObject({ status: 'failed' })
  })

  /** The checks if `answer` comes from `path`. */
  const withAnswer = async (path: string, answer: () => Response) =>
    byId(
      await checkDeployment(proxy.origin, {
        fetch: async (address, init) =>
          address === proxy.origin + path ? answer() : fetch(address, init),
      }),
    )

  it.each([
    ['/', 'headers', 'failed'],
    ['/.well-known/security.txt', 'security_txt', 'warning'],
  ] as const)('gets a check for half an answer at %s', async (path, id, status) => {
    const half = () =>
      new Response(new ReadableStream({ start: (body) => body.error(new TypeError('terminated')) }))
    expect((await withAnswer(path, half))[id]?.status).toBe(status)
  })

  it('is judged from outside if a page replaces its own diagnostics', async () => {
    const checks = await withAnswer('/bff/diagnostics', () => new Response('<!doctype html>'))
    expect(checks.diagnostics?.detail).toMatch(/^It tells none\./)
    expect([checks.diagnostics?.status, checks.client_id?.status]).toEqual(['skipped', 'ok'])
  })

  it.each([
    ['ok', 'Contact: mailto:security@example.com\nExpires: 2999-01-01T00:00:00Z\n'],
    ['warning', 'Contact: mailto:security@example.com\nExpires: 2020-01-01T00:00:00Z\n'],
    ['warning', 'Expires: 2999-01-01T00:00:00Z\n'],
  ] as const)('gets %s for the security contact %j', async (status, text) => {
    const answer = (path: string) =>
      path.endsWith('/security.txt') ? new Response(text) : undefined
    expect((await spoiled({ answer })).security_txt?.status).toBe(status)
  })

  describe('with its own diagnostics turned off', () => {
    const answer = (path: string) =>
      path === '/bff/diagnostics' ? new Response('', { status: 404 }) : undefined
    const register = (uri: string) =>
      control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, { redirect_uris: [uri] })

    it('is judged by its authorization URL', async () => {
      const checks = await spoiled({ answer })
      expect(checks.diagnostics?.status).toBe('skipped')
      expect(checks.client_id?.status).toBe('ok')
      expect(checks.redirect_uri?.status).toBe('ok')
    })

    it('tests its secret with a made-up code', async () => {
      const checks = await spoiled({ answer })
      expect(checks.client_secret).toMatchObject({
        status: 'ok',
        detail: "Polar accepts the server's secret.",
      })
      expect(verdictOf(Object.values(checks)).works).toBe(true)
    })

    it('is reported as working only if it works, with each fault of the emulator', async () => {
      const { presets } = (await (await control('GET', '/faults')).json()) as {
        presets: { slug: string }[]
      }
      expect(presets.length).toBeGreaterThan(20)
      for (const { slug } of presets) {
        // It takes half a minute of real time.
        if (slug === 'slow-answers') continue
        await control('POST', `/faults/presets/${slug}`)
        const verdict = verdictOf(Object.values(await spoiled({ answer })))
        const works = await signsIn()
        await control('DELETE', '/faults')
        expect([slug, verdict.works]).toEqual([slug, works])
      }
    })

    it('fails with a wrong secret', async () => {
      await control('POST', '/faults/presets/wrong-client-secret')
      const checks = await spoiled({ answer })
      await control('DELETE', '/faults')
      expect(verdictOf(Object.values(checks)).text).toBe(
        "Sign-in can't work: Polar refused the client secret.",
      )
    })

    it('fails if a proxy drops cookies', async () => {
      const { cookies } = await spoiled({ answer, request: (headers) => headers.delete('Cookie') })
      expect(cookies).toMatchObject({
        status: 'failed',
        detail: expect.stringContaining('The server did not get its cookie back.'),
      })
    })

    it("fails if Polar's clock is ahead of the server's", async () => {
      await control('POST', '/clock', { advance_seconds: 300 })
      const { clock } = await spoiled({ answer })
      await control('POST', '/clock', { reset: true })
      expect(clock).toMatchObject({
        status: 'failed',
        detail: expect.stringMatching(/^Polar's clock is 5 minutes ahead of the server's\./),
      })
    })

    it('fails if its redirect URI is not registered', async () => {
      await register('https://other.example/auth/callback')
      const { redirect_uri: check } = await spoiled({ answer })
      await register(`${proxy.origin}/auth/callback`)
      expect(check?.status).toBe('failed')
      expect(check?.fix).toContain(`Register exactly ${proxy.origin}/auth/callback`)
    })
  })
})

describe('a deployment over https', () => {
  const origin = 'https://app.example'
  const page = makePage()
  afterAll(() => rmSync(page, { recursive: true }))

  async function checks(change: (answer: Response) => void = () => undefined) {
    const bff = bffFromEnv({ ...env, APP_ORIGIN: origin, DIAGNOSTICS: '1' })
    const files = createStaticFiles(page, 'max-age=300; includeSubDomains')
    const world = async (address: string | URL | Request, init?: RequestInit) => {
      const request = new Request(address, init)
      const url = new URL(request.url)
      if (url.origin !== origin) return fetch(request)
      const part = url.pathname.startsWith('/bff/') ? bff : files
      const answer = await part.fetch(request)
      change(answer)
      return answer
    }
    return byId(await checkDeployment(origin, { fetch: world }))
  }

  it('S20: passes with the cookies and the headers of a public app', async () => {
    const { cookies, headers } = await checks()
    expect(cookies?.detail).toContain('__Host-Http-polar_connect_tx_')
    expect(cookies?.detail).toContain('Secure')
    expect([cookies?.status, headers?.status]).toEqual(['ok', 'ok'])
  })

  it.each([
    ['; Secure', '', 'it lacks Secure'],
    ['__Host-Http-', '', 'its name lacks __Host-Http-'],
    ['; Path=/', '; Path=/; Domain=example', 'it has a Domain'],
    ['; Path=/', '; Path=/, __Host-Http-other=1', 'another is merged into it'],
  ])('S20: fails with %j changed to %j', async (from, to, fault) => {
    const { cookies } = await checks(({ headers }) =>
      inHeader('set-cookie', (line) => line.replace(from, to))(headers),
    )
    expect(cookies?.status).toBe('failed')
    expect(cookies?.detail).toContain(fault)
  })

  it('S46: fails without HSTS', async () => {
    const { headers } = await checks((answer) => answer.headers.delete('Strict-Transport-Security'))
    expect(headers).toMatchObject({
      status: 'failed',
      detail: 'Missing: Strict-Transport-Security.',
    })
  })
})

describe('a configuration', () => {
  it('passes if Polar accepts it', async () => {
    const checks = await checkConfiguration(env)
    expect(checks.filter(({ status }) => status !== 'ok')).toEqual([])
    expect(checks[0]).toMatchObject({ id: 'configuration' })
  })

  it('fails with every fault at once', async () => {
    const checks = await checkConfiguration({ ...env, SESSION_SECRETS: 'A'.repeat(43), PORT: 'x' })
    expect(checks).toMatchObject([
      { status: 'failed', detail: expect.stringMatching(/^SESSION_SECRETS /) },
      { status: 'failed', detail: expect.stringMatching(/^PORT /) },
    ])
  })

  it('fails if each value has the right form, and the server cannot start with them', async () => {
    // An option that ioredis cannot use.
    const checks = await checkConfiguration({
      ...env,
      REDIS_URL: 'redis://127.0.0.1:1/?Connector=x',
    })
    expect(checks).toMatchObject([{ id: 'configuration' }, { id: 'server', status: 'failed' }])
    expect(verdictOf(checks).works).toBe(false)
  })
})

describe('the command', () => {
  it('prints a line for each check, and exits with 0', async () => {
    const { code, output } = await diagnose(proxy.origin)
    expect(output).toContain(`checks of ${proxy.origin}`)
    expect(output).toMatch(/^ {2}Passed {11}Server reachable: \/bff\/health answers in \d+ ms\.$/m)
    expect(output).toContain('  Sign-in works. 1 thing needs attention.\n')
    expect(output).toContain('  19 passed, 1 needs attention\n')
    expect(code).toBe(0)
  })

  it('prints the fix for each failed check, and exits with 1', async () => {
    proxy.alteration = { response: (answer) => answer.delete('Content-Security-Policy') }
    const { code, output } = await diagnose(proxy.origin)
    expect(output).toMatch(
      /^ {2}Failed {11}Page headers: Missing: Content-Security-Policy\.\n {19}Send the page/m,
    )
    expect(code).toBe(1)
  })

  it('S21: says that a secret is wrong, but never prints it', async () => {
    const secret = 'polar_cs_WrongWrongWrongWrongWrong1234'
    const { code, output } = await diagnose(undefined, { ...env, POLAR_CLIENT_SECRET: secret })
    expect(output).toContain('answered invalid_client to polar_cs_...1234.')
    expect(output).toContain("Sign-in can't work: Polar refused the client secret.")
    expect(output).not.toContain(secret)
    expect(output).not.toContain(env['SESSION_SECRETS'])
    expect(code).toBe(1)
  })

  it.each([
    [
      'an issuer that moved',
      { issuer: 'https://id.polar.example' },
      "Harmless: Polar's issuer is https://id.polar.example. This release expects",
      'Sign-in works. 1 thing needs attention.',
      0,
    ],
    [
      'a lost scope',
      { removed_scopes: ['orders:read'] },
      'Breaks: Polar no longer has the scope orders:read. No sign-in works.',
      "Sign-in can't work: Polar no longer has the scope orders:read.",
      1,
    ],
    [
      'a removed member',
      { removed_members: ['Order.due_amount'] },
      'Breaks: Order no longer has the member due_amount.',
      'Sign-in works. 1 thing needs attention.',
      1,
    ],
    [
      'a removed version',
      { versions: ['2027-01', '2027-04'] },
      'Polar API version: Polar no longer supports 2026-10.',
      "Sign-in can't work: Polar no longer supports 2026-10.",
      1,
    ],
    [
      'the Polar of August',
      { as_of: '2026-08' },
      'Breaks: Polar does not name itself in callbacks (iss). No sign-in works.',
      "Sign-in can't work: Polar does not name itself in callbacks (iss).",
      1,
    ],
  ])('shows %s', async (_, drift, line, verdict, code) => {
    await control('PATCH', '/settings', drift)
    const flags = 'removed_members' in drift ? ['--api'] : []
    const shown = await diagnose(undefined, env, ...flags)
    await control('POST', '/reset')
    await control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, {
      redirect_uris: [`${proxy.origin}/auth/callback`],
    })
    expect(shown.output).toContain(line)
    expect(shown.output).toContain(`  ${verdict}\n`)
    expect(shown.code).toBe(code)
  })

  it('refuses an address without a scheme', async () => {
    const { code, output } = await diagnose('app.example.com')
    expect(output).toContain('app.example.com is not the address of a deployment.')
    expect(code).toBe(1)
  })
})
