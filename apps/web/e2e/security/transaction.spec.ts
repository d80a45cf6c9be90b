/** The sign-in transaction: what makes code, state and verifier worthless to all others. */
import { createEmulator } from '@polar-connect/emulator'
import { createPolar } from '../polar.ts'
import {
  allow,
  catchRedirect,
  connect,
  DEFAULT_CLIENT_ID,
  expect,
  test,
  toConsent,
} from './fixtures.ts'
import { challengeOf, randomVerifier } from '../pkce.ts'

test('S1: an exchange from a browser that did not begin it is refused', async ({
  deployment,
  person,
  polar,
}) => {
  const finish = await person.come()
  const fresh = deployment.person()
  const attempt = await fresh.post('/bff/callback', finish)
  expect(attempt.code).toBe('transaction_missing')
  // It still belongs to someone else, even with a sign-in of its own under way.
  const busy = deployment.person()
  await busy.begin()
  expect((await busy.post('/bff/callback', finish)).code).toBe('state_mismatch')
  // The attacker's own code in the victim's browser: a sign-in as someone else.
  const attacker = deployment.person()
  const theirs = await attacker.come()
  expect((await busy.post('/bff/callback', theirs)).code).toBe('state_mismatch')
  expect(await polar.tokenRequests('authorization_code')).toBe(0)
  for (const other of [fresh, busy]) {
    expect((await other.session()).authenticated).toBe(false)
  }
  expect((await person.post('/bff/callback', finish)).status).toBe(200)
})

test('S2: the first exchange that names a state ends it, right or wrong', async ({
  deployment,
  person,
  polar,
}) => {
  const finish = await person.come()
  const before = await person.copy()
  const wrong = await person.post('/bff/callback', {
    ...finish,
    code_verifier: 'x'.repeat(43),
  })
  expect(wrong.code).toBe('verifier_mismatch')
  expect(wrong.setCookies).toEqual([expect.stringMatching(/_tx_[0-3]=; .*Max-Age=0/)])
  expect((await person.post('/bff/callback', finish)).code).toBe('transaction_missing')
  // The cookie that was deleted, sent again by hand.
  expect((await before.post('/bff/callback', finish)).code).toBe('transaction_missing')
  expect(await polar.tokenRequests('authorization_code')).toBe(0)

  const twice = deployment.person()
  const next = await twice.come()
  const other = await twice.copy()
  const answers = await Promise.all([
    twice.post('/bff/callback', next),
    other.post('/bff/callback', next),
  ])
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400]))
  expect(await polar.tokenRequests('authorization_code')).toBe(1)
})

test('S3: a sign-in that took over ten minutes is refused, even if the browser still has its cookie', async ({
  deployment,
  polar,
}) => {
  // Polar's own codes live five minutes: here they outlive the sign-in.
  await polar.control('PATCH', '/settings', { code_lifetime: 7200 })
  const quick = deployment.person()
  const slow = deployment.person()
  const quickFinish = await quick.come()
  const slowFinish = await slow.come()
  await deployment.travel(9 * 60)
  expect((await quick.post('/bff/callback', quickFinish)).status).toBe(200)
  await deployment.travel(2 * 60)
  const late = await slow.post('/bff/callback', slowFinish)
  expect(late.code).toBe('transaction_expired')
  expect(await polar.tokenRequests('authorization_code')).toBe(1)
})

test('S4: a verifier with one wrong character is refused before Polar is asked', async ({
  person,
  polar,
}) => {
  const finish = await person.come()
  const [first] = finish.code_verifier
  const flipped = (first === 'A' ? 'B' : 'A') + finish.code_verifier.slice(1)
  const answer = await person.post('/bff/callback', { ...finish, code_verifier: flipped })
  expect([answer.status, answer.code]).toEqual([400, 'verifier_mismatch'])
  expect(await polar.tokenRequests('authorization_code')).toBe(0)
})

