import { randomBytes } from 'node:crypto'
import { createMemoryCoordinator, systemTime } from '@polar-connect/bff'
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import type { DiagnosticsAnswer, Problem } from '@polar-connect/protocol'
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest'
import { createBackground } from '../background.ts'
import { createServerless, type ServerlessHost } from './serverless.ts'

const env = {
  POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
  POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
  APP_ORIGIN: 'https://app.example',
  SESSION_SECRETS: randomBytes(32).toString('base64url'),
  SECURITY_CONTACT: 'mailto:security@app.example',
}
const host: ServerlessHost = {
  builtAt: '2026-11-01T00:00:00.000Z',
  clientAddress: () => undefined,
  coordinator: () => undefined,
}
const { context } = createBackground()

let log: MockInstance<typeof console.log>
beforeEach(() => {
  log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
})
afterEach(() => {
  log.mockRestore()
  vi.useRealTimers()
})

const lines = () => log.mock.calls.map(([line]) => JSON.parse(String(line)) as { event?: string })
const lineOf = (event: string) => lines().find((line) => line.event === event)

function ask(path: string, more: Partial<ServerlessHost> = {}, settings: object = env) {
  const serve = createServerless({ ...settings }, { ...host, ...more })
  const headers = { 'X-CSRF': '1' }
  return serve(new Request(`https://app.example${path}`, { headers }), {}, context)
}

describe('a host that starts with its first request', () => {
  it('answers as the BFF, with security.txt and its page', async () => {
    expect(await (await ask('/bff/health')).json()).toEqual({ status: 'ok' })
    const text = await ask('/.well-known/security.txt')
    expect(await text.text()).toContain('Expires: 2027-10-31T00:00:00.000Z')
    expect((await ask('/dashboard')).status).toBe(404)
    const page = await ask('/dashboard', { page: () => () => new Response('the page') })
    expect(await page.text()).toBe('the page')
  })

  it('has no security.txt without a contact', async () => {
    const { status } = await ask('/.well-known/security.txt', {}, { ...env, SECURITY_CONTACT: '' })
    expect(status).toBe(404)
  })

  const faulty = { ...env, APP_ORIGIN: 'http://app.example', SESSION_SECRETS: 'example-secret' }
  const paths = ['/bff/health', '/bff/session', '/bff/api/v1/orders/', '/.well-known/security.txt']

  it.each(paths)(
    'S21: with a faulty configuration answers %s with 500, and logs what is wrong',
    async (path) => {
      const answer = await ask(path, {}, faulty)
      const said = log.mock.lastCall?.join(' ') ?? ''
      expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([500, 'no-store'])
      expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
      const told = await answer.text()
      // The page uses this code to say that the app is not set up.
      const { code, reference } = JSON.parse(told) as Problem
      expect(code).toBe('misconfigured')
      expect(said).toContain(reference)
      for (const setting of ['APP_ORIGIN', 'SESSION_SECRETS']) {
        expect(said).toContain(setting)
        expect(told).not.toContain(setting)
      }
      expect(said + told).not.toContain('example-secret')
    },
  )

  it('shows its page even with a faulty configuration, but without HSTS', async () => {
    const page: ServerlessHost['page'] = (strict) => () =>
      new Response(strict ? 'over https' : 'the page')
    expect(await (await ask('/dashboard', { page }, faulty)).text()).toBe('the page')
    expect(await (await ask('/dashboard', { page })).text()).toBe('over https')
  })
})

describe('a host with several instances', () => {
  const sharesBy = 'Set REDIS_URL.'
  const shared = () => createMemoryCoordinator(systemTime)

  it('warns at its start if they share no lock, and names the consequence', async () => {
    await ask('/bff/health', { sharesBy })
    expect(lineOf('no_coordinator')).toMatchObject({
      level: 'warn',
      msg: 'Each instance has a lock of its own. Two can refresh one session at once: Polar then stands still for 30 seconds, and the connection can be lost. Set REDIS_URL.',
    })
  })

  it('does not warn if they share a lock, or if there is one process', async () => {
    await ask('/bff/health', { sharesBy, coordinator: shared })
    await ask('/bff/health')
    expect(lineOf('no_coordinator')).toBeUndefined()
  })

  it.each([
    [{ sharesBy }, 'warning', /^Each instance has a lock of its own\./],
    [{ sharesBy, coordinator: shared }, 'ok', /^Shared lock works across servers\.$/],
    [{}, 'ok', /^The lock is in memory: enough for one process\./],
  ] as const)('with %j reports the lock in its checks', async (more, status, detail) => {
    // No Polar runs there; this test does not need one.
    const settings = { ...env, POLAR_SERVER: 'http://127.0.0.1:1', DIAGNOSTICS: '1' }
    const answer = await ask('/bff/diagnostics', more, settings)
    const { checks } = (await answer.json()) as DiagnosticsAnswer
    expect(checks.find(({ id }) => id === 'coordinator')).toMatchObject({
      status,
      detail: expect.stringMatching(detail) as string,
    })
  })
})

describe('the end of the API version', () => {
  it.each([
    ['2026-12-31T23:59:59Z', undefined],
    ['2027-01-01T00:00:00Z', { level: 'warn', msg: expect.stringContaining('April 2027') }],
  ])('at %s is logged as %j', async (now, line) => {
    vi.useFakeTimers({ now: new Date(now), toFake: ['Date'] })
    await ask('/bff/health')
    expect(lineOf('polar_version_ends')?.event).toBe(line && 'polar_version_ends')
    expect(lineOf('polar_version_ends') ?? {}).toMatchObject(line ?? {})
  })
})
