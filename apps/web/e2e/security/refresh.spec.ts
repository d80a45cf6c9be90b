/** Refresh and its failures: one at a time, no session lost, no write twice. */
import { request } from 'node:http'
import { comeConnected, expect, test, type Deployment } from './fixtures.ts'
import type { Answer, Person } from './person.ts'
import { startPolarFront } from './polar-front.ts'

const TEN_DAYS = 10 * 86_400
const PRODUCTS = '/bff/api/v1/products/?limit=1'
const SESSION = '__Host-Http-polar_connect'

const statusesOf = (answers: readonly Answer[]) => [...new Set(answers.map(({ status }) => status))]

const many = (count: number, call: () => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, call))

async function expired({ deployment, person }: { deployment: Deployment; person: Person }) {
  await person.signIn()
  await deployment.travel(TEN_DAYS)
}

test('S39: fifty calls on an expired token cause one refresh', async ({ deployment, person }) => {
  await expired({ deployment, person })
  const answers = await many(50, () => person.send('GET', PRODUCTS))
  expect(statusesOf(answers)).toEqual([200])
  expect(await deployment.polar.tokenRequests('refresh_token')).toBe(1)
})

test('S39: calls of five tabs on an expired token cause one refresh', async ({
  context,
  deployment,
  page,
  polar,
}) => {
  await comeConnected(page)
  const tabs = [page]
  for (let index = 1; index < 5; index += 1) tabs.push(await context.newPage())
  for (const tab of tabs) {
    await tab.goto('/dashboard/products')
    await expect(tab.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
  }
  await deployment.travel(TEN_DAYS)
  await Promise.all(tabs.map((tab) => tab.reload()))
  for (const tab of tabs) {
    await expect(tab.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
    await expect(tab.getByRole('alert')).toHaveCount(0)
  }
  expect(await polar.tokenRequests('refresh_token')).toBe(1)
})

test('S40: two people who refresh at once keep their own sessions', async ({
  deployment,
  polar,
}) => {
  test.setTimeout(120_000)
  const { items } = await polar.control<{ items: { id: string; email: string }[] }>(
    'GET',
    '/people',
  )
  const people = []
  for (const { id, email } of items.slice(0, 2)) {
    await polar.control('POST', '/sign-in', { person: id })
    const person = deployment.person()
    expect((await person.signIn({ subject: 'user' })).status).toBe(200)
    people.push({ person, email })
  }
  for (let round = 0; round < 20; round += 1) {
    await polar.control('PATCH', '/settings', { refreshed_access_token_lifetime: 600 })
    await deployment.travel(round === 0 ? TEN_DAYS : 601)
    await Promise.all(
      people.map(async ({ person, email }) => {
        const answers = await many(25, () => person.send('GET', '/bff/userinfo'))
        expect(statusesOf(answers)).toEqual([200])
        expect(
          new Set(answers.map((answer) => (answer.json() as { email: string }).email)),
        ).toEqual(new Set([email]))
      }),
    )
  }
  for (const { person } of people) {
    expect(await person.session()).toMatchObject({ connection: { generation: 20 } })
  }
})

test('S41: a refusal does not change the cookie, even if a newer one exists', async ({
  deployment,
  person,
  polar,
}) => {
  await expired({ deployment, person })
  const old = await person.copy()
  expect((await person.send('GET', PRODUCTS)).status).toBe(200)
  // The newer cookie came, so nothing waits for the old one any more.
  expect((await person.send('GET', PRODUCTS)).status).toBe(200)
  const refused = await old.send('GET', PRODUCTS)
  expect([refused.status, refused.json()]).toEqual([
    401,
    expect.objectContaining({ code: 'reauthorization_required', generation: 0 }),
  ])
  expect(refused.setCookies).toEqual([])
  expect((await person.send('GET', PRODUCTS)).status).toBe(200)

  await polar.control('POST', '/grants/revoke-all')
  await deployment.travel(60)
  for (const target of [PRODUCTS, '/bff/userinfo']) {
    const ended = await person.send('GET', target)
    expect([ended.code, ended.setCookies]).toEqual(['reauthorization_required', []])
  }
  expect((await person.post('/bff/refresh')).code).toBe('reauthorization_required')
  expect((await person.session()).authenticated).toBe(true)
  // A refresh token that is known to be dead is not sent again.
  expect(await polar.tokenRequests('refresh_token')).toBe(2)
})

test('S42: only invalid_grant ends a session', async ({ deployment, polar }) => {
  // One of its own: a pause that Polar asks for is remembered beyond the test.
  const app = await deployment.redeploy()
  let passed = 0
  const travel = async (seconds: number) => {
    passed += seconds
    await polar.control('POST', '/clock', { advance_seconds: seconds })
    await app.setClock(passed)
  }
  const failures = [
    ...[408, 429, 500, 502, 503].map((status) => ({ status, body: '' })),
    { kind: 'drop' },
    { kind: 'drop_after_commit' },
  ]
  try {
    const person = app.person()
    await person.signIn()
    await travel(TEN_DAYS)
    for (const failure of failures) {
      const lost = 'kind' in failure && failure.kind === 'drop_after_commit'
      await polar.control('POST', '/faults', { grant_type: 'refresh_token', times: 1, ...failure })
      const answer = await person.send('GET', PRODUCTS)
      expect([failure, answer.status, answer.code]).toEqual([failure, 503, 'polar_unavailable'])
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
      expect(answer.setCookies).toEqual([])
      expect((await person.session()).authenticated).toBe(true)
      // A 429 pauses the token endpoint for all: for a minute, if it names no time.
      if ('status' in failure && failure.status === 429) {
        expect((await person.send('GET', PRODUCTS)).code).toBe('polar_unavailable')
        const exchangeAndTwoRefreshes = 3
        expect(await polar.requests('/v1/oauth2/token')).toHaveLength(exchangeAndTwoRefreshes)
        await travel(61)
      }
      // Without an answer of Polar itself it may still work on the request, so no second one is sent.
      const mayStillRun = 'kind' in failure || failure.status === 502
      if (mayStillRun) {
        const sent = await polar.tokenRequests('refresh_token')
        expect((await person.send('GET', PRODUCTS)).code).toBe('polar_unavailable')
        expect(await polar.tokenRequests('refresh_token')).toBe(sent)
        await travel(36)
      }
      // What was lost after Polar rotated cannot be saved: only that ends in a sign-in.
      if (lost) expect((await person.send('GET', PRODUCTS)).code).toBe('reauthorization_required')
    }
  } finally {
    await app.stop()
  }
})

test('S42: a refused client secret logs no one out, because only the operator can fix it', async ({
  deployment,
  person,
  polar,
}) => {
  await expired({ deployment, person })
  await polar.control('POST', '/faults', {
    grant_type: 'refresh_token',
    status: 401,
    body: { error: 'invalid_client' },
    times: 1,
  })
  const answer = await person.send('GET', PRODUCTS)
  expect([answer.status, answer.code, answer.setCookies]).toEqual([500, 'invalid_client', []])
  expect((await person.send('GET', PRODUCTS)).status).toBe(200)
})

test('S43: a refresh continues without its client, and serves the next call with the old cookie', async ({
  deployment,
  polar,
}) => {
  let arrived = () => undefined as void
  const arrival = new Promise<void>((resolve) => (arrived = resolve))
  const front = await startPolarFront(polar.url, ({ url, headers }) => {
    // A refresh is a short form: an exchange carries a code and a verifier as well.
    const refresh = url === '/v1/oauth2/token' && Number(headers['content-length']) < 300
    if (refresh) arrived()
    return false
  })
  const app = await deployment.redeploy({
    POLAR_SERVER: front.url,
    POLAR_ISSUER: deployment.polar.url,
  })
  try {
    await polar.control('PATCH', '/settings', { refreshed_access_token_lifetime: 86_400 })
    await polar.control('POST', '/faults', { grant_type: 'refresh_token', delay_ms: 300, times: 1 })
    const begun = app.person()
    await begun.signIn()
    await polar.control('POST', '/clock', { advance_seconds: TEN_DAYS })
    await app.setClock(TEN_DAYS)
    const Cookie = await begun.jar.getCookieString(deployment.origin)
    const options = { port: app.port, path: PRODUCTS, headers: { 'X-CSRF': '1', Cookie } }
    const abandoned = request(options).on('error', () => undefined)
    const closed = new Promise<void>((resolve) => abandoned.once('close', () => resolve()))
    abandoned.end()
    await arrival
    abandoned.destroy()
    await closed
    await expect
      .poll(async () => (await polar.grants()).filter(({ ended }) => ended === 'rotated').length)
      .toBe(1)
    await polar.control('POST', '/clock', { advance_seconds: 30 * 60 })
    await app.setClock(TEN_DAYS + 30 * 60)
    const old = await begun.copy()
    const late = await begun.send('GET', PRODUCTS)
    expect([late.status, late.setCookies]).toEqual([200, [expect.stringContaining(`${SESSION}=`)]])
    // Delivered, so callers with the old one no longer get it.
    expect((await begun.send('GET', PRODUCTS)).status).toBe(200)
    expect((await old.send('GET', PRODUCTS)).code).toBe('reauthorization_required')
    expect(await polar.tokenRequests('refresh_token')).toBe(1)
  } finally {
    await app.stop()
    await front.close()
  }
})

test('S44: a slow answer does not restore an older cookie', async ({ deployment, polar }) => {
  let release = () => undefined as void
  const held = new Promise<void>((resolve) => (release = resolve))
  let arrived = () => undefined as void
  const arrival = new Promise<void>((resolve) => (arrived = resolve))
  const front = await startPolarFront(polar.url, (incoming, outgoing) => {
    if (!incoming.url?.startsWith('/v1/orders/')) return false
    arrived()
    void held.then(() => {
      outgoing.setHeader('Content-Type', 'application/json')
      outgoing.end('{"items":[]}')
    })
    return true
  })
  const app = await deployment.redeploy({
    POLAR_SERVER: front.url,
    POLAR_ISSUER: deployment.polar.url,
  })
  try {
    const person = app.person()
    await person.signIn()
    const slow = person.send('GET', '/bff/api/v1/orders/')
    await arrival
    const refreshed = await person.post('/bff/refresh')
    expect(refreshed.setCookies).toHaveLength(1)
    release()
    const answer = await slow
    expect([answer.status, answer.setCookies]).toEqual([200, []])
    for (const target of ['/bff/session', '/bff/userinfo', PRODUCTS]) {
      expect((await person.send('GET', target)).setCookies).toEqual([])
    }
    expect(await person.session()).toMatchObject({ connection: { generation: 1 } })
  } finally {
    await app.stop()
    await front.close()
  }
})

test('S45: a write is sent again only after a 401, with the same bytes', async ({
  deployment,
  polar,
}) => {
  const deliveries: { key: unknown; body: string; status: number }[] = []
  const plan: (number | 'reset')[] = []
  const front = await startPolarFront(polar.url, (incoming, outgoing) => {
    if (incoming.method !== 'POST' || incoming.url !== '/v1/checkout-links/') return false
    const next = plan.shift() ?? 201
    let body = ''
    incoming.on('data', (chunk) => (body += String(chunk)))
    incoming.on('end', () => {
      const status = next === 'reset' ? 0 : next
      deliveries.push({ key: incoming.headers['idempotency-key'], body, status })
      if (next === 'reset') outgoing.destroy()
      else outgoing.writeHead(next, { 'Content-Type': 'application/json' }).end('{}')
    })
    return true
  })
  const app = await deployment.redeploy({
    POLAR_SERVER: front.url,
    POLAR_ISSUER: deployment.polar.url,
  })
  let passed = 0
  const body = { payment_processor: 'stripe', label: 'a text with ünïcödé' }
  try {
    for (const [answers, sent, status] of [
      [[401], 2, 201],
      [[500], 1, 500],
      [[503], 1, 503],
      [['reset'], 1, 503],
      // The second one is of a pair that Polar has just given, and may not know yet.
      [[401, 401, 401], 4, 201],
      [Array.from({ length: 20 }, () => 401), 8, 401],
      // Last: from here on all callers pause.
      [[429], 1, 429],
    ] as const) {
      const person = app.person()
      await person.signIn()
      // Past the seconds in which a new token may be refused for no reason.
      await polar.control('POST', '/clock', { advance_seconds: 10 })
      passed += 10
      await app.setClock(passed)
      deliveries.length = 0
      plan.splice(0, plan.length, ...answers)
      const answer = await person.send('POST', '/bff/api/v1/checkout-links/', {
        body,
        headers: { 'Idempotency-Key': 'key-of-this-write' },
      })
      expect([answers, deliveries.length, answer.status]).toEqual([answers, sent, status])
      for (const delivery of deliveries) {
        expect(delivery).toMatchObject({ key: 'key-of-this-write', body: JSON.stringify(body) })
      }
    }
  } finally {
    await app.stop()
    await front.close()
  }
})

test('S53: logout revokes and clears, even if Polar fails', async ({ deployment, polar }) => {
  for (const [fault, revoked] of [
    [undefined, true],
    [{ status: 500, body: '' }, false],
    [{ kind: 'drop' }, false],
  ] as const) {
    const person = deployment.person()
    await person.signIn()
    await person.begin()
    if (fault)
      await polar.control('POST', '/faults', {
        path_contains: '/oauth2/revoke',
        times: 1,
        ...fault,
      })
    const answer = await person.post('/bff/logout')
    expect([fault, answer.status, answer.json()]).toEqual([fault, 200, { revoked }])
    expect([...(await person.cookies()).keys()]).toEqual([])
    expect(answer.headers['clear-site-data']).toBeUndefined()
  }
  const revoked = (await polar.grants()).filter(({ ended }) => ended === 'revoked')
  expect(revoked).toMatchObject([{ access_token: { live: false }, refresh_token: { live: false } }])
})
