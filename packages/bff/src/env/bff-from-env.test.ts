import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import type { Problem, SessionAnswer } from '@polar-connect/protocol'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest'
import { createMemoryCoordinator } from '../coordinator/drivers/memory.ts'
import type { BffEvent } from '../errors/events.ts'
import { createKeyRing } from '../sealing/key-ring.ts'
import { polarServer } from '../settings/polar-server.ts'
import { bffFromEnv, type EnvBff } from './bff-from-env.ts'
import type { EnvReader } from './env-reader.ts'

const emulator = createEmulator()
const good = {
  POLAR_SERVER: 'http://127.0.0.1:4567',
  POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
  POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
  APP_ORIGIN: 'http://localhost:3000',
  SESSION_SECRETS: 'q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng',
}
const headers = { 'X-CSRF': '1' }

/** The app of an adopter. */
function mount(bff: EnvBff) {
  const app = new Hono<{ Variables: { user: string } }>()
  app.use(async (c, next) => {
    c.set('user', 'ada')
    await next()
  })
  app.route('/', bff)
  app.onError((error, c) => bff.toResponse(error, c.req))
  app.use('/own/*', bff.gate)
  app.get('/own/products', (c) => bff.callPolar(c, '/v1/products/'))
  return (path: string) => app.request(path, { headers })
}

