import { describe, expect, it } from 'vitest'
import { DEFAULT_ROUTES, createAllowList, mintsCredentials, routeFault } from './allow-list.ts'
import { DEFAULT_SCOPES } from '@polar-connect/protocol'
import { createTestBrowser, sessionOf } from '../testing/browser.ts'
import { ACME, allowing, createLocalPolar, type LocalPolar } from '../testing/local-polar.ts'
import { systemTime } from '../runtime/time.ts'
import type { Upstream } from '../upstream/upstream.ts'

async function connected(): Promise<LocalPolar> {
  const polar = await createLocalPolar()
  await sessionOf(await polar.browser.signIn(allowing(polar, [ACME])))
  await polar.control('DELETE', '/requests')
  return polar
}

/** A BFF whose upstream answers calls of the API as `answer` says. */
async function answering(answer: (url: URL) => Response) {
  const polar = await createLocalPolar()
  const upstream: Upstream = (url, { method, headers, body, signal }) =>
    url.pathname === '/v1/products/'
      ? Promise.resolve(answer(url))
      : polar.emulator.fetch(new Request(url, { method, headers, signal, ...(body && { body }) }))
  const browser = createTestBrowser(await polar.create({ upstream }))
  await sessionOf(await browser.signIn(allowing(polar, [ACME])))
  return browser
}

