/** The page in the browser, and what of a sign-in is left lying about: in files, bytes and logs. */
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page, Response } from '@playwright/test'
import { PROBLEMS, type ProblemCode } from '@polar-connect/protocol'
import {
  comeConnected,
  connect,
  DEFAULT_CLIENT_SECRET,
  expect,
  expectSilent,
  test,
  type Deployment,
} from './fixtures.ts'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))
const SERVER_DIST = fileURLToPath(new URL('../../../server/dist/', import.meta.url))

test('S46: every document has the headers that restrict the browser', async ({
  deployment,
  page,
}) => {
  for (const path of ['/', '/dashboard/products', '/auth/callback?code=c&state=s', '/not/there']) {
    const answer = await page.request.get(`${deployment.origin}${path}`)
    expect(answer.headers()).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'; object-src 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'",
      'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    })
  }
})

test('S46: the app keeps its own policy, and an injected script is blocked', async ({ page }) => {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  await page.addInitScript(() => {
    const store = globalThis as typeof globalThis & { violations?: string[] }
    store.violations = []
    document.addEventListener('securitypolicyviolation', (event) =>
      store.violations?.push(event.violatedDirective),
    )
  })
  const violations = () =>
    page.evaluate(() => (globalThis as typeof globalThis & { violations?: string[] }).violations)
  await connect(page)
  await page.getByRole('link', { name: 'Products' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible()
  expect(await violations()).toEqual([])
  expect(said.filter((text) => text.includes('Content Security Policy'))).toEqual([])

  const outcome = await page.evaluate(() => {
    const script = document.createElement('script')
    try {
      script.textContent = 'document.title = "owned"'
    } catch {
      // Trusted Types refuse the text itself.
    }
    document.body.append(script)
    try {
      document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title=1">')
      return 'inserted'
    } catch (error) {
      return (error as Error).name
    }
  })
  expect(outcome).toBe('TypeError')
  expect(await page.title()).not.toBe('owned')
  await expect.poll(violations).toEqual(expect.arrayContaining(['require-trusted-types-for']))
})

test('S47: the callback’s code is in no other request, referrer, history or cache', async ({
  deployment,
  page,
}) => {
  const requests: { url: string; referer: string | undefined; address: string }[] = []
  page.on('request', (request) =>
    requests.push({
      url: request.url(),
      referer: request.headers()['referer'],
      address: page.url(),
    }),
  )
  await connect(page)
  const callback = requests.find(({ url }) => url.includes('/auth/callback?'))
  const code = new URL(callback?.url ?? '').searchParams.get('code') ?? ''
  expect(code).not.toBe('')
  const ours = requests.slice(requests.findIndex((entry) => entry === callback))
  expect(new Set(ours.map(({ url }) => new URL(url).origin))).toEqual(new Set([deployment.origin]))
  expect(ours.filter(({ url }) => url.includes(code))).toHaveLength(1)
  expect(ours.filter(({ referer }) => referer?.includes(code))).toEqual([])
  // By the first call of ours the address bar had been cleared.
  const exchange = ours.find(({ url }) => url.endsWith('/bff/callback'))
  expect(exchange?.address).not.toContain(code)
  const left = await page.evaluate(async () => ({
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
    referrer: document.referrer,
    address: location.href,
  }))
  expect(left).toMatchObject({ workers: 0, caches: [] })
  expect(left.referrer + left.address).not.toContain(code)
  await page.goBack()
  expect(page.url()).not.toContain(code)
})

test('S48: no file for the browser holds a secret or code of the server', async () => {
  const files = await readdir(DIST, { recursive: true, withFileTypes: true })
  const texts = files.filter((file) => file.isFile() && /\.(js|css|html|svg|map)$/.test(file.name))
  expect(texts.length).toBeGreaterThan(3)
  for (const { parentPath, name } of texts) {
    const text = await readFile(join(parentPath, name), 'utf8')
    expect(text, name).not.toMatch(
      /polar_(cs|at|rt|ac|oat|pat|us|cst|mst|crt)_[a-z_]*[A-Za-z0-9]{16}/,
    )
    expect(text, name).not.toMatch(
      /POLAR_CLIENT_SECRET|SESSION_SECRETS|ClientSecretPost|EncryptJWT/,
    )
  }
  expect(files.filter(({ name }) => name.endsWith('.map'))).toEqual([])
  // `test` builds with these in the place of the secrets.
  for (const folder of [DIST, SERVER_DIST]) {
    const built = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const { parentPath, name } of built.filter((file) => file.isFile())) {
      expect(await readFile(join(parentPath, name), 'latin1'), name).not.toContain('SentinelOf')
    }
  }
})

/** Everything that came into this page from the app: addresses, headers, bodies, storage. */
function recordBytes(page: Page, { origin }: Deployment): () => Promise<string> {
  const parts: Promise<string>[] = []
  page.on('response', (response) => {
    if (!response.url().startsWith(origin)) return
    parts.push(
      // The page may go on while an answer is still on its way.
      bytesOf(response).catch(() => ''),
    )
  })
  return async () => {
    const storage = await page.evaluate(() =>
      JSON.stringify([
        Object.entries(sessionStorage),
        Object.entries(localStorage),
        document.cookie,
      ]),
    )
    await page.waitForLoadState('networkidle')
    // The text of an answer that broke off may never come: without its page it is given up.
    await page.close()
    return [...(await Promise.all(parts)), storage].join('\n')
  }
}

async function bytesOf(response: Response): Promise<string> {
  const headers = await response.allHeaders()
  const sent = response.request().postData() ?? ''
  return [
    response.url(),
    sent,
    JSON.stringify(withoutCookies(headers)),
    await response.text(),
  ].join('\n')
}

/** Cookies are sealed: that script cannot read them is shown by S20 and S22. */
const withoutCookies = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'set-cookie'))

