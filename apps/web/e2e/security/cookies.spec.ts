/** The cookies: what they carry, who can read them, how long they count. */
import { failToStart, randomSecret } from '../app-process.ts'
import {
  connect,
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  expect,
  test,
  type Deployment,
} from './fixtures.ts'
import type { Person } from './person.ts'
import { head, sendBytes } from './raw-socket.ts'

const SESSION = '__Host-Http-polar_connect'

const sessionCookieOf = async (person: Person) => (await person.cookies()).get(SESSION) ?? ''

/** What the app answers to this cookie header and nothing else of ours. */
async function sessionBy(person: Person, cookie: string) {
  return person.send('GET', '/bff/session', { headers: { Cookie: cookie } })
}

async function expectAnonymous(person: Person, cookie: string): Promise<void> {
  const answer = await sessionBy(person, cookie)
  expect([answer.status, answer.json()]).toEqual([
    200,
    expect.objectContaining({ authenticated: false }),
  ])
}

test('S20: script sees no cookie, and each cookie has its own header line', async ({
  deployment,
  page,
  person,
}) => {
  await connect(page)
  expect(await page.evaluate(() => document.cookie)).toBe('')
  const cookies = await page.context().cookies()
  const ours = cookies.filter(({ name }) => name.startsWith('__Host-Http-'))
  expect(ours).toEqual([
    expect.objectContaining({
      name: SESSION,
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
      path: '/',
      domain: 'localhost',
    }),
  ])
  // Sets one and clears four. The attributes of every line are checked on every answer of the suite.
  for (let index = 0; index < 3; index += 1) await person.begin()
  const { setCookies } = await person.signIn()
  expect(setCookies.filter((line) => line.includes('Max-Age=0'))).toHaveLength(4)
  expect(setCookies.filter((line) => line.startsWith(`${SESSION}=`))).toHaveLength(1)
  expect(deployment.origin).toMatch(/^https:/)
})

test('S21: the app does not start with unsafe settings', async ({ deployment }) => {
  const good = {
    APP_ORIGIN: 'https://app.example.com',
    POLAR_SERVER: deployment.polar.url,
    POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
    POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
    SESSION_SECRETS: randomSecret(),
  }
  const faults: Record<string, string>[] = [
    { APP_ORIGIN: 'http://app.example.com' },
    { APP_ORIGIN: 'https://*.example.com' },
    { APP_ORIGIN: '' },
    { POLAR_SERVER: 'http://polar.example.com' },
    { POLAR_CLIENT_SECRET: '' },
    { SESSION_SECRETS: '' },
    { SESSION_SECRETS: 'tooShortToBeASecret' },
    { SESSION_SECRETS: 'A'.repeat(43) },
    { SESSION_SECRETS: `${randomSecret()},tooShortToBeASecret` },
  ]
  for (const fault of faults) {
    const name = Object.keys(fault).join()
    const value = Object.values(fault).join()
    const { code, output } = await failToStart({ ...good, ...fault })
    expect([name, code]).toEqual([name, 1])
    expect(output).toContain(name)
    if (value.length > 8 && name === 'SESSION_SECRETS') expect(output).not.toContain(value)
    expect(output).not.toContain(good.POLAR_CLIENT_SECRET)
  }
})

test('S22: a cookie that was altered, swapped or made elsewhere is worthless', async ({
  deployment,
  person,
}) => {
  await person.begin()
  await person.signIn()
  const { state } = await person.begin()
  const sealed = await sessionCookieOf(person)
  const [transactionName = '', transaction = ''] =
    [...(await person.cookies())].find(([name]) => name.includes('_tx_')) ?? []
  expect((await sessionBy(person, `${SESSION}=${sealed}`)).json()).toMatchObject({
    authenticated: true,
  })

  const parts = sealed.split('.')
  const header = JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString()) as object
  expect(header).toEqual({
    alg: 'dir',
    enc: 'A256GCM',
    kid: expect.stringMatching(/^[\w-]{8}$/),
    typ: 'polar-connect-session+jwt',
  })
  const withHeader = (changed: object) =>
    [Buffer.from(JSON.stringify(changed)).toString('base64url'), ...parts.slice(1)].join('.')
  const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
  const altered = [
    ...parts.map((_, at) =>
      parts.map((part, index) => (index === at ? flip(part) : part)).join('.'),
    ),
    ...Array.from({ length: 41 }, (_, length) => sealed.slice(0, length)),
    ...[
      { ...header, alg: 'none' },
      { ...header, alg: 'A128KW' },
      { ...header, alg: 'PBES2-HS256+A128KW', p2c: 1_000_000, p2s: 'AAAA' },
      { ...header, zip: 'DEF' },
      { ...header, crit: ['exp'] },
      { ...header, kid: '' },
      { ...header, kid: 'x'.repeat(10_000) },
      { ...header, kid: '__proto__' },
      { ...header, jwk: {} },
    ].map(withHeader),
    `${sealed}.${sealed}`,
    transaction,
  ]
  for (const value of altered) await expectAnonymous(person, `${SESSION}=${value}`)
  const swapped = await person.send('POST', '/bff/callback', {
    headers: { Cookie: `${transactionName}=${sealed}` },
    body: { code: 'x', state, code_verifier: 'v'.repeat(43) },
  })
  expect(swapped.code).toBe('transaction_missing')
  const elsewhere = await deployment.redeploy({ SESSION_SECRETS: randomSecret() })
  try {
    await expectAnonymous(elsewhere.person(), `${SESSION}=${sealed}`)
  } finally {
    await elsewhere.stop()
  }
})

