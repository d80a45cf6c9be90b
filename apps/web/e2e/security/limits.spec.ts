/** Which of Polar's tokens are accepted, and how much a caller may send, ask for or wait for. */
import { once } from 'node:events'
import { connect as openSocket } from 'node:net'
import { createEmulator } from '@polar-connect/emulator'
import { createPolar } from '../polar.ts'
import { expect, test } from './fixtures.ts'
import type { Person } from './person.ts'
import { head, sendBytes } from './raw-socket.ts'

test('S56: an ID token counts only with Polar’s signature, for our client, in its time', async ({
  deployment,
  polar,
}) => {
  for (const fault of [
    'alg_none',
    'hs256',
    'es256',
    'weak_key',
    'unknown_key',
    'audience',
    'issuer',
    'expired',
    'nonce',
  ]) {
    await polar.control('POST', '/faults', { id_token: fault, times: 1 })
    const person = deployment.person()
    const answer = await person.signIn()
    expect([fault, answer.status, answer.code]).toEqual([fault, 502, 'id_token_invalid'])
    expect((await person.session()).authenticated).toBe(false)
    // A test of the fault itself: had it met no token, the next sign-in would fail instead.
    expect((await deployment.person().signIn()).status).toBe(200)
  }
  const live = (await polar.grants()).filter(({ ended }) => ended === null)
  expect(live, 'tokens of refused sign-ins are revoked').toHaveLength(9)
})

test('S56: clocks may differ by less than a minute', async ({ deployment }) => {
  for (const [offset, status] of [
    [-45, 200],
    [45, 200],
    [-120, 502],
  ] as const) {
    await deployment.app.setClock(offset)
    expect([offset, (await deployment.person().signIn()).status]).toEqual([offset, status])
  }
  await deployment.app.setClock(0)
})

test('S57: keys are fetched after a change, and not for every forged token', async ({
  deployment,
}) => {
  // A Polar of its own: its keys are changed for good.
  const server = await createEmulator({
    redirectUris: [`${deployment.origin}/auth/callback`],
  }).listen()
  const polar = createPolar(server.url)
  const app = await deployment.redeploy({ POLAR_SERVER: server.url })
  const fetches = async () => (await polar.requests('/.well-known/jwks.json')).length
  try {
    expect((await app.person().signIn()).status).toBe(200)
    expect((await app.person().signIn()).status).toBe(200)
    expect(await fetches()).toBe(1)
    await polar.control('POST', '/keys/rotate', {})
    expect((await app.person().signIn()).status).toBe(200)
    expect(await fetches()).toBe(2)

    await polar.control('POST', '/faults', { id_token: 'unknown_key' })
    const forged = await Promise.all(Array.from({ length: 100 }, () => app.person().signIn()))
    expect(new Set(forged.map(({ code }) => code))).toEqual(new Set(['id_token_invalid']))
    expect(await fetches()).toBe(2)
    await polar.control('DELETE', '/faults')

    await polar.control('POST', '/faults', { path_contains: 'jwks', status: 500 })
    await polar.control('POST', '/clock', { advance_seconds: 900 })
    await app.setClock(900)
    expect((await app.person().signIn()).status).toBe(200)
    expect(await fetches()).toBe(3)
  } finally {
    await app.stop()
    await server.close()
  }
})

test('S58: bodies are counted in bytes, and compressed ones are refused', async ({
  deployment,
  person,
  polar,
}) => {
  await person.signIn()
  const { origin } = deployment
  const { port } = deployment.app
  const Cookie = await person.jar.getCookieString(origin)
  const before = await polar.requests('/v1/checkout-links/')
  const headers = { Cookie, Origin: origin, 'Content-Type': 'application/json' }
  const memory = await deployment.app.residentBytes()

  for (const [route, limit] of [
    ['/bff/authorize', 8 * 1024],
    ['/bff/callback', 8 * 1024],
    ['/bff/logout', 8 * 1024],
    ['/bff/api/v1/checkout-links/', 256 * 1024],
  ] as const) {
    const line = `POST ${route} HTTP/1.1`
    const body = JSON.stringify({ padding: 'x'.repeat(limit) })
    const honest = head(line, { ...headers, 'Content-Length': String(body.length) })
    expect(await sendBytes(port, honest + body)).toMatch(/^(HTTP\/1\.1 413|$)/)
    const chunked = head(line, { ...headers, 'Transfer-Encoding': 'chunked' })
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n`
    const answer = await sendBytes(port, chunked + chunk.repeat(400 / (limit / 8192)) + '0\r\n\r\n')
    expect(answer).toMatch(/^(HTTP\/1\.1 413|$)/)
    const both = head(line, { ...headers, 'Transfer-Encoding': 'chunked', 'Content-Length': '2' })
    expect(await sendBytes(port, `${both}${chunk}0\r\n\r\n`)).toMatch(/^(HTTP\/1\.1 4(00|13)|$)/)
    for (const encoding of ['gzip', 'br', 'deflate', 'gzip, identity']) {
      const packed = await person.send('POST', route, {
        headers: { 'Content-Encoding': encoding },
        body: '{}',
      })
      expect([encoding, packed.status]).toEqual([encoding, 415])
    }
  }
  // Without an end: the server ends it, and holds nothing of it.
  const endless = openSocket(port, 'localhost')
  endless.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => endless.once('close', () => resolve()))
  endless.write(
    head('POST /bff/api/v1/checkout-links/ HTTP/1.1', {
      ...headers,
      'Transfer-Encoding': 'chunked',
    }),
  )
  const chunk = Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`)
  let sent = 0
  while (!endless.destroyed && sent < 100 * 1024 * 1024) {
    sent += chunk.length
    if (!endless.write(chunk)) await Promise.race([once(endless, 'drain').catch(() => 0), closed])
  }
  endless.destroy()
  await closed
  expect((await deployment.app.residentBytes()) - memory).toBeLessThan(64 * 1024 * 1024)
  expect(await polar.requests('/v1/checkout-links/')).toEqual(before)

  await person.send('POST', '/bff/api/v1/checkout-links/', { body: { nonsense: true } })
  const [passed] = (await polar.requests('/v1/checkout-links/')).slice(-1)
  expect(passed?.request_headers['content-length']).toBe(String('{"nonsense":true}'.length))
})

