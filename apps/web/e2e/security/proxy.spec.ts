/** The proxy: what reaches Polar, what of it comes back, and what neither side can make it do. */
import { once } from 'node:events'
import { request } from 'node:http'
import { failToStart, randomSecret } from '../app-process.ts'
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET, expect, test } from './fixtures.ts'
import type { Person } from './person.ts'
import { startPolarFront } from './polar-front.ts'
import { head, sendBytes } from './raw-socket.ts'
import { RAW_TARGETS, SOMEBODY, TEMPLATES, UNLISTED } from './targets.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
async function signedIn(person: Person): Promise<Person> {
  const answer = await person.signIn()
  if (answer.status !== 200) throw new Error(answer.text)
  return person
}

test('S29: a path or method that is not on the list does not exist', async ({ person, polar }) => {
  await signedIn(person)
  await polar.control('DELETE', '/requests')
  for (const path of UNLISTED) {
    for (const method of METHODS) {
      const answer = await person.send(method, `/bff/api${path}`)
      expect([method, path, answer.status]).toEqual([method, path, 404])
    }
  }
  for (const [path, methods] of [
    ['/v1/products/', ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']],
    [`/v1/orders/${SOMEBODY}`, ['POST', 'PATCH', 'DELETE']],
    ['/v1/checkout-links/', ['PUT', 'DELETE']],
  ] as const) {
    for (const method of methods) {
      const answer = await person.send(method, `/bff/api${path}`)
      expect([method, path, answer.status]).toEqual([method, path, 405])
    }
  }
  expect(await polar.requests()).toEqual([])
})

test('S30: nothing in a request chooses the host that Polar’s token goes to', async ({
  deployment,
  person,
  polar,
}) => {
  await signedIn(person)
  const cookie = await person.jar.getCookieString(deployment.origin)
  await polar.control('DELETE', '/requests')
  const evil = '127.0.0.1:1'
  const spoofed = await person.send('GET', `/bff/api/v1/products/?url=http://${evil}&limit=1`, {
    headers: {
      Host: evil,
      'X-Forwarded-Host': evil,
      Forwarded: `host=${evil}`,
      'X-Original-URL': `http://${evil}/`,
    },
  })
  expect(spoofed.status).toBe(200)
  for (const target of [
    `http://${evil}/bff/api/v1/products/`,
    `//${evil}/bff/api/v1/products/`,
    `/bff/api//${evil}/v1/products/`,
    `/bff/api/@${evil}/v1/products/`,
    `/bff/api/http://${evil}/v1/products/`,
  ]) {
    const headers = { Cookie: cookie, Host: evil }
    const answer = await sendBytes(deployment.app.port, head(`GET ${target} HTTP/1.1`, headers))
    expect([target, answer.slice(0, 12)]).toEqual([target, expect.stringMatching(/ 40[034]$/)])
  }
  expect((await polar.requests()).map(({ path }) => path)).toEqual(['/v1/products/'])
})

test('S31: every malformed target is refused in its raw form', async ({
  deployment,
  person,
  polar,
}) => {
  await signedIn(person)
  const cookie = await person.jar.getCookieString(deployment.origin)
  await polar.control('DELETE', '/requests')
  for (const target of RAW_TARGETS) {
    const bytes = Buffer.from(head(`GET ${target} HTTP/1.1`, { Cookie: cookie }), 'latin1')
    const answer = await sendBytes(deployment.app.port, bytes)
    expect([target, answer.slice(0, 12)]).toEqual([
      target,
      expect.stringMatching(/^HTTP\/1\.1 (400|404|431)$/),
    ])
    expect(answer, target).not.toContain('"items"')
  }
  expect(await polar.requests()).toEqual([])
  // A list is taken with or without its last slash, and sent as Polar writes it.
  for (const path of ['/bff/api/v1/products', '/bff/api/v1/products/']) {
    expect((await person.send('GET', path)).status).toBe(200)
  }
  expect(new Set((await polar.requests()).map(({ path }) => path))).toEqual(
    new Set(['/v1/products/']),
  )
})

test('S32: a valid query reaches Polar unchanged', async ({ person, polar }) => {
  await signedIn(person)
  await polar.control('DELETE', '/requests')
  const query = 'sorting=name&sorting=-created_at&limit=2&query=a%20b%26c&next=https://evil.example'
  expect((await person.send('GET', `/bff/api/v1/products/?${query}`)).status).toBe(200)
  const [sent] = await polar.requests('/v1/products/')
  expect(sent?.query.replace(/^\?/, '')).toBe(query)
  const long = await person.send('GET', `/bff/api/v1/products/?q=${'x'.repeat(4096)}`)
  expect(long.status).toBe(400)
  const paths = (await polar.requests()).map(({ path }) => path)
  for (const path of paths) expect(path).toMatch(TEMPLATES)
})

test('S33: only the listed request headers reach Polar', async ({ person, polar }) => {
  await signedIn(person)
  await polar.control('DELETE', '/requests')
  const answer = await person.send('GET', '/bff/api/v1/products/', {
    headers: {
      Accept: 'application/json',
      'Accept-Language': 'de',
      'Idempotency-Key': 'key-1',
      'Polar-Version': '2026-10',
      Authorization: 'Bearer of-somebody-else',
      'X-Forwarded-For': '6.6.6.6',
      'X-Forwarded-Proto': 'http',
      Forwarded: 'for=6.6.6.6',
      'True-Client-IP': '6.6.6.6',
      'X-Real-IP': '6.6.6.6',
      Referer: 'https://app.example/secret',
      'X-HTTP-Method-Override': 'DELETE',
      'X-Custom': 'x',
      TE: 'trailers',
      Connection: 'X-Custom, keep-alive',
      'Proxy-Authorization': 'Basic eDp4',
    },
  })
  expect(answer.status).toBe(200)
  const [sent] = await polar.requests('/v1/products/')
  const names = Object.keys(sent?.request_headers ?? {}).filter(
    // What the HTTP client itself says of the connection.
    (name) => !/^(host|connection|accept-encoding|user-agent|sec-fetch-mode)$/.test(name),
  )
  expect(names.toSorted()).toEqual([
    'accept',
    'accept-language',
    'authorization',
    'idempotency-key',
    'polar-version',
  ])
  const [grant] = await polar.grants()
  expect(sent?.request_headers['authorization']).toBe(`Bearer ${grant?.access_token.value}`)
})

test('S34: only the listed headers of Polar reach the page', async ({ person, polar }) => {
  await signedIn(person)
  const foreign = {
    'Set-Cookie': 'planted=1; Path=/',
    'Clear-Site-Data': '"cookies"',
    Refresh: '0; url=https://evil.example',
    Link: '<https://evil.example>; rel=preload',
    'Alt-Svc': 'h3=":443"',
    'Report-To': '{}',
    'Strict-Transport-Security': 'max-age=0',
    'Content-Security-Policy': "default-src *; script-src 'unsafe-inline'",
    Server: 'Polar',
    'X-Powered-By': 'x',
    'Access-Control-Allow-Origin': '*',
    ETag: '"kept"',
  }
  await polar.control('POST', '/faults', {
    path_contains: '/v1/products/',
    body: { items: [] },
    headers: foreign,
  })
  const { status, headers, setCookies } = await person.send('GET', '/bff/api/v1/products/')
  expect([status, setCookies]).toEqual([200, []])
  expect(headers['etag']).toBe('"kept"')
  expect(headers['content-security-policy']).toBe(
    "default-src 'none'; frame-ancestors 'none'; sandbox",
  )
  for (const name of Object.keys(foreign)) {
    if (!['ETag', 'Content-Security-Policy'].includes(name)) {
      expect([name, headers[name.toLowerCase()]]).toEqual([name, undefined])
    }
  }
})

test('S35: a redirect is not followed, and gets no token', async ({
  deployment,
  person,
  polar,
}) => {
  const seen: unknown[] = []
  const evil = await startPolarFront(polar.url, (incoming, outgoing) => {
    seen.push(incoming.headers)
    outgoing.end('{}')
    return true
  })
  try {
    await signedIn(person)
    for (const status of [301, 302, 303, 307, 308]) {
      await polar.control('POST', '/faults', {
        path_contains: '/v1/products/',
        status,
        headers: { Location: `${evil.url}/v1/products/` },
        times: 1,
      })
      const answer = await person.send('GET', '/bff/api/v1/products/')
      expect([status, answer.status, answer.code]).toEqual([status, 502, 'polar_invalid_response'])
      expect(answer.headers['location']).toBeUndefined()
    }
    await polar.control('POST', '/faults', {
      grant_type: 'refresh_token',
      status: 307,
      headers: { Location: `${evil.url}/v1/oauth2/token` },
      times: 1,
    })
    expect((await person.post('/bff/refresh')).status).toBeGreaterThanOrEqual(500)
    expect(seen).toEqual([])
    expect((await person.session()).authenticated).toBe(true)
    expect(deployment.app.output()).not.toContain(evil.url)
  } finally {
    await evil.close()
  }
})

test('S36: the proxy returns nothing that a browser would render', async ({
  deployment,
  page,
  person,
  polar,
}) => {
  await signedIn(person)
  const script = '<script>document.title = "owned"</script>'
  for (const type of [
    'text/html',
    'image/svg+xml',
    'application/xml',
    'text/xml',
    'application/javascript',
    'text/css',
    'application/pdf',
    'application/xhtml+xml; charset=utf-8',
  ]) {
    await polar.control('POST', '/faults', {
      path_contains: '/v1/products/',
      status: 200,
      headers: { 'Content-Type': type },
      body: script,
      times: 1,
    })
    const answer = await person.send('GET', '/bff/api/v1/products/')
    expect([type, answer.status, answer.code]).toEqual([type, 502, 'polar_invalid_response'])
    expect(answer.text).not.toContain('script')
  }
  const passed = await person.send('GET', '/bff/api/v1/products/')
  expect(passed.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
  })
  // Opened as a page it is refused before Polar is asked.
  const opened = await page.goto(`${deployment.origin}/bff/api/v1/products/`)
  expect(opened?.status()).toBe(403)
})

