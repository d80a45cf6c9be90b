import { describe, expect, it } from 'vitest'
import { redact, stackOf } from './events.ts'
import { createTestBrowser, sessionOf } from '../testing/browser.ts'
import { ACME, allowing, createLocalPolar } from '../testing/local-polar.ts'

describe('what leaves by onEvent', () => {
  it('S52: covers the whole life of a session', async () => {
    const polar = await createLocalPolar()
    await sessionOf(await polar.browser.signIn(allowing(polar, [ACME])))
    await sessionOf(await polar.browser.post('/bff/refresh'))
    await polar.browser.post('/bff/logout')
    await polar.browser.fetch('/bff/session', { headers: { 'X-CSRF': 'no' } })
    expect(polar.events.map(({ type }) => type)).toEqual([
      'created',
      'sign_in_started',
      'signed_in',
      'refreshed',
      'logged_out',
      'refused',
    ])
  })

  it('S50: holds no token, code, state, verifier, cookie, secret or e-mail address', async () => {
    const polar = await createLocalPolar()
    const { url, state, codeVerifier } = await polar.browser.begin()
    const back = await allowing(polar, [ACME])(url)
    const cookies = [...polar.browser.cookies.values()]
    const parameters = Object.fromEntries(back.searchParams)
    await polar.browser.post('/bff/callback', { ...parameters, code_verifier: codeVerifier })
    cookies.push(...polar.browser.cookies.values())
    const down = createTestBrowser(
      await polar.create({
        upstream: (address, { headers }) =>
          Promise.reject(new Error(`${address.href} ${headers['authorization']}`)),
      }),
    )
    for (const [name, value] of polar.browser.cookies) down.cookies.set(name, value)
    await down.fetch('/bff/api/v1/products/')
    await down.post('/bff/logout')
    await polar.browser.fetch('/bff/session', { headers: { Cookie: 'planted' } })

    const logged = JSON.stringify(polar.events)
    expect(logged).toContain('upstream_failed')
    const secrets = [state, codeVerifier, parameters['code'] ?? '', 'polar_cs_', '@example.com']
    for (const secret of [...secrets, ...cookies]) expect(logged).not.toContain(secret)
    expect(logged).not.toMatch(/polar_(at|rt|ac)_/)
  })

  it('S50: quotes nothing of a token endpoint that echoes what it was sent', async () => {
    const polar = await createLocalPolar()
    const sent: string[] = []
    const bff = await polar.create({
      upstream(url, request) {
        if (!url.pathname.endsWith('/token')) return polar.upstream(url, request)
        const form = new TextDecoder().decode(request.body)
        sent.push(...new URLSearchParams(form).values())
        return Promise.resolve(Response.json({ error: `invalid_grant ${form}` }, { status: 400 }))
      },
    })
    await createTestBrowser(bff).signIn(allowing(polar, [ACME]))
    expect(sent.length).toBeGreaterThan(4)
    const logged = JSON.stringify(polar.events)
    for (const secret of sent.filter((value) => value.length > 20)) {
      expect(logged).not.toContain(secret)
    }
  })

  it('redacts what an error quotes', () => {
    const text =
      'failed for polar_at_u_oHBvRPOIvGrv5iFlbCBFNOg and eyJhbGciOiJkaXIi..a.b of polar_ci_Fake'
    expect(redact(text)).toBe('failed for [redacted] and [redacted] of polar_ci_Fake')
    expect(redact('duplicate key (ada@mail.example.com)')).toBe('duplicate key ([redacted])')
    const place = 'at /app/node_modules/.pnpm/hono@4.12.3/node_modules/@hono/x.js:3:9'
    expect(redact(place)).toBe(place)
  })

  it('S50: holds the place of an error, and nothing that its message or its causes say', () => {
    const secret = 'a-code'
    const quoting = (name: string) => `${name} got ${secret}\n    at ${secret} (/app/x.ts:1:2)`
    const cause = new Error(quoting('inner'))
    const error = new TypeError(quoting('outer'), { cause })
    cause.cause = error
    const changed = new Error(secret)
    changed.message = 'another'
    for (const each of [error, changed]) {
      const stack = stackOf(each)
      expect(stack).toMatch(/^ +at .*events\.test\.ts:\d+:\d+/)
      expect(stack).not.toContain(secret)
    }
    expect(stackOf(secret)).toBeUndefined()
  })

  it('holds the innermost ten frames of an error', () => {
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 50
    const deep = (depth: number): Error => (depth === 0 ? new Error('deep') : deep(depth - 1))
    const stack = stackOf(deep(30))
    Error.stackTraceLimit = limit
    expect(stack?.split('\n')).toEqual(Array(10).fill(expect.stringContaining('at deep ')))
  })
})
