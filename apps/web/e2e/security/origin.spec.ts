/** Who may call, with any method: only a page of this app. And where the app may send people. */
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { comeConnected, expect, test } from './fixtures.ts'

const ROUTES = [
  '/bff/authorize',
  '/bff/callback',
  '/bff/session',
  '/bff/refresh',
  '/bff/userinfo',
  '/bff/logout',
  '/bff/api/v1/products/',
  '/bff/diagnostics',
  '/bff/no-such-call',
]
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

test('S13: every call except health needs the static header, with any method', async ({
  person,
  polar,
}) => {
  await person.signIn()
  const before = await person.cookies()
  await polar.control('DELETE', '/requests')
  for (const route of ROUTES) {
    for (const method of METHODS) {
      for (const value of [undefined, '0', '1, 1', '']) {
        const answer = await person.send(method, route, { headers: { 'X-CSRF': value } })
        expect([method, route, value, answer.status]).toEqual([method, route, value, 403])
        if (method !== 'HEAD') expect(answer.code).toBe('csrf_rejected')
        expect(answer.setCookies).toEqual([])
      }
    }
  }
  expect(await person.cookies()).toEqual(before)
  expect(await polar.requests()).toEqual([])
  const health = await person.send('GET', '/bff/health', { headers: { 'X-CSRF': undefined } })
  expect([health.status, health.json()]).toEqual([200, { status: 'ok' }])
})

test('S14: a call from another site, a sibling host or the address bar is refused', async ({
  person,
}) => {
  await person.signIn()
  const status = async (route: string, headers: Record<string, string | undefined>) =>
    (await person.send('GET', route, { headers })).status
  for (const route of ['/bff/session', '/bff/userinfo', '/bff/api/v1/products/']) {
    for (const site of ['same-site', 'cross-site', 'none', 'SAME-ORIGIN', '']) {
      expect([site, await status(route, { 'Sec-Fetch-Site': site })]).toEqual([site, 403])
    }
    expect(await status(route, { 'Sec-Fetch-Mode': 'navigate' })).toBe(403)
    expect(await status(route, { 'Sec-Fetch-Site': 'same-origin' })).toBe(200)
    expect(await status(route, { 'Sec-Fetch-Site': undefined })).toBe(200)
  }
})

test('S15: an Origin header is ours to the byte, and a write needs one', async ({
  deployment,
  person,
}) => {
  await person.signIn()
  const { origin } = deployment
  const foreign = [
    `${origin}.evil.example`,
    origin.replace('https:', 'http:'),
    origin.replace(/:\d+$/, ':1'),
    `${origin}/`,
    origin.replace('localhost', 'localhost.'),
    origin.toUpperCase(),
    'null',
    '',
    `${origin}, ${origin}`,
  ]
  for (const route of ['/bff/session', '/bff/logout', '/bff/api/v1/products/']) {
    for (const value of foreign) {
      const method = route === '/bff/logout' ? 'POST' : 'GET'
      const answer = await person.send(method, route, { headers: { Origin: value } })
      expect([value, answer.status]).toEqual([value, 403])
    }
  }
  for (const [site, from, status] of [
    [undefined, undefined, 403],
    ['same-origin', undefined, 200],
    [undefined, origin, 200],
  ] as const) {
    const headers = { 'Sec-Fetch-Site': site, Origin: from }
    const answer = await person.send('POST', '/bff/refresh', { headers })
    expect([site, from, answer.status]).toEqual([site, from, status])
  }
})

test('S16: no answer allows another origin, and preflights are refused', async ({
  deployment,
  person,
  polar,
}) => {
  await person.signIn()
  for (const route of ROUTES) {
    const preflight = await person.send('OPTIONS', route, {
      headers: {
        'X-CSRF': undefined,
        Origin: 'https://evil.example',
        'Sec-Fetch-Site': 'cross-site',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'x-csrf',
      },
    })
    expect([403, 405]).toContain(preflight.status)
  }
  await polar.control('POST', '/faults', {
    path_contains: '/v1/products/',
    body: {},
    headers: {
      'Access-Control-Allow-Origin': deployment.origin,
      'Access-Control-Allow-Credentials': 'true',
    },
  })
  // That none of these answers carries such a header is checked on every answer of the suite.
  expect((await person.send('GET', '/bff/api/v1/products/')).status).toBe(200)
})

