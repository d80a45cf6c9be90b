/**
 * One suite by HTTP for every host that the app is built for: the same code must do the same on each.
 * No browser is in it; what a runtime can break lies between the request and our code, and back.
 */
import { once } from 'node:events'
import { request, type IncomingMessage, type ServerResponse } from 'node:http'
import { expect, test as base } from '@playwright/test'
import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import { freePort, randomSecret, startApp, type AppProcess } from './app-process.ts'
import { keepSecrets } from './evidence.ts'
import { createPolar, type Polar } from './polar.ts'
import { obstacleOf, type Runtime } from './hosts/runtimes.ts'
import { expectSafe, expectSilent } from './security/fixtures.ts'
import { createPerson, type Answer, type Person } from './security/person.ts'
import { startPolarFront } from './security/polar-front.ts'
import { head, sendBytes } from './security/raw-socket.ts'
import { RAW_TARGETS, TEMPLATES, UNLISTED } from './security/targets.ts'

const ORIGIN = 'https://app.example'
const SESSION = '__Host-Http-polar_connect'
const PRODUCTS = '/bff/api/v1/products/'
/** Less than the minute that a call needs: every call with such a token refreshes first. */
const DUE = 30

/** What a runtime keeps from us, and what it cannot do. */
interface Limits {
  /** The path does not arrive as it went over the wire. */
  readonly normalises?: true
  /** An answer leaves in one piece. */
  readonly whole?: true
  /** How many calls it can have under way before its own patience ends on a busy machine. */
  readonly width?: number
}

const LIMITS: Record<Runtime, Limits> = {
  node: {},
  container: {},
  vercel: {},
  split: {},
  'lambda-stream': {},
  'lambda-url': { whole: true },
  // Decoded.
  'lambda-gateway': { normalises: true, whole: true },
  // As a URL, dot segments resolved. Each call passes through three Workers here, not through one.
  workerd: { normalises: true, width: 40 },
}

interface Deployed {
  readonly app: AppProcess
  readonly polar: Polar
  /** Takes calls to Polar over, until it is put back. */
  intercept: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean
}

const test = base.extend<
  { canRun: void; deployment: Deployed; polar: Polar; person: Person },
  { runtime: Runtime; deployed: Deployed }