describe('the proxy', () => {
  it.each(['/bff/api/v1/products/?limit=2', '/bff/api/v1/products?limit=2'])(
    'answers %s as Polar did',
    async (path) => {
      const polar = await connected()
      const answer = await polar.browser.fetch(path)
      expect(answer.status).toBe(200)
      const body = (await answer.json()) as { items: unknown[]; pagination: object }
      expect(body.items).toHaveLength(2)
      expect(body.pagination).toEqual({ total_count: 8, max_page: 4 })
      expect((await polar.requests()).map((entry) => entry.path)).toEqual(['/v1/products/'])
    },
  )

  it('S29: reaches nothing that is not on the list', async () => {
    const polar = await connected()
    for (const path of [
      '/v1/oauth2/token',
      '/v1/oauth2/userinfo',
      '/v1/webhooks/endpoints',
      '/v1/customer-sessions/',
      '/v1/products/8f3d2b5e-4b1c-4c58-9d3e-1f0a6c7b2d11/',
      '/v1/products/not-a-uuid',
      '/v2/products/',
      '/api/v1/products/',
      '/v1',
      '/',
    ]) {
      const answer = await polar.browser.fetch(`/bff/api${path}`)
      expect(await answer.json(), path).toMatchObject({ code: 'not_found', status: 404 })
    }
    const put = await polar.browser.post('/bff/api/v1/products/', {})
    expect(put.status).toBe(405)
    expect(put.headers.get('Allow')).toBe('GET')
    expect(await polar.requests()).toEqual([])
  })

  it('S31: checks the raw path, if the runtime shows it', async () => {
    const polar = await connected()
    for (const target of [
      '/bff/api/../oauth2/token',
      '/bff/api/v1/products/..%2f..%2foauth2/token',
      '/bff/api/v1/%2e%2e/products/',
      '/bff/api/%252e%252e/v1/products/',
      '/bff/api//evil.example/v1/products/',
      '/bff/api/v1//products',
      '/bff/api/\\evil.example',
      '/bff/api/v1/%5cproducts/',
      '/bff/api/@evil.example/',
      '/bff/api/v1/products;x=1/',
      '/bff/api/v1/products/#?page=2',
      '/bff/api/v1/products/%00',
      '/bff/api/v1/products/%0d%0aX:1',
      'http://evil.example/bff/api/v1/products/',
      '/BFF/API/v1/products/',
      `/bff/api/v1/products/${'a'.repeat(9000)}`,
      '/bff/api/v1/pröducts/',
    ]) {
      const browser = createTestBrowser(await polar.create({ rawTarget: () => target }))
      for (const [name, value] of polar.browser.cookies) browser.cookies.set(name, value)
      const answer = await browser.fetch('/bff/api/v1/products/')
      expect(answer.status, target).toBe(404)
    }
    expect(await polar.requests()).toEqual([])
  })

  it('S33: forwards only the listed headers, and one bearer token', async () => {
    const polar = await connected()
    await polar.browser.fetch('/bff/api/v1/products/', {
      headers: {
        Accept: 'application/json',
        Authorization: 'Bearer planted',
        'X-Forwarded-For': '10.0.0.1',
        Referer: 'https://app.example/secret',
        'X-HTTP-Method-Override': 'DELETE',
        'Idempotency-Key': 'once',
      },
    })
    const [entry] = await polar.requests('/v1/products/')
    const { authorization, ...headers } = entry?.request_headers ?? {}
    expect(authorization).toMatch(/^Bearer polar_at_u_/)
    expect(headers).toEqual({
      accept: 'application/json',
      'idempotency-key': 'once',
      'polar-version': '2026-10',
    })
  })

  it('sends Polar-Organization on, and Polar refuses one that is not an organization ID', async () => {
    const polar = await connected()
    const calling = (id: string) =>
      polar.browser.fetch('/bff/api/v1/products/', { headers: { 'Polar-Organization': id } })
    expect((await calling(ACME)).status).toBe(200)
    expect((await calling(ACME.toUpperCase())).status).toBe(200)
    const calls = await polar.requests('/v1/products/')
    expect(calls.map((call) => call.request_headers['polar-organization'])).toEqual([
      ACME,
      ACME.toUpperCase(),
    ])
    const answer = await calling('acme')
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { error: 'InvalidRequestedOrganization' },
    ])
  })

  it('reads no body of a caller who is not connected', async () => {
    const polar = await createLocalPolar()
    const write = (body: string) =>
      polar.browser.fetch('/bff/api/v1/checkout-links/', { method: 'POST', body })
    for (const body of ['{}', 'x'.repeat(300 * 1024)]) {
      expect(await (await write(body)).json()).toMatchObject({ code: 'not_connected' })
    }
  })

  it('tells a 404 for an unknown API version from one for an unknown object', async () => {
    const polar = await connected()
    const id = '8f3d2b5e-4b1c-4c58-9d3e-1f0a6c7b2d11'
    const unknown = await polar.browser.fetch(`/bff/api/v1/products/${id}`)
    expect([unknown.status, await unknown.json()]).toMatchObject([
      404,
      { error: 'ResourceNotFound' },
    ])
    // After the first week of April 2027 Polar does not know the version that this release sends.
    const later = await createLocalPolar()
    later.emulator.clock.set(Date.parse('2027-04-10T00:00:00Z') / 1000)
    await sessionOf(await later.browser.signIn(allowing(later, [ACME])))
    const gone = await later.browser.fetch('/bff/api/v1/products/')
    expect([gone.status, await gone.json()]).toMatchObject([502, { code: 'polar_version_gone' }])
    expect(later.events).toContainEqual(
      expect.objectContaining({ type: 'upstream_failed', reason: 'polar_version_gone' }),
    )
  })

  it('S16, S28, S34: returns only the listed headers, and no cache keeps the answer', async () => {
    const browser = await answering(() =>
      Response.json([], {
        headers: {
          'Set-Cookie': 'planted=1',
          'Access-Control-Allow-Origin': '*',
          'Cache-Control': 'public, max-age=3600',
          Link: '<https://evil.example>; rel=preload',
          'Polar-Version': '2026-10',
        },
      }),
    )
    const { headers } = await browser.fetch('/bff/api/v1/products/')
    expect(headers.getSetCookie()).toEqual([])
    expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect(headers.get('Link')).toBeNull()
    expect(headers.get('Polar-Version')).toBe('2026-10')
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('Vary')).toBe('Cookie, Origin, Sec-Fetch-Site')
  })

  it.each([
    ['S35: a redirect', () => new Response(null, { status: 307, headers: { Location: '//evil' } })],
    [
      'S36: a page',
      () => new Response('<script>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
    ],
    [
      'S36: two types',
      () =>
        new Response('<script>', { headers: { 'Content-Type': 'application/json, text/html' } }),
    ],
  ])('refuses %s', async (_, answer) => {
    const browser = await answering(answer)
    const refused = await browser.fetch('/bff/api/v1/products/')
    expect(refused.status).toBe(502)
    expect(await refused.json()).toMatchObject({ code: 'polar_invalid_response' })
  })

  it('S32: takes a query as it was written, up to 4,096 characters', async () => {
    const polar = await connected()
    const ask = (query: string) => polar.browser.fetch(`/bff/api/v1/products/?${query}`)
    const longest = `query=${'x'.repeat(4096 - 'query='.length)}`
    expect((await ask(longest)).status).toBe(200)
    for (const query of [`${longest}x`, 'query=\\']) {
      expect(await (await ask(query)).json(), query).toMatchObject({ code: 'invalid_request' })
    }
    expect(await polar.requests()).toHaveLength(1)
  })

  it('S38: ends the call to Polar when its own caller hangs up', async () => {
    const polar = await createLocalPolar()
    const asked = Promise.withResolvers<AbortSignal>()
    const upstream: Upstream = (url, request) => {
      if (url.pathname !== '/v1/products/') return polar.upstream(url, request)
      asked.resolve(request.signal)
      return new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(new Error('aborted')))
      })
    }
    const browser = createTestBrowser(await polar.create({ upstream }))
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    const caller = new AbortController()
    const call = browser.fetch('/bff/api/v1/products/', { signal: caller.signal })
    const signal = await asked.promise
    expect(signal.aborted).toBe(false)
    caller.abort()
    // At once: the time limit would end it too.
    expect(signal.aborted).toBe(true)
    await call
  })

  it('S59: waits fifteen seconds for Polar, and no longer', async () => {
    const polar = await createLocalPolar()
    const limits: number[] = []
    const upstream: Upstream = (url, request) =>
      url.pathname === '/v1/products/'
        ? new Promise((_, reject) => {
            request.signal.addEventListener('abort', () => reject(new Error('aborted')))
          })
        : polar.upstream(url, request)
    const browser = createTestBrowser(
      await polar.create({
        upstream,
        time: {
          ...systemTime,
          now: () => polar.emulator.clock.now(),
          after(milliseconds, work) {
            limits.push(milliseconds)
            return systemTime.after(milliseconds >= 15_000 ? 0 : milliseconds, work)
          },
        },
      }),
    )
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    limits.length = 0
    const answer = await browser.fetch('/bff/api/v1/products/')
    expect(await answer.json()).toMatchObject({ code: 'polar_unavailable' })
    expect(Math.max(...limits)).toBe(15_000)
  })

  it('S38: frees each refused body, even a broken one', async () => {
    let letGo = 0
    const page = (body: UnderlyingDefaultSource) => () =>
      new Response(new ReadableStream(body), { headers: { 'Content-Type': 'text/html' } })
    for (const answer of [
      page({ cancel: () => void (letGo += 1) }),
      page({ start: (controller) => controller.error(new Error('broken')) }),
    ]) {
      const browser = await answering(answer)
      expect((await browser.fetch('/bff/api/v1/products/')).status).toBe(502)
    }
    expect(letGo).toBe(1)
  })

  it.each([
    ['a length that is told', { 'Content-Length': '2' }, true],
    ['one that is longer than may be', { 'Content-Length': '99000000' }, false],
    [
      'one that is told of what is packed',
      { 'Content-Length': '2', 'Content-Encoding': 'gzip' },
      false,
    ],
    ['one that is no number', { 'Content-Length': 'two' }, false],
    ['none', {}, false],
  ])('S60: trusts %s: %j', async (_, headers, trusted) => {
    const type = { 'Content-Type': 'application/json' }
    // Far too much. The HTTP client holds an answer to its stated length.
    const browser = await answering(
      () => new Response(new Uint8Array(11 * 1024 * 1024), { headers: { ...type, ...headers } }),
    )
    const answer = await browser.fetch('/bff/api/v1/products/')
    const outcome = await answer.arrayBuffer().then(() => 'read', String)
    expect(outcome).toBe(trusted ? 'read' : 'Error: an answer that is too long')
  })

  it.each([
    ['seconds', { 'Retry-After': '300' }],
    [
      'a date',
      {
        'Retry-After': 'Mon, 23 Nov 2026 14:05:00 GMT',
        Date: 'Mon, 23 Nov 2026 14:00:00 GMT',
      },
    ],
  ])('passes a 429 with %s on, and answers itself while the pause lasts', async (_, headers) => {
    let calls = 0
    const browser = await answering(() => {
      calls += 1
      return new Response(null, { status: 429, headers })
    })
    const first = await browser.fetch('/bff/api/v1/products/')
    expect([first.status, await first.text()]).toEqual([429, ''])
    const second = await browser.fetch('/bff/api/v1/products/')
    expect(await second.json()).toMatchObject({ code: 'polar_rate_limited' })
    expect(Number(second.headers.get('Retry-After'))).toBeGreaterThan(295)
    expect(calls).toBe(1)
  })

  it('S58: takes no body over 256 KB, and no compressed one', async () => {
    const polar = await connected()
    const send = (body: string, headers: Record<string, string> = {}) =>
      polar.browser.fetch('/bff/api/v1/checkouts/', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body,
      })
    expect((await send('x'.repeat(256 * 1024 + 1))).status).toBe(413)
    expect((await send('{}', { 'Content-Encoding': 'gzip' })).status).toBe(415)
    expect(await polar.requests()).toEqual([])
  })

  it('says what a missing permission would need', async () => {
    const polar = await connected()
    const answer = await polar.browser.post('/bff/api/v1/checkouts/', { products: [] })
    expect(answer.status).toBe(403)
    expect(answer.headers.get('WWW-Authenticate')).toContain('scope="checkouts:write"')
  })
})