test('S37: a route that creates or reveals credentials is refused, even if it is configured', async ({
  deployment,
}) => {
  for (const scope of [
    'organization_access_tokens:write',
    'customer_sessions:write',
    'member_sessions:write',
    'webhooks:read',
  ]) {
    for (const name of ['POLAR_SCOPES', 'POLAR_ALLOWED_SCOPES']) {
      const { code, output } = await failToStart({
        APP_ORIGIN: 'https://app.example.com',
        POLAR_SERVER: deployment.polar.url,
        POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
        POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
        SESSION_SECRETS: randomSecret(),
        [name]: `openid ${scope}`,
      })
      expect([name, scope, code]).toEqual([name, scope, 1])
      expect(output).toContain(scope)
      expect(output).not.toContain('    at ')
    }
  }
})

test('S38: no upgrade, no tunnel, no trace', async ({ deployment, person, polar }) => {
  await signedIn(person)
  const cookie = await person.jar.getCookieString(deployment.origin)
  await polar.control('DELETE', '/requests')
  const upgrade = {
    Cookie: cookie,
    Connection: 'Upgrade, close',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  }
  const { port } = deployment.app
  for (const [line, headers] of [
    ['GET /bff/session HTTP/1.1', upgrade],
    ['GET /bff/api/v1/products/ HTTP/1.1', upgrade],
    ['TRACE /bff/api/v1/products/ HTTP/1.1', { Cookie: cookie }],
    ['CONNECT 127.0.0.1:80 HTTP/1.1', { Cookie: cookie }],
  ] as const) {
    const answer = await sendBytes(port, head(line, headers))
    expect([line, answer.slice(0, 12)]).toEqual([
      line,
      expect.stringMatching(/^(HTTP\/1\.1 4\d\d)?$/),
    ])
  }
  expect(await polar.requests()).toEqual([])
})