>({
  runtime: ['node', { scope: 'worker', option: true }],

  deployed: [
    async ({ runtime }, use) => {
      // These tests ask faster than any browser, and count what reaches Polar to the one.
      const server = await createEmulator({ commitDelayMs: [0, 0] }).listen()
      const polar = createPolar(server.url)
      const deployed: Omit<Deployed, 'app'> = { polar, intercept: () => false }
      const front = await startPolarFront(server.url, (...call) => deployed.intercept(...call))
      const port = await freePort()
      // The front is another address than the one that this Polar names itself by.
      const env = {
        APP_ORIGIN: ORIGIN,
        SESSION_SECRETS: randomSecret(),
        POLAR_ISSUER: server.url,
      }
      const app = await startApp(runtime, front.url, { port, env })
      await use(Object.assign(deployed, { app }))
      await app.stop()
      await front.close()
      await server.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  canRun: async ({ runtime }, use, { skip }) => {
    const obstacle = obstacleOf(runtime)
    skip(obstacle !== undefined, obstacle)
    await use()
  },

  deployment: [
    // oxlint-disable-next-line no-unused-vars -- `canRun` comes first, so what cannot run is not started
    async ({ canRun: _, deployed }, use) => {
      const { polar } = deployed
      deployed.intercept = () => false
      await polar.control('POST', '/reset')
      await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, {
        redirect_uris: [`${ORIGIN}/auth/callback`],
      })
      await use(deployed)
    },
    { auto: true },
  ],

  polar: ({ deployment }, use) => use(deployment.polar),

  person: async ({ deployment }, use) => {
    const secrets = new Set([DEFAULT_CLIENT_SECRET])
    const { app, polar } = deployment
    await use(
      createPerson({
        origin: ORIGIN,
        port: () => app.port,
        onAnswer: expectSafe,
        onSecret: (secret) => secrets.add(secret),
      }),
    )
    for (const { access_token, refresh_token } of await polar.grants()) {
      secrets.add(access_token.value)
      if (refresh_token.value !== null) secrets.add(refresh_token.value)
    }
    keepSecrets(secrets)
    expectSilent(app.output(), secrets)
  },
})

test.describe.configure({ mode: 'default' })

const WRITING = ['products:read', 'checkout_links:read', 'checkout_links:write']

async function signedIn(person: Person, body?: { readonly scopes: readonly string[] }) {
  const { status, text } = await person.signIn(body)
  if (status !== 200) throw new Error(`${status}: ${text}`)
}

/** Makes `count` calls, `width` of them at a time. */
async function many(count: number, width: number, call: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  let begun = 0
  const line = async () => {
    while (begun < count) {
      begun += 1
      answers.push(await call())
    }
  }
  await Promise.all(Array.from({ length: width }, line))
  return answers
}

test('a person connects, reads, writes, refreshes and logs out', async ({ person, polar }) => {
  await signedIn(person, { scopes: WRITING })
  expect(await person.session()).toMatchObject({
    authenticated: true,
    connection: { generation: 0 },
  })
  const listed = await person.send('GET', `${PRODUCTS}?limit=1&sorting=name&sorting=-created_at`)
  const { items } = listed.json() as { items: { id: string }[] }
  const made = await person.post('/bff/api/v1/checkout-links/', {
    payment_processor: 'stripe',
    products: [items[0]?.id],
    label: 'Grüße, 東京 ✓',
  })
  expect([made.status, (made.json() as { label: string }).label]).toEqual([201, 'Grüße, 東京 ✓'])
  const { id } = made.json() as { id: string }
  expect((await person.send('DELETE', `/bff/api/v1/checkout-links/${id}`)).status).toBe(204)
  expect((await person.post('/bff/refresh')).json()).toMatchObject({
    session: { connection: { generation: 1 } },
  })
  expect((await person.send('GET', '/bff/userinfo')).json()).toHaveProperty('sub')
  expect((await person.post('/bff/logout')).json()).toEqual({ revoked: true })
  expect((await person.cookies()).size).toBe(0)
  expect((await person.session()).authenticated).toBe(false)
  const live = (await polar.grants()).filter(({ access_token: token }) => token.live)
  expect(live).toEqual([])
})

test('S20: each of four cookies has its own header line', async ({ person }) => {
  for (let begun = 0; begun < 3; begun += 1) await person.begin()
  const { status, setCookies } = await person.signIn()
  expect(status).toBe(200)
  // Each line's attributes are checked on every answer.
  expect(setCookies.map((line) => line.split(/[=;]/, 1)[0] ?? '').toSorted()).toEqual([
    SESSION,
    ...[0, 1, 2, 3].map((slot) => `${SESSION}_tx_${slot}`),
  ])
  expect([...(await person.cookies()).keys()]).toEqual([SESSION])
})

test('S13: a caller without the right to ask gets no data', async ({ person, polar }) => {
  await signedIn(person)
  await polar.control('DELETE', '/requests')
  const strangers: Record<string, string | undefined>[] = [
    { 'X-CSRF': undefined },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Mode': 'navigate' },
    { Origin: 'https://app.example.evil.test' },
    { Origin: 'null' },
  ]
  for (const headers of strangers) {
    for (const [method, target] of [
      ['GET', PRODUCTS],
      ['GET', '/bff/session'],
      ['HEAD', '/bff/session'],
      ['POST', '/bff/logout'],
      ['POST', '/bff/authorize'],
    ] as const) {
      const answer = await person.send(method, target, { headers })
      expect([headers, method, target, answer.status]).toEqual([headers, method, target, 403])
      expect(answer.setCookies).toEqual([])
    }
  }
  const preflight = { 'Access-Control-Request-Method': 'POST', 'X-CSRF': undefined }
  const asked = await person.send('OPTIONS', '/bff/logout', { headers: preflight })
  expect([403, 405]).toContain(asked.status)
  const spoofed = {
    Host: 'evil.test',
    'X-Forwarded-Host': 'evil.test',
    Forwarded: 'host=evil.test',
  }
  expect((await person.send('GET', '/bff/session', { headers: spoofed })).status).toBe(200)
  expect(await polar.requests()).toEqual([])
})

test('S29: a path or method that is not on the list does not exist', async ({ person, polar }) => {
  await signedIn(person)
  await polar.control('DELETE', '/requests')
  for (const path of UNLISTED) {
    const answer = await person.send('GET', `/bff/api${path}`)
    expect([path, answer.status]).toEqual([path, 404])
  }
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await person.send(method, PRODUCTS)
    expect([method, answer.status]).toEqual([method, 405])
  }
  expect(await polar.requests()).toEqual([])
})