/** Sends a byte a second, and gives what came back once the server had enough of it. */
async function drip(port: number, start: string): Promise<string> {
  const socket = openSocket(port, 'localhost')
  let answer = ''
  socket.on('data', (data) => (answer += String(data)))
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(start)
  const timer = setInterval(() => socket.write('a'), 1000)
  await new Promise<void>((resolve) => socket.once('close', () => resolve()))
  clearInterval(timer)
  return answer
}

test('S59: a slow client is cut off, and a call to a hanging Polar times out', async ({
  deployment,
  person,
  polar,
}) => {
  await person.signIn()
  const { port } = deployment.app
  await polar.control('POST', '/faults', { kind: 'hang', path_contains: '/v1/orders/' })
  await polar.control('POST', '/faults', { kind: 'hang', grant_type: 'authorization_code' })
  const late = deployment.person()
  const finish = await late.come()
  const timed = async (work: Promise<{ status: number }>) => {
    const startedAt = performance.now()
    const { status } = await work
    return { status, seconds: (performance.now() - startedAt) / 1000 }
  }
  const order: string[] = []
  const [slowHead, hung, exchange] = await Promise.all([
    drip(port, 'GET /bff/session HTTP/1.1\r\nX-').finally(() => order.push('head')),
    timed(person.send('GET', '/bff/api/v1/orders/')).finally(() => order.push('call')),
    timed(late.post('/bff/callback', finish)),
    // Meanwhile others are served as ever.
    person.send('GET', '/bff/api/v1/products/').then(({ status }) => expect(status).toBe(200)),
  ])
  expect(slowHead).toMatch(/^(HTTP\/1\.1 408|$)/)
  // A head may take as long as a whole request: half a minute.
  expect(order).toEqual(['call', 'head'])
  expect([hung.status, exchange.status]).toEqual([503, 503])
  // Lower bounds alone: how much longer a busy machine takes is not the app's affair.
  expect(hung.seconds).toBeGreaterThan(14)
  expect(exchange.seconds).toBeGreaterThan(9)
  // How a body that drips is cut is shown with a server in a hurry: here it would take half a minute.
})

test('S60: an endless answer is cut, even if it is compressed', async ({
  deployment,
  person,
  polar,
}) => {
  await person.signIn()
  const memory = await deployment.app.residentBytes()
  for (const kind of ['endless', 'gzip_bomb']) {
    await polar.control('POST', '/faults', { kind, path_contains: '/v1/products/', times: 1 })
    await expect(person.send('GET', '/bff/api/v1/products/')).rejects.toThrow(
      /aborted|hang up|reset/i,
    )
    await polar.control('POST', '/faults', { kind, grant_type: 'refresh_token', times: 1 })
    const refresh = await person.post('/bff/refresh')
    expect([kind, refresh.status]).toEqual([kind, 502])
  }
  expect((await deployment.app.residentBytes()) - memory).toBeLessThan(96 * 1024 * 1024)
  expect((await person.send('GET', '/bff/api/v1/products/')).status).toBe(200)
})