test('S49: no token reaches the browser, in any encoding', async ({ deployment, page, polar }) => {
  const bytes = recordBytes(page, deployment)
  await connect(page)
  const tokens = new Set<string>()
  const remember = async () => {
    for (const token of await polar.tokens()) tokens.add(token)
  }
  await remember()
  await polar.control('POST', '/faults', {
    path_contains: '/v1/products/',
    status: 422,
    body: { error: 'RequestValidationError', detail: [] },
    times: 1,
  })
  await page.goto('/dashboard/products')
  await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible()
  await deployment.travel(11 * 86_400)
  await page.goto('/dashboard/profile')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // The page may be there before the refresh that it asked for.
  await expect
    .poll(async () => {
      await remember()
      return tokens.size
    })
    .toBeGreaterThanOrEqual(4)
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const all = await bytes()
  expect(all).toContain('"authenticated":true')
  expectSilent(all, [...tokens, DEFAULT_CLIENT_SECRET, deployment.sessionSecret])
})

test('S50: the log holds no secret, even at debug level and after failures', async ({
  deployment,
  person,
  polar,
}) => {
  const before = deployment.app.output().length
  const finish = await person.come()
  await polar.control('POST', '/faults', {
    grant_type: 'authorization_code',
    status: 400,
    body: { error: 'invalid_grant', error_description: `code ${finish.code} is bad` },
    times: 1,
  })
  await person.post('/bff/callback', finish)
  await person.signIn()
  for (const kind of ['malformed', 'empty', 'html', 'gzip_bomb', undefined, 'drop']) {
    if (kind !== undefined) {
      await polar.control('POST', '/faults', { grant_type: 'refresh_token', kind, times: 1 })
    }
    await person.post('/bff/refresh')
    // After some of these the refresh may still run at Polar, so the next one is held back.
    await deployment.travel(60)
  }
  await person.send('GET', `/bff/api/v1/products/?query=${finish.code}`)
  await person.send('GET', `/bff/${finish.code_verifier}?code=${finish.code}`)
  await person.send('POST', '/bff/callback', { body: `{"code":"${finish.code}"` })
  await person.post('/bff/logout')
  const log = () => deployment.app.output().slice(before)
  await expect
    .poll(() => new Set(linesOf(log()).map(({ event }) => event)))
    .toEqual(
      new Set([
        'sign_in_started',
        'signed_in',
        'refreshed',
        'refused',
        'upstream_failed',
        'logged_out',
      ]),
    )
  const people = await polar.control<{ items: { email: string }[] }>('GET', '/people')
  // Tokens, codes, verifiers, states and cookies of the whole suite are looked for after every test.
  expectSilent(
    log(),
    people.items.map(({ email }) => email),
  )
})