test('S31: malformed targets reach only the listed paths at Polar', async ({
  deployment,
  person,
  polar,
  runtime,
}) => {
  await signedIn(person)
  const Cookie = await person.jar.getCookieString(ORIGIN)
  await polar.control('DELETE', '/requests')
  const { port } = deployment.app
  const send = (target: string, Host = 'localhost') =>
    sendBytes(port, Buffer.from(head(`GET ${target} HTTP/1.1`, { Cookie, Host }), 'latin1'))
  for (const target of RAW_TARGETS) {
    const answer = await send(target)
    if (LIMITS[runtime].normalises) {
      expect([target, answer.slice(0, 13)]).toEqual([
        target,
        expect.stringMatching(/^(HTTP\/1\.1 (200|400|404|431|414) ?)?$/),
      ])
    } else {
      expect([target, answer.slice(0, 12)]).toEqual([
        target,
        expect.stringMatching(/^HTTP\/1\.1 (400|404|431)$/),
      ])
    }
  }
  // S30: nor does anything choose another host for the token.
  const evil = '127.0.0.1:1'
  for (const target of [`http://${evil}${PRODUCTS}`, `//${evil}${PRODUCTS}`])
    await send(target, evil)
  const paths = (await polar.requests()).map(({ path }) => path)
  for (const path of paths) expect(path).toMatch(TEMPLATES)
  if (!LIMITS[runtime].normalises) expect(paths).toEqual([])
})

test('S32: the query reaches Polar unchanged', async ({ person, polar }) => {
  await signedIn(person)
  await polar.control('DELETE', '/requests')
  const query =
    'sorting=name&sorting=-created_at&limit=2&query=a%20b%26c%2Fd&next=https://evil.example'
  expect((await person.send('GET', `${PRODUCTS}?${query}`)).status).toBe(200)
  const [sent] = await polar.requests('/v1/products/')
  expect(sent?.query.replace(/^\?/, '')).toBe(query)
})

test('S33: only the listed request headers reach Polar', async ({ person, polar }) => {
  await signedIn(person)
  await polar.control('DELETE', '/requests')
  const { status } = await person.send('GET', PRODUCTS, {
    headers: {
      Accept: 'application/json',
      'Accept-Language': 'de',
      'Idempotency-Key': 'key-1',
      Authorization: 'Bearer of-somebody-else',
      'X-Forwarded-For': '6.6.6.6',
      Forwarded: 'for=6.6.6.6',
      'X-Real-IP': '6.6.6.6',
      'CF-Connecting-IP': '6.6.6.6',
      Referer: 'https://app.example/secret',
      'X-HTTP-Method-Override': 'DELETE',
      'X-Custom': 'x',
    },
  })
  expect(status).toBe(200)
  const [sent] = await polar.requests('/v1/products/')
  const names = Object.keys(sent?.request_headers ?? {}).filter(
    // What the HTTP client itself says of the connection.
    (name) =>
      !/^(host|connection|accept-encoding|user-agent|sec-fetch-mode|cf-workers?.*)$/.test(name),
  )
  expect(names.toSorted()).toEqual([
    'accept',
    'accept-language',
    'authorization',
    'idempotency-key',
    'polar-version',
  ])
})