test('S38: the call to Polar ends when its client leaves, and other calls continue', async ({
  deployment,
  polar,
}) => {
  let open = 0
  let begun = 0
  const front = await startPolarFront(polar.url, (incoming, outgoing) => {
    const endless = incoming.url?.startsWith('/v1/orders/') === true
    // The other one never says a word.
    if (!endless && !incoming.url?.startsWith('/v1/customers/')) return false
    open += 1
    begun += 1
    outgoing.once('close', () => (open -= 1))
    if (!endless) return true
    outgoing.writeHead(200, { 'Content-Type': 'application/json' })
    outgoing.write('{"items": [')
    return true
  })
  const app = await deployment.redeploy({
    POLAR_SERVER: front.url,
    POLAR_ISSUER: deployment.polar.url,
  })
  try {
    const person = await signedIn(app.person())
    const cookie = await person.jar.getCookieString(deployment.origin)
    const headers = { 'X-CSRF': '1', Cookie: cookie }
    const come = (path: string) => {
      const client = request({ port: app.port, path, headers })
      client.on('error', () => undefined)
      client.end()
      return client
    }
    const comeAndRead = async () => {
      const client = come('/bff/api/v1/orders/')
      const [answer] = (await once(client, 'response')) as [NodeJS.ReadableStream]
      answer.on('error', () => undefined)
      await once(answer, 'readable')
      return client
    }
    for (let round = 1; round <= 20; round += 1) {
      const clients = await Promise.all(Array.from({ length: 50 }, comeAndRead))
      expect(begun).toBe(round * 50)
      for (const client of clients) client.destroy()
      await expect.poll(() => open).toBe(0)
    }
    const waiting = Array.from({ length: 50 }, () => come('/bff/api/v1/customers/'))
    // No more calls of one session are in flight at once; the rest waits for its turn.
    await expect.poll(() => open).toBe(8)
    for (const client of waiting) client.destroy()
    // Long before the time is over in which Polar may begin to answer.
    await expect.poll(() => open, { timeout: 10_000 }).toBe(0)
    expect((await person.send('GET', '/bff/api/v1/products/')).status).toBe(200)
  } finally {
    await app.stop()
    await front.close()
  }
})