test('S61: one caller cannot use up the rate limit of all', async ({ deployment, polar }) => {
  // To the start of a minute: what is counted by the minute is then counted in one of them.
  await deployment.travel(Math.ceil(60 - ((Date.now() / 1000) % 60)))
  const app = await deployment.redeploy({ POLAR_RATE_LIMIT: '100', TRUST_PROXY: '1' })
  const from = (person: Person, address: string, method: string, target: string, body?: unknown) =>
    person.send(method, target, { headers: { 'X-Forwarded-For': address }, body })
  try {
    const greedy = deployment.person()
    await greedy.signIn()
    await polar.control('POST', '/sign-in', { person: 'grace@example.com' })
    const modest = deployment.person()
    await modest.signIn({ subject: 'user' })
    await polar.control('DELETE', '/requests')
    const flood = app.person()
    const begun = await Promise.all(
      Array.from({ length: 200 }, () => from(flood, '203.0.113.7', 'POST', '/bff/authorize', {})),
    )
    const refused = begun.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(180)
    for (const { code, headers } of refused) {
      expect([code, Number(headers['retry-after']) > 0]).toEqual(['rate_limited', true])
    }
    const junk = { code: 'x', state: 'y', code_verifier: 'v'.repeat(43) }
    for (let index = 0; index < 50; index += 1) {
      await from(flood, '203.0.113.7', 'POST', '/bff/callback', junk)
    }
    expect(await polar.tokenRequests('authorization_code')).toBe(0)

    const one = app.person(greedy)
    const statuses: number[] = []
    for (let index = 0; index < 60; index += 1) {
      statuses.push((await one.send('GET', '/bff/api/v1/products/')).status)
    }
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(50)
    expect(statuses.at(-1)).toBe(429)
    expect((await app.person(modest).send('GET', '/bff/api/v1/products/')).status).toBe(200)
    expect((await from(app.person(), '198.51.100.2', 'POST', '/bff/authorize', {})).status).toBe(
      400,
    )
  } finally {
    await app.stop()
  }
})

test('S62: JSON has exactly the agreed members', async ({ person, polar }) => {
  await person.signIn()
  const challenge = { code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' }
  const deep = '{"a":'.repeat(2000) + '1' + '}'.repeat(2000)
  for (const body of [
    JSON.stringify({ ...challenge, extra: 1 }),
    JSON.stringify({ ...challenge, subject: ['user'] }),
    JSON.stringify({ ...challenge, scopes: { 0: 'openid' } }),
    JSON.stringify({ ...challenge, scopes: [['openid']] }),
    JSON.stringify({ ...challenge, code_challenge: 7 }),
    `{"__proto__": {"polluted": true}, ${JSON.stringify(challenge).slice(1)}`,
    `{"constructor": {"prototype": {"polluted": true}}, ${JSON.stringify(challenge).slice(1)}`,
    `{"prototype": {}, ${JSON.stringify(challenge).slice(1)}`,
    deep.length < 8000 ? deep : deep.slice(0, 8000),
    '[]',
    'null',
    '1',
    '"x"',
    '{',
    '\u0000',
  ]) {
    const answer = await person.send('POST', '/bff/authorize', {
      body,
      headers: { 'Content-Type': 'application/json' },
    })
    expect([body.slice(0, 60), answer.status]).toEqual([body.slice(0, 60), 400])
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
    const answer = await person.send('POST', '/bff/authorize', {
      body: JSON.stringify(challenge),
      headers: { 'Content-Type': type },
    })
    expect([type, answer.status]).toEqual([type, 415])
  }
  // Nothing of it stuck: a clean call answers as before, and holds no more than it should.
  const clean = await person.post('/bff/authorize', challenge)
  expect(Object.keys(clean.json() as object).toSorted()).toEqual([
    'authorization_url',
    'expires_at',
    'state',
  ])
  expect((await person.session()).authenticated).toBe(true)
  expect(await polar.tokenRequests('authorization_code')).toBe(1)
})

test('S63: the app’s address is the configured one, and no header changes it', async ({
  deployment,
  person,
}) => {
  const spoofed = {
    Host: 'evil.example',
    Forwarded: 'host=evil.example;proto=http',
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'http',
    'X-Forwarded-Port': '80',
  }
  const challenge = { code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' }
  const answer = await person.send('POST', '/bff/authorize', { headers: spoofed, body: challenge })
  const { authorization_url: url } = answer.json() as { authorization_url: string }
  expect(new URL(url).searchParams.get('redirect_uri')).toBe(`${deployment.origin}/auth/callback`)
  expect(answer.setCookies[0]).toMatch(/^__Host-Http-.*Secure/)
  expect(answer.text).not.toContain('evil')
  const page = await person.send('GET', '/', { headers: spoofed })
  expect([page.status, page.text.includes('evil')]).toEqual([200, false])
})

test('S66: security.txt names a contact and an expiry', async ({ deployment, person }) => {
  const answer = await person.send('GET', '/.well-known/security.txt')
  expect(answer.headers['content-type']).toMatch(/^text\/plain/)
  const fields = new Map(
    answer.text
      .trim()
      .split('\n')
      .map((line) => line.split(': ', 2) as [string, string]),
  )
  expect(fields.get('Contact')).toBe('mailto:security@app.example')
  expect(fields.get('Canonical')).toBe(`${deployment.origin}/.well-known/security.txt`)
  const days = (Date.parse(fields.get('Expires') ?? '') - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(300)
  expect(days).toBeLessThan(365)
})