test('S34: only the listed headers of Polar’s answer come back, and S36 nothing to render', async ({
  person,
  polar,
}) => {
  await signedIn(person)
  const foreign = {
    'Set-Cookie': 'planted=1; Path=/',
    'Clear-Site-Data': '"cookies"',
    'Cache-Control': 'public, max-age=3600',
    Refresh: '0; url=https://evil.example',
    Link: '<https://evil.example>; rel=preload',
    'Access-Control-Allow-Origin': '*',
    ETag: '"kept"',
  }
  const once = { path_contains: '/v1/products/', times: 1 }
  await polar.control('POST', '/faults', { ...once, body: { items: [] }, headers: foreign })
  const passed = await person.send('GET', PRODUCTS)
  expect([passed.status, passed.setCookies, passed.headers['etag']]).toEqual([200, [], '"kept"'])
  expect(passed.headers).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
  for (const name of ['clear-site-data', 'refresh', 'link']) {
    expect([name, passed.headers[name]]).toEqual([name, undefined])
  }
  for (const type of ['text/html', 'image/svg+xml', 'application/javascript']) {
    const headers = { 'Content-Type': type }
    await polar.control('POST', '/faults', { ...once, status: 200, headers, body: '<script>' })
    const answer = await person.send('GET', PRODUCTS)
    expect([type, answer.status, answer.code]).toEqual([type, 502, 'polar_invalid_response'])
  }
})

test('S35: a redirect is not followed, and gets no token', async ({ person, polar }) => {
  const seen: unknown[] = []
  const evil = await startPolarFront(polar.url, (incoming, outgoing) => {
    seen.push(incoming.headers)
    outgoing.end('{}')
    return true
  })
  try {
    await signedIn(person)
    for (const status of [302, 307]) {
      const headers = { Location: `${evil.url}/v1/products/` }
      await polar.control('POST', '/faults', {
        path_contains: '/v1/products/',
        status,
        headers,
        times: 1,
      })
      expect((await person.send('GET', PRODUCTS)).code).toBe('polar_invalid_response')
    }
    expect(seen).toEqual([])
  } finally {
    await evil.close()
  }
})

test('S38: no upgrade, no tunnel, no trace', async ({ deployment, person, polar }) => {
  await signedIn(person)
  const Cookie = await person.jar.getCookieString(ORIGIN)
  await polar.control('DELETE', '/requests')
  const upgrade = {
    Cookie,
    Connection: 'Upgrade, close',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  }
  for (const [line, headers] of [
    [`GET ${PRODUCTS} HTTP/1.1`, upgrade],
    [`TRACE ${PRODUCTS} HTTP/1.1`, { Cookie }],
    ['CONNECT 127.0.0.1:80 HTTP/1.1', { Cookie }],
  ] as const) {
    const answer = await sendBytes(deployment.app.port, head(line, headers))
    expect([line, answer.slice(0, 12)]).toEqual([
      line,
      expect.stringMatching(/^(HTTP\/1\.1 [45]\d\d)?$/),
    ])
  }
  expect(await polar.requests()).toEqual([])
})

