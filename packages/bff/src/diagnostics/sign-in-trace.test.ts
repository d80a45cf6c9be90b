/** The sign-ins that a developer follows: real ones, at the emulator. */
import type { SignInStep, SignInTrace, SignInsAnswer } from '@polar-connect/protocol'
import { describe, expect, it } from 'vitest'
import type { BffOptions } from '../options.ts'
import { polarServer } from '../settings/polar-server.ts'
import { createTestBrowser } from '../testing/browser.ts'
import { ACME, allowing, createLocalPolar, denying } from '../testing/local-polar.ts'
import { createDiagnostics } from './diagnostics.ts'

const PATH = '/bff/diagnostics?sign_ins'

async function createTraced(options: Partial<BffOptions> = {}) {
  const polar = await createLocalPolar({ diagnostics: createDiagnostics, ...options })
  const read = async () => (await polar.browser.fetch(PATH)).text()
  const traces = async () => (JSON.parse(await read()) as SignInsAnswer).sign_ins
  const signIn = () => polar.browser.signIn(allowing(polar, [ACME]))
  const newest = async () => (await traces())[0]!
  return { ...polar, read, traces, newest, signIn }
}

const statuses = ({ steps }: SignInTrace) => steps.map(({ status }) => status)
const done = (count: number) => Array.from({ length: count }, () => 'done')
const open = (count: number) => Array.from({ length: count }, () => 'not_reached')
const detailsOf = (step: SignInStep | undefined) => step?.details.join('\n')
const failed = ({ steps }: SignInTrace) => steps.find(({ status }) => status === 'failed')

describe('a sign-in step by step', () => {
  it('is done to its end, with what Polar logged', async () => {
    const { newest, signIn } = await createTraced()
    await signIn()
    const trace = await newest()
    expect(trace.result).toBe('connected')
    expect(statuses(trace)).toEqual(done(9))
    const [, begin, atPolar, , , , exchange, identify, keep] = trace.steps
    expect(detailsOf(begin)).toContain('It asks for one organization, with 10 permissions.')
    expect(detailsOf(atPolar)).toMatch(/GET \/oauth2\/authorize: 200 in \d+ ms/)
    expect(detailsOf(atPolar)).toContain('Access allowed by the person.')
    expect(detailsOf(exchange)).toMatch(/POST \/v1\/oauth2\/token: 200 in \d+ ms. Code exchanged/)
    expect(detailsOf(identify)).toContain('/v1/oauth2/introspect: 200')
    expect(detailsOf(keep)).toBe('An organization is connected.')
    expect(trace.steps.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'browser browser',
      'browser server',
      'browser polar',
      'polar browser',
      'browser server',
      'server server',
      'server polar',
      'server polar',
      'server browser',
    ])
  })

  it('goes on with the refreshes and the logout of its connection', async () => {
    const { browser, newest, signIn } = await createTraced()
    await signIn()
    await browser.post('/bff/refresh')
    await browser.post('/bff/logout')
    const { steps } = await newest()
    expect(steps.slice(9).map(({ text }) => text)).toEqual([
      'Refreshes the tokens: generation 1.',
      'Logs out.',
    ])
    expect(detailsOf(steps[10])).toContain('Polar confirmed it.')
  })

  it('is under way while the person is at Polar', async () => {
    const { browser, newest } = await createTraced()
    await browser.begin()
    const trace = await newest()
    expect(trace.result).toBe('under_way')
    expect(statuses(trace)).toEqual([...done(2), ...open(7)])
  })

  it('names where it failed, by the reference that the page has', async () => {
    const { browser, control, newest, signIn } = await createTraced()
    await control('POST', '/faults/presets/wrong-client-secret')
    const { reference } = (await (await signIn()).json()) as { reference: string }
    const trace = await newest()
    expect(trace).toMatchObject({ result: 'failed', code: 'invalid_client', reference })
    expect(statuses(trace)).toEqual([...done(6), 'failed', ...open(2)])
    expect(detailsOf(failed(trace))).toContain('Polar did not accept the client')
    expect(detailsOf(failed(trace))).toContain('401')
    await control('DELETE', '/faults')
    await browser.post('/bff/logout')
  })

  it.each([
    ['polar-is-down', 7],
    ['drop-connections', 7],
    ['token-endpoint-fails', 7],
    ['code-expired', 7],
    ['malformed-json', 7],
    ['id-token-of-another-client', 8],
    ['id-token-of-another-key', 8],
    ['authorization-server-error', 4],
    ['state-altered', 6],
  ])('fails under %s at step %d', async (preset, number) => {
    const polar = await createTraced()
    const { url, codeVerifier } = await polar.browser.begin()
    // What fails on the way is on before the person answers, the rest after it.
    const early = preset.startsWith('authorization') || preset === 'state-altered'
    if (early) await polar.control('POST', `/faults/presets/${preset}`)
    const back = Object.fromEntries((await allowing(polar, [ACME])(url)).searchParams)
    if (!early) await polar.control('POST', `/faults/presets/${preset}`)
    const body = 'error' in back ? back : { ...back, code_verifier: codeVerifier }
    await polar.browser.post('/bff/callback', body)
    await polar.control('DELETE', '/faults')
    const trace = await polar.newest()
    expect(trace.steps.findIndex(({ status }) => status === 'failed') + 1).toBe(number)
    expect(trace.result).toBe('failed')
  })

  it('is told of a denial as an answer of Polar', async () => {
    const polar = await createTraced()
    await polar.browser.signIn(denying(polar))
    const trace = await polar.newest()
    expect(trace.code).toBe('authorization_error.access_denied')
    expect(statuses(trace)).toEqual([...done(3), 'failed', ...done(2), ...open(3)])
  })

  it('keeps two that are open at once apart', async () => {
    const polar = await createTraced()
    const [one, two] = [await polar.browser.begin(), await polar.browser.begin()]
    const answer = await denying(polar)(one.url)
    await polar.browser.post('/bff/callback', Object.fromEntries(answer.searchParams))
    expect((await polar.traces()).map(({ result }) => result)).toEqual(['under_way', 'failed'])
    expect(two.state).not.toBe(one.state)
  })

  it('has no beginning if it began elsewhere', async () => {
    const { browser, newest } = await createTraced()
    await browser.post('/bff/callback', { error: 'access_denied', state: 'x'.repeat(43) })
    const trace = await newest()
    expect(trace.code).toBe('transaction_missing')
    const before = Array.from({ length: 4 }, () => 'not_seen')
    expect(statuses(trace)).toEqual([...before, 'done', 'failed', ...open(3)])
  })

  it('fails at its beginning if the server refuses that', async () => {
    const { browser, newest } = await createTraced()
    await browser.post('/bff/authorize', { code_challenge: 'short' })
    expect(statuses(await newest())).toEqual(['done', 'failed', ...open(7)])
  })

  it('is one of the latest twenty', async () => {
    const { browser, traces } = await createTraced()
    for (let count = 0; count < 21; count += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await browser.begin()
    }
    expect(await traces()).toHaveLength(20)
  })

  it('S50: holds no token, code, state, verifier, cookie, secret or e-mail address', async () => {
    const polar = await createTraced()
    const { url, state, codeVerifier } = await polar.browser.begin()
    const back = Object.fromEntries((await allowing(polar, [ACME])(url)).searchParams)
    await polar.browser.post('/bff/callback', { ...back, code_verifier: codeVerifier })
    await polar.browser.post('/bff/refresh')
    const { items } = await polar.control<{
      items: { access_token: { value: string }; refresh_token: { value: string } }[]
    }>('GET', '/grants?reveal=1')
    const tokens = items.flatMap((grant) => [grant.access_token.value, grant.refresh_token.value])
    const text = await polar.read()
    expect(text).toContain('generation 1')
    const secrets = [state, codeVerifier, back['code'] ?? '-', 'polar_cs_', '@example.com']
    const all = [...secrets, ...tokens, ...polar.browser.cookies.values()]
    expect(all.length).toBeGreaterThan(6)
    expect(all.filter((secret) => secret !== null && text.includes(secret))).toEqual([])
  })
})