describe('the allow-list', () => {
  it('S37: refuses each route that creates or reveals a credential', () => {
    for (const path of [
      '/v1/oauth2/token',
      '/v1/organization-access-tokens/',
      '/v1/customer-sessions/',
      '/v1/webhooks/endpoints/{id}',
      '/v1/customer-seats/claim',
      '/v1/files/../oauth2/token',
      '/v1/products/{id}?x=1',
    ]) {
      expect(routeFault(path), path).toMatch(/^allow: /)
    }
    for (const scope of ['organization_access_tokens:write', 'customer_sessions:write']) {
      expect(mintsCredentials(scope), scope).toBe(true)
    }
    expect(mintsCredentials('products:write')).toBe(false)
  })

  it('adds what an app asks for', () => {
    const list = createAllowList([{ method: 'POST', path: '/v1/meters/', scope: 'meters:write' }])
    expect(list.find('POST', '/v1/meters')).toBe('/v1/meters/')
    expect(() => list.find('GET', '/v1/meters/')).toThrow('another method')
    expect(list.scopes).toContain('meters:write')
  })

  it('reads refunds and invoices by default, and writes neither', () => {
    const list = createAllowList()
    const invoice = '/v1/orders/1dbfc517-0bbf-4301-9ba8-555ca42b9731/invoice'
    for (const path of ['/v1/refunds/', invoice]) {
      expect(list.find('GET', path)).toBe(path)
      expect(() => list.find('POST', path)).toThrow('another method')
    }
    expect(list.scopes).toContain('refunds:read')
    expect(DEFAULT_SCOPES).not.toContain('refunds:read')
  })

  it('names each route once', () => {
    const names = DEFAULT_ROUTES.map(({ method, path }) => `${method} ${path}`)
    expect(new Set(names).size).toBe(names.length)
  })
})