test('S38: an answer streams, and the call to Polar ends when its caller leaves', async ({
  deployment,
  person,
  runtime,
}) => {
  test.skip(LIMITS[runtime].whole ?? false, 'here answers come in one piece')
  await signedIn(person)
  let open = 0
  deployment.intercept = ({ url }, outgoing) => {
    if (!url?.startsWith('/v1/orders/')) return false
    open += 1
    outgoing.writeHead(200, { 'Content-Type': 'application/json' })
    outgoing.write('{"items": [')
    // An endless answer: some runtimes only notice a lost client when they write.
    const drip = setInterval(() => outgoing.write(' '), 50)
    outgoing.once('close', () => {
      clearInterval(drip)
      open -= 1
    })
    return true
  }
  const headers = { 'X-CSRF': '1', Cookie: await person.jar.getCookieString(ORIGIN) }
  const options = {
    host: 'localhost',
    port: deployment.app.port,
    path: '/bff/api/v1/orders/',
    headers,
  }
  const client = request(options).on('error', () => undefined)
  client.end()
  const [answer] = (await once(client, 'response')) as [IncomingMessage]
  answer.on('error', () => undefined)
  const [first] = (await once(answer, 'data')) as [Buffer]
  expect(first.toString()).toMatch(/^\{"items": \[ *$/)
  expect(open).toBe(1)
  client.destroy()
  await expect.poll(() => open).toBe(0)
})

test('S39: a storm of 200 calls on a token that is due causes one refresh', async ({
  person,
  polar,
  runtime,
}) => {
  await polar.control('PATCH', '/settings', { access_token_lifetime: DUE, rate_limit: null })
  await signedIn(person)
  await polar.control('PATCH', '/settings', { refreshed_access_token_lifetime: 3600 })
  const { width = 200 } = LIMITS[runtime]
  // All of them have the old cookie: a page that sends many has not seen the newer one.
  const headers = { Cookie: await person.jar.getCookieString(ORIGIN) }
  const call = () => person.send('GET', `${PRODUCTS}?limit=1`, { headers })
  const answers = await many(200, width, call)
  expect(answers).toHaveLength(200)
  expect(new Set(answers.map(({ status, code }) => code ?? status))).toEqual(new Set([200]))
  expect(await polar.tokenRequests('refresh_token')).toBe(1)
  expect(await person.session()).toMatchObject({ connection: { generation: 1 } })
})

test('S43: work after an answer finishes without a caller', async ({
  deployment,
  person,
  polar,
}) => {
  // The earlier connection ends after the answer of a second sign-in.
  await signedIn(person)
  await polar.control('POST', '/faults', {
    path_contains: '/oauth2/revoke',
    delay_ms: 200,
    times: 1,
  })
  await signedIn(person)
  const liveOnes = async () =>
    (await polar.grants()).filter(({ refresh_token: token }) => token.live).length
  await expect.poll(liveOnes).toBe(1)

  // If a refresh's caller has gone, the next caller with the old cookie claims it.
  await polar.control('PATCH', '/settings', { access_token_lifetime: DUE })
  await signedIn(person)
  await polar.control('PATCH', '/settings', { refreshed_access_token_lifetime: 3600 })
  const before = await polar.tokenRequests('refresh_token')
  let arrived = () => undefined as void
  const arrival = new Promise<void>((resolve) => (arrived = resolve))
  deployment.intercept = ({ url, headers }) => {
    // A refresh is a short form: an exchange carries a code and a verifier as well.
    if (url === '/v1/oauth2/token' && Number(headers['content-length']) < 300) arrived()
    return false
  }
  await polar.control('POST', '/faults', { grant_type: 'refresh_token', delay_ms: 300, times: 1 })
  const headers = { 'X-CSRF': '1', Cookie: await person.jar.getCookieString(ORIGIN) }
  const options = { host: 'localhost', port: deployment.app.port, path: PRODUCTS, headers }
  const abandoned = request(options).on('error', () => undefined)
  abandoned.end()
  await arrival
  abandoned.destroy()
  expect((await person.send('GET', PRODUCTS)).status).toBe(200)
  expect((await polar.tokenRequests('refresh_token')) - before).toBe(1)
  expect(await person.session()).toMatchObject({ connection: { generation: 1 } })
})

test('S58: a body is counted while it arrives', async ({ person }) => {
  const long = await person.send('POST', '/bff/logout', { body: { x: 'x'.repeat(9000) } })
  expect([long.status, long.code]).toEqual([413, 'payload_too_large'])
  const packed = { 'Content-Encoding': 'gzip' }
  const answer = await person.send('POST', '/bff/logout', { body: {}, headers: packed })
  expect([answer.status, answer.code]).toEqual([415, 'unsupported_media_type'])
})