describe('who may follow sign-ins', () => {
  const ask = async (options: Partial<BffOptions>) => {
    const polar = await createLocalPolar(options)
    const browser = createTestBrowser(polar.bff, options.appOrigin ?? 'https://app.example')
    return (await browser.fetch(PATH)).status
  }
  const diagnostics = createDiagnostics
  const server = polarServer('sandbox')

  it('is no one where diagnostics are off', async () => {
    expect(await ask({})).toBe(404)
  })

  it('is no one where other people sign in', async () => {
    expect(await ask({ diagnostics, server })).toBe(404)
  })

  it.each(['http://localhost:5173', 'http://127.0.0.1:5173', 'https://app.localhost'])(
    'is the developer of %s, with any Polar',
    async (appOrigin) => {
      expect(await ask({ diagnostics, server, appOrigin })).toBe(200)
    },
  )

  it('is anyone with the emulator, whose people are made up', async () => {
    expect(await ask({ diagnostics })).toBe(200)
  })
})

describe('the faults that the emulator has on', () => {
  it('are told by their names', async () => {
    const { browser, control } = await createLocalPolar({ diagnostics: createDiagnostics })
    const faults = async () => (await browser.fetch('/bff/diagnostics?faults')).json()
    expect(await faults()).toEqual({ faults: [] })
    await control('POST', '/faults/presets/rate-limit')
    await control('POST', '/faults/presets/state-altered')
    expect(await faults()).toEqual({
      faults: ['Rate limit (429, retry after 20 s)', 'State altered'],
    })
  })

  it('are not asked for at Polar', async () => {
    const diagnostics = createDiagnostics
    const { browser, requests } = await createLocalPolar({
      diagnostics,
      server: polarServer('sandbox'),
    })
    expect((await browser.fetch('/bff/diagnostics?faults')).status).toBe(404)
    expect(await requests()).toEqual([])
  })
})
