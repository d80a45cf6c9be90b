/**
 * Each fault of the emulator, tried by a real sign-in: the diagnostics may say that sign-in works only
 * if it does.
 */
import { verdictOf, type Check, type DiagnosticsAnswer } from '@polar-connect/protocol'
import { createEmulator } from '@polar-connect/emulator'
import { describe, expect, it } from 'vitest'
import { systemTime } from '../runtime/time.ts'
import type { BffOptions } from '../options.ts'
import { allowing, createLocalPolar, type LocalPolar } from '../testing/local-polar.ts'
import { createDiagnostics } from './diagnostics.ts'

/** Over what counts as slow. The real presets wait longer, in real time. */
const DELAY_MS = 2100

const presets = (await listPresets()).filter((preset) => preset !== 'slow-answers')

async function listPresets(): Promise<readonly string[]> {
  const answer = await createEmulator().fetch(new Request('http://127.0.0.1/_emulator/faults'))
  const { presets: list } = (await answer.json()) as { presets: { slug: string }[] }
  return list.map(({ slug }) => slug)
}

/** A BFF whose Polar has the fault, and whether a person can sign in there. */
async function underFault(preset: string, options: Partial<BffOptions> = {}) {
  const polar = await createLocalPolar({ diagnostics: createDiagnostics, ...options })
  await turnOn(polar, preset)
  const signIn = () => polar.browser.signIn(allowing(polar), { subject: 'user' })
  const [works, checks] = await Promise.all([
    signIn().then(
      ({ ok }) => ok,
      () => false,
    ),
    diagnose(polar),
  ])
  return { works, checks, verdict: verdictOf(checks) }
}

async function turnOn({ control }: LocalPolar, preset: string): Promise<void> {
  const fault = await control<{ delay_ms?: number }>('POST', `/faults/presets/${preset}`)
  if (fault.delay_ms === undefined) return
  await control('DELETE', '/faults')
  await control('POST', '/faults', { path_contains: '/v1/', delay_ms: DELAY_MS })
}

async function diagnose({ bff }: LocalPolar): Promise<readonly Check[]> {
  const headers = { 'X-CSRF': '1' }
  const ask = (path: string, more = {}) =>
    bff.fetch(new Request(`https://app.example${path}`, { headers: { ...headers, ...more } }))
  const probe = await ask('/bff/diagnostics?probe')
  const [cookie = ''] = (probe.headers.get('Set-Cookie') ?? '').split(';')
  const answer = await ask('/bff/diagnostics', { Cookie: cookie })
  return ((await answer.json()) as DiagnosticsAnswer).checks
}

describe('the verdict', () => {
  it.each(presets)('is true under the fault %s', async (preset) => {
    const { works, verdict } = await underFault(preset)
    expect(verdict.works).toBe(works)
  })

  it.each([
    ['polar-is-down', "Sign-in can't work: Polar isn't answering."],
    ['drop-connections', "Sign-in can't work: Polar isn't answering."],
    ['token-endpoint-fails', "Sign-in can't work: Polar's token endpoint answers 500."],
    ['wrong-client-secret', "Sign-in can't work: Polar refused the client secret."],
    ['malformed-json', "Sign-in can't work: Polar's answers can't be read."],
    ['code-expired', "Sign-in can't work: 1 on: Code expired."],
    ['id-token-of-another-client', "Sign-in can't work: 1 on: ID token of another client."],
    ['rate-limit', 'Sign-in works. 1 thing needs attention.'],
  ])('under %s is: %s', async (preset, text) => {
    expect((await underFault(preset)).verdict.text).toBe(text)
  })

  it('fails with a clock that the server does not follow', async () => {
    const { works, verdict } = await underFault('clock-off', { time: systemTime })
    expect(works).toBe(false)
    expect(verdict.text).toBe(
      "Sign-in can't work: Polar's clock is 5 minutes ahead of the server's.",
    )
  })

  it('names a slow Polar, and works', async () => {
    const { checks, verdict } = await underFault('slow-answers')
    const detail = expect.stringMatching(/^Polar took \d\.\d s to answer\.$/)
    expect(checks.find(({ id }) => id === 'polar')).toMatchObject({ status: 'warning', detail })
    expect(verdict.text).toBe('Sign-in works. 2 things need attention.')
  })
})