test('S23: keys rotate without a logout, and a retired key opens nothing', async ({
  deployment,
  person,
}) => {
  await person.signIn()
  const old = await sessionCookieOf(person)
  const fresh = randomSecret()
  deployment.secrets.add(fresh)
  const both = `${fresh},${deployment.sessionSecret}`
  const kidOf = (sealed: string) =>
    (JSON.parse(Buffer.from(sealed.split('.')[0] ?? '', 'base64url').toString()) as { kid: string })
      .kid
  const rotating = await deployment.redeploy({ SESSION_SECRETS: both })
  const same = rotating.person(person)
  expect((await same.session()).authenticated).toBe(true)
  expect((await same.post('/bff/refresh')).status).toBe(200)
  await rotating.stop()
  const renewed = await sessionCookieOf(person)
  expect(kidOf(renewed)).not.toBe(kidOf(old))
  const retired = await deployment.redeploy({ SESSION_SECRETS: fresh })
  const later = retired.person(person)
  await expectAnonymous(later, `${SESSION}=${old}`)
  expect((await later.session()).authenticated).toBe(true)
  await retired.stop()
})

test('S24: every sign-in makes a new session, and ends the previous one', async ({
  person,
  polar,
}) => {
  await person.jar.setCookie(
    `${SESSION}=planted; Path=/; Secure; HttpOnly`,
    `https://localhost:${new URL((await person.begin()).url.searchParams.get('redirect_uri') ?? '').port}`,
  )
  await person.signIn({ subject: 'user' })
  const first = await person.session()
  const firstCookie = await sessionCookieOf(person)
  expect(firstCookie).not.toBe('planted')
  const people = await polar.control<{ items: { id: string; email: string }[] }>('GET', '/people')
  const firstId = first.authenticated ? first.connection.user.id : ''
  const other = people.items.find(({ id }) => id !== firstId)
  await polar.control('POST', '/sign-in', { person: other?.id })
  await person.signIn({ subject: 'user' })
  const second = await person.session()
  expect(await sessionCookieOf(person)).not.toBe(firstCookie)
  expect(second).toMatchObject({ authenticated: true, connection: { user: { id: other?.id } } })
  expect(JSON.stringify(second)).not.toContain(firstId)
  if (!first.authenticated || !second.authenticated) throw new Error('not connected')
  expect(second.connection.id).not.toBe(first.connection.id)
  // The old cookie is worth nothing: its connection has ended here and at Polar.
  await expectAnonymous(person, `${SESSION}=${firstCookie}`)
  await expect
    .poll(async () => (await polar.grants()).filter((grant) => grant.ended === null).length)
    .toBe(1)
})

test('S25: a session ends thirty days after the sign-in, even if it was refreshed', async ({
  deployment,
  person,
}) => {
  const maxAge = (lines: readonly string[]) =>
    Number(/Max-Age=(\d+)/.exec(lines.find((line) => line.startsWith(`${SESSION}=`)) ?? '')?.[1])
  const day = 86_400
  const signedIn = await person.signIn()
  expect(maxAge(signedIn.setCookies)).toBeGreaterThan(30 * day - 60)
  await deployment.travel(29 * day)
  const refreshed = await person.post('/bff/refresh')
  expect(refreshed.status).toBe(200)
  expect(maxAge(refreshed.setCookies)).toBeLessThanOrEqual(day)
  expect((await person.session()).authenticated).toBe(true)
  await deployment.travel(day + 60)
  expect((await person.cookies()).has(SESSION)).toBe(true)
  expect((await person.session()).authenticated).toBe(false)
  const [grant] = (await deployment.polar.grants()).filter(({ ended }) => ended === null)
  expect(grant?.refresh_token.live).toBe(true)
})