test('S5: a state without a live sign-in is refused', async ({ person, polar }) => {
  const finish = await person.come()
  const { state: _, ...stateless } = finish
  for (const body of [
    { ...finish, state: randomVerifier() },
    { ...finish, state: '' },
    stateless,
    { ...finish, state: [finish.state, finish.state] },
    { ...finish, state: finish.state + 'x'.repeat(10_000) },
    { ...finish, state: null },
  ]) {
    const answer = await person.post('/bff/callback', body)
    expect([400, 413]).toContain(answer.status)
    expect(answer.setCookies).toEqual([])
  }
  // A query with the member twice, as a form would send it, is no JSON at all.
  const form = await person.send('POST', '/bff/callback', {
    body: `state=${finish.state}&state=x`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  expect(form.status).toBe(415)
  expect(await polar.tokenRequests('authorization_code')).toBe(0)
  expect((await person.post('/bff/callback', finish)).status).toBe(200)
})

test('S6: only the server builds the authorization URL', async ({ deployment, person }) => {
  const { url, state, verifier } = await person.begin()
  expect(url.origin + url.pathname).toBe(`${deployment.polar.url}/oauth2/authorize`)
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: DEFAULT_CLIENT_ID,
    redirect_uri: `${deployment.origin}/auth/callback`,
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
    state,
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    scope: expect.stringMatching(/(^| )openid( |$)/),
  })
  const good = { code_challenge: challengeOf(randomVerifier()), code_challenge_method: 'S256' }
  for (const wish of [
    { code_challenge_method: 'plain' },
    { code_challenge: 'short' },
    { code_challenge: `${good.code_challenge}=` },
    { redirect_uri: 'https://evil.example/auth/callback' },
    { client_id: 'polar_ci_evil' },
    { server: 'sandbox' },
    { state: 'mine' },
    { nonce: 'mine' },
    { scopes: ['openid', 'organization_access_tokens:write'] },
    { scopes: ['openid products:read webhooks:write'] },
    { prompt: 'login' },
  ]) {
    const answer = await person.post('/bff/authorize', { ...good, ...wish })
    expect([answer.status, answer.code, wish]).toEqual([400, 'invalid_request', wish])
    expect(answer.setCookies).toEqual([])
  }
})

const WITHOUT_ID_TOKEN = {
  access_token: `polar_at_u_${'x'.repeat(43)}`,
  refresh_token: `polar_rt_u_${'x'.repeat(43)}`,
  token_type: 'Bearer',
  expires_in: 864_000,
  scope: 'openid',
}

test('S7: an ID token with another nonce or without one is refused', async ({
  deployment,
  polar,
}) => {
  for (const rule of [
    { id_token: 'nonce' },
    { grant_type: 'authorization_code', status: 200, body: WITHOUT_ID_TOKEN },
  ]) {
    await polar.control('POST', '/faults', { ...rule, times: 1 })
    const person = deployment.person()
    const answer = await person.signIn()
    expect([answer.status, answer.code]).toEqual([502, 'id_token_invalid'])
    expect((await person.session()).authenticated).toBe(false)
    await polar.control('DELETE', '/faults')
  }
})

test('S8: a sign-in finishes only at the server and address where it began', async ({
  deployment,
}) => {
  const elsewhere = await createEmulator().listen()
  try {
    const person = deployment.person()
    const finish = await person.come()
    const moved = await deployment.redeploy({ POLAR_SERVER: elsewhere.url })
    try {
      const answer = await moved.person(person).post('/bff/callback', finish)
      expect([answer.status, answer.code]).toEqual([400, 'transaction_missing'])
    } finally {
      await moved.stop()
    }
    expect(await deployment.polar.tokenRequests('authorization_code')).toBe(0)
    expect(await createPolar(elsewhere.url).requests('/v1/oauth2/token')).toEqual([])
  } finally {
    await elsewhere.close()
  }
})