test('S17: a page of another site can start no sign-in and no logout', async ({
  deployment,
  page,
  polar,
}) => {
  const { origin } = deployment
  const attempts = `<!doctype html>
    <link rel="prefetch" href="${origin}/bff/logout"><link rel="prefetch" href="${origin}/bff/authorize">
    <img src="${origin}/bff/logout" alt=""><iframe name="inside"></iframe>
    <form method="post" action="${origin}/bff/logout" target="inside"></form>
    <form method="post" enctype="text/plain" action="${origin}/bff/authorize" target="inside"></form>
    <script>
      for (const form of document.forms) form.submit()
      const init = { method: 'POST', credentials: 'include' }
      const tries = ['/bff/logout', '/bff/authorize'].flatMap((path) => [
        fetch('${origin}' + path, { ...init, mode: 'no-cors' }),
        fetch('${origin}' + path, { ...init, headers: { 'X-CSRF': '1' } }),
      ])
      Promise.allSettled(tries).then((all) => {
        document.title = all.map(({ status }) => status).join()
      })
    </script>`
  const evil = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end(attempts)
  })
  evil.listen(0, '127.0.0.1')
  await once(evil, 'listening')
  try {
    await comeConnected(page)
    const names = async () => (await page.context().cookies(origin)).map(({ name }) => name)
    const before = await names()
    await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`)
    await expect(page).toHaveTitle('rejected,rejected,rejected,rejected')
    expect(await names()).toEqual(before)
    await page.goto(`${origin}/dashboard`)
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
    // A logout of the test before may still be revoking its own pair.
    expect((await polar.grants()).map(({ ended }) => ended)).toEqual([null])
  } finally {
    evil.close()
    evil.closeAllConnections()
  }
})

test('S17: sign-in and logout accept only POST', async ({ person }) => {
  await person.signIn()
  for (const route of ['/bff/authorize', '/bff/logout', '/bff/refresh', '/bff/callback']) {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      const answer = await person.send(method, route)
      expect([method, route, answer.status]).toEqual([method, route, 405])
      expect(answer.headers['allow']).toBe('POST')
      expect(answer.setCookies).toEqual([])
    }
  }
  expect((await person.session()).authenticated).toBe(true)
})

/** One of each kind: a unit test has them all, and this one shows that the app asks it. */
const REFUSED = [
  '//evil.com',
  '/\\evil.com',
  '/\t/evil.com',
  '/..//evil.com',
  '/%5cevil.com',
  'https:evil.com',
  'javascript:alert(1)',
  '/%62ff/logout',
  '/auth/callback?code=x',
  { path: '/ok' },
]
const KEPT = ['/', '/a?next=//x', '/%C3%A9']

test('S18: no stored return path leads out of the app', async ({ deployment, page }) => {
  const { origin } = deployment
  const hosts = new Set<string>()
  await comeConnected(page)
  page.on('request', (request) => hosts.add(new URL(request.url()).origin))
  const session = await page.evaluate(async () => {
    const answer = await fetch('/bff/session', { headers: { 'X-CSRF': '1' } })
    return answer.text()
  })
  // The exchange is Polar's affair and shown elsewhere: here only the way on from it counts.
  await page.route('**/bff/callback', (route) =>
    route.fulfill({ contentType: 'application/json', body: `{"session":${session}}` }),
  )
  // Without what the pages then ask for, each of them is there at once.
  await page.route('**/bff/api/**', (route) => route.abort())
  const goOnFrom = async (returnPath: unknown) => {
    await page.evaluate((kept) => {
      const codeVerifier = 'v'.repeat(43)
      const pending = { state: 'known', codeVerifier, returnPath: kept, wishes: {} }
      sessionStorage.setItem('polar-connect:sign-in', JSON.stringify(pending))
    }, returnPath)
    await page.goto(`${origin}/auth/callback?code=x&state=known`, { waitUntil: 'commit' })
    const elsewhere = (url: URL) => url.pathname !== '/auth/callback'
    await page.waitForURL(elsewhere, { waitUntil: 'commit', timeout: 15_000 })
    return page.url()
  }
  for (const vector of REFUSED) {
    const { origin: at, pathname, search } = new URL(await goOnFrom(vector))
    expect([vector, at, pathname, search]).toEqual([
      vector,
      origin,
      expect.stringMatching(/^\/(dashboard)?$/),
      '',
    ])
  }
  for (const vector of KEPT) {
    const url = await goOnFrom(vector)
    const kept =
      vector === '/' ? [`${origin}/`, `${origin}/dashboard`] : [new URL(vector, origin).href]
    expect(kept).toContain(url)
  }
  expect([...hosts]).toEqual([origin])
})

test('S19: the app opens only Polar’s authorization page', async ({ deployment, page }) => {
  const elsewhere = [
    'https://evil.example/oauth2/authorize?client_id=x',
    'javascript:document.title="owned"',
    `${deployment.polar.url}/oauth2/token`,
    `${deployment.origin}/oauth2/authorize`,
    `${deployment.polar.url}.evil.example/oauth2/authorize`,
    '//evil.example/oauth2/authorize',
  ]
  for (const authorization_url of elsewhere) {
    await page.route('**/bff/authorize', async (route) => {
      const answer = await route.fetch()
      const body = { ...((await answer.json()) as object), authorization_url }
      await route.fulfill({ response: answer, json: body })
    })
    await page.goto('/')
    await page.getByRole('button', { name: 'Connect with Polar' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    expect(page.url()).toBe(`${deployment.origin}/`)
    expect(await page.title()).not.toBe('owned')
    await page.unroute('**/bff/authorize')
  }
})