test('S26: a session with every permission and a transaction stay under 1 KB each', async ({
  deployment,
}) => {
  const scopes = await grantableScopes(deployment)
  const wide = await deployment.redeploy({
    POLAR_SCOPES: scopes.join(' '),
    POLAR_ALLOWED_SCOPES: scopes.join(' '),
  })
  try {
    const person = wide.person()
    const answer = await person.signIn()
    expect(answer.json() as { session: { connection: { scopes: string[] } } }).toMatchObject({
      session: { connection: { scopes: expect.arrayContaining(scopes) } },
    })
    for (let index = 0; index < 6; index += 1) await person.begin()
    const sizes = [...(await person.cookies())].map(([name, value]) => name.length + value.length)
    expect(sizes).toHaveLength(5)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1024)
  } finally {
    await wide.stop()
  }
})

/** All that the catalogue knows and the app may ask for. */
async function grantableScopes({ polar }: Deployment): Promise<string[]> {
  const answer = await fetch(`${polar.url}/.well-known/openid-configuration`)
  const { scopes_supported: all } = (await answer.json()) as { scopes_supported: string[] }
  const scopes = all.filter(
    (scope) =>
      !/^(organization_access_tokens|customer_sessions|member_sessions|customer_portal|webhooks):/.test(
        scope,
      ),
  )
  await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, { scopes: all })
  return scopes
}

test('S27: cookie headers are read only in the form that browsers write', async ({
  deployment,
  person,
}) => {
  await person.signIn()
  const sealed = await sessionCookieOf(person)
  const pairs = (count: number) => Array.from({ length: count }, (_, at) => `c${at}=1`).join('; ')
  expect((await sessionBy(person, pairs(10_000).slice(0, 9000))).status).toBe(431)
  expect((await sessionBy(person, `${pairs(63)}; ${SESSION}=${sealed}`)).json()).toMatchObject({
    authenticated: true,
  })
  for (const cookie of [
    `${SESSION}=${sealed}; ${SESSION}=planted`,
    `${SESSION}=planted; ${SESSION}=${sealed}`,
    `${SESSION.toLowerCase()}=${sealed}`,
    `\u00a0${SESSION}=${sealed}`,
    `$Version=1; $Path=/; ${SESSION}="${sealed}`,
    `${SESSION}=${sealed.replace('.', '%2e')}`,
  ]) {
    await expectAnonymous(person, cookie)
  }
  // A megabyte of header, and a name that a careless parser would trim into ours (U+2000).
  const asked = (Cookie: string) =>
    sendBytes(deployment.app.port, head('GET /bff/session HTTP/1.1', { Cookie }))
  expect(await asked(`big=${'x'.repeat(1024 * 1024)}`)).toMatch(/^(HTTP\/1\.1 431|$)/)
  const trimmed = await asked(`\u2000${SESSION}=${sealed}`)
  expect(trimmed).toMatch(/^HTTP\/1\.1 (200|400)/)
  expect(trimmed).not.toContain('"authenticated":true')
})

test('S28: no cache keeps an answer, even if Polar allows it', async ({ person, polar }) => {
  await person.signIn()
  await polar.control('POST', '/faults', {
    path_contains: '/v1/',
    body: {},
    headers: {
      'Cache-Control': 'public, max-age=3600',
      'CDN-Cache-Control': 'max-age=3600',
      Vary: '*',
      Expires: 'Thu, 01 Jan 2099 00:00:00 GMT',
    },
  })
  for (const route of ['/bff/session', '/bff/userinfo', '/bff/api/v1/products/', '/bff/nothing']) {
    const { headers } = await person.send('GET', route)
    expect([
      route,
      headers['cache-control'],
      headers['cdn-cache-control'],
      headers['vary'],
    ]).toEqual([route, 'no-store', 'no-store', 'Cookie, Origin, Sec-Fetch-Site'])
    expect(headers['expires']).toBeUndefined()
  }
  // A shared cache's own rules are put to every answer of the suite.
})