test('S9: a callback with a code must name Polar as its issuer', async ({ deployment, polar }) => {
  const person = deployment.person()
  const finish = await person.come()
  const answer = await person.post('/bff/callback', { ...finish, iss: 'https://evil.example' })
  expect([answer.status, answer.code]).toEqual([400, 'issuer_mismatch'])
  const { iss: _iss, ...unnamed } = await person.come()
  expect((await person.post('/bff/callback', unnamed)).code).toBe('issuer_mismatch')
  expect(await polar.tokenRequests('authorization_code')).toBe(0)
  expect((await person.post('/bff/callback', await person.come())).status).toBe(200)
})

test('S10: verifier and code leave the tab only in the body of the exchange', async ({
  context,
  page,
}) => {
  const sent: { url: string; body: string }[] = []
  context.on('request', (request) =>
    sent.push({ url: request.url(), body: request.postData() ?? '' }),
  )
  await page.goto('/')
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await expect(page.getByRole('radio', { name: 'Acme Books' })).toBeVisible()
  // Another tab that is handed the same redirect has no verifier to finish with.
  const address = page.url()
  await allow(page, 'Acme Books')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  const exchange = sent.filter(({ url }) => url.endsWith('/bff/callback'))
  expect(exchange).toHaveLength(1)
  const { code, code_verifier: verifier } = JSON.parse(exchange[0]?.body ?? '{}') as Record<
    string,
    string
  >
  if (code === undefined || verifier === undefined) throw new Error('nothing was exchanged')
  expect(sent.filter(({ url, body }) => url.includes(verifier) || body.includes(verifier))).toEqual(
    exchange,
  )
  const withCode = sent.filter(({ url, body }) => url.includes(code) || body.includes(code))
  expect(withCode.map(({ url }) => new URL(url).pathname)).toEqual([
    '/auth/callback',
    '/bff/callback',
  ])
  const kept = await page.evaluate(() =>
    JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]),
  )
  expect(kept).not.toContain(verifier)
  expect(kept).not.toContain(code)
  expect(address).toContain('/oauth2/authorize')
})

test('S10: a second tab cannot finish the sign-in of the first', async ({
  context,
  page,
  polar,
}) => {
  await toConsent(page)
  const callback = await catchRedirect(page, 'Acme Books')
  const other = await context.newPage()
  await other.goto(callback)
  await expect(other.getByRole('heading', { name: 'We lost track of this sign-in' })).toBeVisible()
  expect(await polar.tokenRequests('authorization_code')).toBe(0)
})

test('S11: a browser holds four sign-ins at most, and a finished one ends them all', async ({
  context,
  page,
  person,
}) => {
  for (let index = 0; index < 25; index += 1) await person.begin()
  await Promise.all(Array.from({ length: 25 }, () => person.begin()))
  const cookies = await person.cookies()
  expect(cookies.size).toBe(4)
  expect([...cookies].join().length).toBeLessThan(5 * 1024)
  expect((await person.signIn()).status).toBe(200)
  expect([...(await person.cookies()).keys()]).toEqual(['__Host-Http-polar_connect'])

  // Two tabs that begin at once both come to their end.
  const other = await context.newPage()
  await Promise.all([page.goto('/'), other.goto('/')])
  const tabs = [page, other]
  await Promise.all(
    tabs.map((tab) => tab.getByRole('button', { name: 'Connect with Polar' }).click()),
  )
  for (const tab of tabs) {
    await allow(tab, 'Acme Books')
    await expect(tab.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  }
})

test('S12: a repeated callback does no harm, and always offers a way on', async ({
  page,
  polar,
}) => {
  const callbacks: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/auth/callback?')) callbacks.push(request.url())
  })
  await connect(page)
  const [callback = ''] = callbacks
  await page.goto(callback)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await page.goBack()
  await page.goForward()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await page.context().clearCookies()
  await page.goto(callback)
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  expect(await polar.tokenRequests('authorization_code')).toBe(1)
})