let log: MockInstance<typeof console.error>
beforeEach(() => {
  log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => log.mockRestore())

describe('a BFF by the environment', () => {
  it('reads it at the first request, and not before', async () => {
    const env: Record<string, string> = {}
    const ask = mount(bffFromEnv(env))
    Object.assign(env, good)
    const session = await (await ask('/bff/session')).json()
    expect(session as SessionAnswer).toMatchObject({
      authenticated: false,
      server: { name: 'emulator', origin: good.POLAR_SERVER },
    })
  })

  it('warns where several instances run and share nothing', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const host = { ...good, VERCEL: '1' }
    await mount(bffFromEnv(good))('/bff/health')
    await mount(bffFromEnv(host, { coordinator: createMemoryCoordinator() }))('/bff/health')
    expect(warn).not.toHaveBeenCalled()
    const ask = mount(bffFromEnv(host))
    await ask('/bff/health')
    await ask('/bff/health')
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/VERCEL .* createRedisCoordinator/)]])
    warn.mockRestore()
  })

  it('takes that of the process by default', async () => {
    for (const [name, value] of Object.entries(good)) vi.stubEnv(name, value)
    expect((await mount(bffFromEnv())('/bff/session')).status).toBe(200)
    vi.unstubAllEnvs()
  })

  it.each(['/bff/session', '/bff/health', '/own/products'])(
    'without its settings answers %s with 500, and logs every fault once',
    async (path) => {
      const ask = mount(bffFromEnv({ ...good, APP_ORIGIN: '', SESSION_SECRETS: 'example-secret' }))
      const answer = await ask(path)
      const text = await answer.text()
      const { code, reference } = JSON.parse(text) as Problem
      expect([answer.status, code]).toEqual([500, 'misconfigured'])
      expect(log).toHaveBeenCalledTimes(1)
      const line = String(log.mock.lastCall)
      for (const said of [reference, 'APP_ORIGIN', 'SESSION_SECRETS']) expect(line).toContain(said)
      expect(text).not.toContain('APP_ORIGIN')
      expect(text + line).not.toContain('example-secret')
    },
  )

  it('gives no cache its refusal', async () => {
    const answer = await mount(bffFromEnv({}))('/bff/session')
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
  })

  it('can fail at the start of a server, with every fault', async () => {
    await expect(bffFromEnv({}).ready()).rejects.toMatchObject({
      name: 'ConfigError',
      faults: { length: 4 },
    })
    await expect(bffFromEnv(good).ready()).resolves.toBe(undefined)
  })

  it('takes more options, whose faults join the list', async () => {
    const events: BffEvent[] = []
    const more = vi.fn((read: { text(name: string): string | undefined }) => ({
      scopes: [read.text('MY_SCOPE') ?? ''],
      upstream: emulator.fetch as never,
      onEvent: (event: BffEvent) => void events.push(event),
    }))
    const bff = bffFromEnv({ ...good, MY_SCOPE: '"products:read"' }, more)
    const ask = mount(bff)
    expect(more).not.toHaveBeenCalled()
    for (const _ of [1, 2]) await ask('/bff/session')
    expect(more).toHaveBeenCalledTimes(1)
    expect(events).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(/^MY_SCOPE has quotes/) as string }),
      expect.objectContaining({ code: 'misconfigured' }),
    ])
  })

  it('is mounted at a path of its own', async () => {
    const ask = mount(bffFromEnv(good, { basePath: '/polar' }))
    expect((await ask('/polar/session')).status).toBe(200)
    expect((await ask('/bff/session')).status).toBe(404)
  })

  it('checks where a call came from before its first answer, and after', async () => {
    const bff = bffFromEnv(good)
    const from = (origin: string) => ({ headers: { 'x-csrf': '1', origin }, method: 'POST' })
    const check = () => {
      expect(() => bff.checkOrigin(from('https://evil.example'))).toThrow(
        'a call from https://evil',
      )
      bff.checkOrigin(from(good.APP_ORIGIN))
    }
    check()
    await bff.ready()
    check()
  })

  it('checks calls against the `appOrigin` of the options, before its first answer too', async () => {
    const preview = 'https://preview.example'
    const bff = bffFromEnv(good, { appOrigin: preview })
    // @ts-expect-error -- a function runs too late for `checkOrigin`
    bffFromEnv(good, () => ({ appOrigin: preview }))
    const from = (origin: string) => ({ headers: { 'x-csrf': '1', origin }, method: 'POST' })
    const check = () => {
      bff.checkOrigin(from(preview))
      expect(() => bff.checkOrigin(from(good.APP_ORIGIN))).toThrow('a call from http://localhost')
    }
    check()
    await bff.ready()
    check()
  })

  it('cannot check a call without an origin', () => {
    const bff = bffFromEnv({ ...good, APP_ORIGIN: '' })
    const call = { headers: { 'x-csrf': '1', origin: good.APP_ORIGIN }, method: 'POST' }
    expect(() => bff.checkOrigin(call)).toThrow(expect.objectContaining({ code: 'misconfigured' }))
    expect(String(log.mock.lastCall)).toContain('APP_ORIGIN is missing.')
  })

  it('needs no variable whose option is given', async () => {
    const given = {
      appOrigin: good.APP_ORIGIN,
      clientId: 'mine',
      clientSecret: 'ours',
      server: polarServer('https://polar.example'),
      keys: await createKeyRing([good.SESSION_SECRETS]),
    }
    await expect(bffFromEnv({}, given).ready()).resolves.toBe(undefined)
    const { appOrigin: APP_ORIGIN, ...late } = given
    await expect(bffFromEnv({ APP_ORIGIN }, () => late).ready()).resolves.toBe(undefined)
    const { clientSecret: _, ...rest } = given
    await expect(bffFromEnv({}, rest).ready()).rejects.toMatchObject({
      faults: [expect.stringMatching(/^POLAR_CLIENT_SECRET is missing/)],
    })
  })

  it('runs a function of options again that failed, once for all calls that wait', async () => {
    const more = vi
      .fn<() => Promise<object>>()
      .mockImplementationOnce(() => {
        throw new TypeError('fetch failed')
      })
      .mockRejectedValueOnce(new Error('timeout'))
      .mockResolvedValue({})
    const ask = mount(bffFromEnv(good, more))
    const statuses = async () =>
      (await Promise.all([ask('/bff/health'), ask('/bff/health')])).map(({ status }) => status)
    expect([await statuses(), await statuses(), await statuses(), await statuses()]).toEqual([
      [500, 500],
      [500, 500],
      [200, 200],
      [200, 200],
    ])
    expect(more).toHaveBeenCalledTimes(3)
  })

  it('does not run it again if a setting is missing', async () => {
    const more = vi.fn((read: EnvReader): object => {
      if (read.required('REDIS_URL', 'Set it.') === undefined) throw new Error('no address')
      return {}
    })
    const bff = bffFromEnv(good, more)
    for (const _ of [1, 2]) {
      await expect(bff.ready()).rejects.toMatchObject({ faults: ['REDIS_URL is missing. Set it.'] })
    }
    expect(more).toHaveBeenCalledTimes(1)
  })

  it('gives `owner` the context of the app around', async () => {
    const owner = vi.fn((_: Request, c: unknown) =>
      Promise.resolve((c as { get(name: string): string }).get('user')),
    )
    const ask = mount(bffFromEnv(good, { owner }))
    expect((await ask('/bff/session')).status).toBe(200)
    expect(await owner.mock.results[0]?.value).toBe('ada')
  })
})