test('S51: every refusal is one of our problems, and quotes no one else', async ({
  deployment,
  person,
  polar,
}) => {
  test.setTimeout(120_000)
  await person.signIn()
  const late = deployment.person()
  const finish = await late.come()
  const canary = 'canary-of-the-upstream'
  await polar.control('POST', '/faults', {
    path_contains: '/oauth2/',
    status: 400,
    body: { error: 'invalid_request', error_description: canary, stack: canary },
  })
  const random = seededRandom(7)
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]
  const routes = [
    'authorize',
    'callback',
    'session',
    'refresh',
    'userinfo',
    'logout',
    'x',
    'api/v1/x',
  ]
  const references: string[] = []
  for (let index = 0; index < 500; index += 1) {
    const body = pick([undefined, '', '{', '[]', 'null', '{"a":1}', '{"code":1}', 'x'.repeat(9000)])
    const method = pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) ?? 'GET'
    const answer = await person.send(method, `/bff/${pick(routes)}`, {
      headers: {
        'X-CSRF': pick(['1', '1', '1', undefined]),
        'Content-Type': pick(['application/json', 'text/plain', undefined]),
        Cookie: pick([undefined, '__Host-Http-polar_connect=x', 'a=b']),
      },
      ...(method !== 'GET' && body !== undefined && { body }),
    })
    expect(answer.text).not.toContain(canary)
    expect(answer.text).not.toMatch(/\bat .*:\d+:\d+/)
    if (answer.status < 400) continue
    expect(answer.headers['content-type']).toBe('application/problem+json')
    const problem = answer.json() as { code: ProblemCode }
    expect(problem).toMatchObject({
      type: `/problems/${problem.code}`,
      title: expect.stringMatching(/^.{3,80}$/),
      status: answer.status,
      reference: expect.stringMatching(/^[0-9a-z]{8}$/),
    })
    expect(PROBLEMS[problem.code].status).toBe(answer.status)
    references.push((problem as { reference?: string }).reference ?? '')
  }
  // Each can be found in the log by what the person reads out.
  await expect
    .poll(() => references.filter((reference) => !deployment.app.output().includes(reference)))
    .toEqual([])
  expect(references.length).toBeGreaterThan(300)
  const exchange = await late.post('/bff/callback', finish)
  expect(exchange.code).toBe('polar_invalid_response')
  expect(exchange.text).not.toContain(canary)
})

/** The same numbers at every run. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

test('S52: each action of a person or an attacker leaves a log line with its code', async ({
  deployment,
  person,
}) => {
  const before = deployment.app.output().length
  const stranger = deployment.person()
  const finish = await person.come()
  await stranger.post('/bff/callback', finish)
  await stranger.begin()
  await stranger.post('/bff/callback', finish)
  await person.post('/bff/callback', finish)
  await person.send('GET', '/bff/session', { headers: { 'X-CSRF': undefined } })
  await person.send('GET', '/bff/session', {
    headers: { Cookie: '__Host-Http-polar_connect=forged' },
  })
  const late = await person.copy()
  await person.post('/bff/refresh')
  // With the old cookie, like a caller who lost a race.
  await late.post('/bff/refresh')
  await person.post('/bff/logout')
  const seen = () =>
    linesOf(deployment.app.output().slice(before))
      // Once a process, so only if no earlier test has caused it.
      .filter(({ event }) => event !== 'other_address')
      .map(({ event, code, how, revoked }) => [event, code ?? how ?? revoked])
  await expect.poll(seen).toEqual([
    ['sign_in_started', undefined],
    ['refused', 'transaction_missing'],
    ['sign_in_started', undefined],
    ['refused', 'state_mismatch'],
    ['signed_in', undefined],
    ['refused', 'csrf_rejected'],
    ['cookie_refused', undefined],
    ['refreshed', 'refreshed'],
    ['refreshed', 'claimed'],
    ['logged_out', true],
  ])
  const created = deployment.app
    .output()
    .split('\n')
    .find((line) => line.includes('"created"'))
  expect(created).toMatch(/"sealing_key":"[\w-]{8}"/)
})

/** Whole lines of JSON, as the log writes them. */
function linesOf(log: string): Record<string, unknown>[] {
  const lines = log.split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

test('S54: logging out empties the other tab, and Back shows no data', async ({
  context,
  page,
}) => {
  await comeConnected(page)
  const other = await context.newPage()
  await other.goto('/dashboard/products')
  await expect(other.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
  await page.goto('/dashboard/products')
  await expect(page.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
  // A whole new document, so that Back may restore the one before.
  await page.goto('/dashboard/connection')
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await expect(other.getByText('You logged out in another tab.')).toBeVisible()
  await expect(other.getByText('Weaving workshop')).toHaveCount(0)
  await page.goBack()
  await expect(page.getByRole('button', { name: 'Connect with Polar' }).first()).toBeVisible()
  await page.goBack()
  await expect(page.getByText('Weaving workshop')).toHaveCount(0)
})

test('S55: no other page can frame the app', async ({ deployment, page }) => {
  const frames = `<!doctype html><title>evil</title>
    ${['/', '/dashboard', '/auth/callback', '/bff/health'].map((path) => `<iframe src="${deployment.origin}${path}"></iframe>`).join('')}`
  const evil = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end(frames)
  })
  evil.listen(0, '127.0.0.1')
  await once(evil, 'listening')
  try {
    await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`)
    const inside = page.frames().filter((frame) => frame !== page.mainFrame())
    expect(inside).toHaveLength(4)
    for (const frame of inside) {
      await frame.waitForLoadState()
      expect(frame.url()).toMatch(/^(chrome-error:|https:)/)
      expect(await frame.content()).not.toContain('id="root"')
      expect(await frame.content()).not.toContain('"status"')
    }
  } finally {
    evil.close()
    evil.closeAllConnections()
  }
})
