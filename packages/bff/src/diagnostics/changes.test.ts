/** What the diagnostics say when Polar is no longer as this release knows it. */
import { verdictOf, type Check, type DiagnosticsAnswer } from '@polar-connect/protocol'
import { describe, expect, it } from 'vitest'
import { allowing, createLocalPolar, type LocalPolar } from '../testing/local-polar.ts'
import { PINNED_API } from './pinned-api.ts'
import { createDiagnostics } from './diagnostics.ts'

type Document = Record<string, unknown>

async function diagnose({ browser }: LocalPolar): Promise<Record<string, Check>> {
  await browser.fetch('/bff/diagnostics?probe')
  const answer = await browser.fetch('/bff/diagnostics')
  const { checks } = (await answer.json()) as DiagnosticsAnswer
  return Object.fromEntries(checks.map((check) => [check.id, check]))
}

/** A Polar whose discovery document is another. */
async function withDiscovery(
  change: (document: Document) => Document,
  path = '/.well-known/o',
): Promise<LocalPolar> {
  const polar = await createLocalPolar({ diagnostics: createDiagnostics })
  const url = 'http://127.0.0.1:4567/.well-known/openid-configuration'
  const document = (await (await polar.emulator.fetch(new Request(url))).json()) as Document
  const headers = { 'Polar-Version': PINNED_API.version }
  const body = change(document)
  await polar.control('POST', '/faults', { path_contains: path, body, headers })
  return polar
}

const without = (member: string, word: string) => (document: Document) => ({
  ...document,
  [member]: (document[member] as string[]).filter((entry) => entry !== word),
})
const as = (member: string, value: unknown) => (document: Document) => ({
  ...document,
  [member]: value,
})

describe('the changes at Polar', () => {
  it.each([
    [
      'another token endpoint',
      as('token_endpoint', 'http://127.0.0.1:4567/v2/token'),
      "Polar's token_endpoint is http://127.0.0.1:4567/v2/token. The app uses http://127.0.0.1:4567/v1/oauth2/token.",
    ],
    [
      'no refresh',
      without('grant_types_supported', 'refresh_token'),
      "Polar's grant_types_supported no longer has refresh_token. Connections end with their access token.",
    ],
    [
      'no secret in the body',
      without('token_endpoint_auth_methods_supported', 'client_secret_post'),
      "Polar's token_endpoint_auth_methods_supported no longer has client_secret_post. No sign-in works.",
    ],
    [
      'no S256',
      without('code_challenge_methods_supported', 'S256'),
      "Polar's code_challenge_methods_supported no longer has S256. No sign-in works.",
    ],
    [
      'no iss',
      as('authorization_response_iss_parameter_supported', undefined),
      'Polar does not name itself in callbacks (iss). No sign-in works.',
    ],
    [
      'a lost scope that the button asks for',
      without('scopes_supported', 'orders:read'),
      'Polar no longer has the scope orders:read. No sign-in works.',
    ],
  ])('that break something: %s', async (_, change, text) => {
    const { changes } = await diagnose(await withDiscovery(change))
    expect(changes?.differences).toEqual([{ breaks: true, text }])
    expect(changes).toMatchObject({
      status: 'failed',
      detail: '1 difference. 1 of them breaks something.',
    })
  })

  it.each([
    [
      'a new scope',
      (document: Document) => ({
        ...document,
        scopes_supported: [...(document['scopes_supported'] as string[]), 'quotes:read'],
      }),
      'Polar has a new scope: quotes:read.',
    ],
    [
      'a lost scope that nothing asks for',
      without('scopes_supported', 'wallets:write'),
      'Polar no longer has the scope wallets:write. The connect button does not ask for it.',
    ],
    [
      'a new member',
      as('end_session_endpoint', 'https://polar.example/end'),
      "Polar's discovery document has a new member: end_session_endpoint.",
    ],
    [
      'another issuer',
      as('issuer', 'https://id.example'),
      "Polar's issuer is https://id.example. This release expects http://127.0.0.1:4567. The app accepts what discovery names.",
    ],
  ])('that break nothing: %s', async (_, change, text) => {
    const { changes } = await diagnose(await withDiscovery(change))
    expect(changes).toMatchObject({
      status: 'ok',
      detail: '1 difference. Nothing breaks.',
      differences: [{ breaks: false, text }],
    })
  })

  it.each([
    ['2026-08', {}, false],
    ['2026-11', {}, true],
    ['2026-11', { issuer: 'https://id.polar.example' }, true],
  ] as const)(
    'of the Polar of %s with %j are judged as a sign-in goes',
    async (asOf, more, works) => {
      const emulator = { asOf, ...more }
      const polar = await createLocalPolar({ diagnostics: createDiagnostics }, emulator)
      const { ok } = await polar.browser.signIn(allowing(polar), { subject: 'user' })
      expect(ok).toBe(works)
      expect(verdictOf(Object.values(await diagnose(polar))).works).toBe(works)
    },
  )

  it('tell two discovery documents that differ', async () => {
    const polar = await withDiscovery(as('issuer', 'https://id.example'), '/oauth-authorization')
    expect((await diagnose(polar))['changes']?.differences).toEqual([
      {
        breaks: false,
        text: '/.well-known/oauth-authorization-server has another issuer: https://id.example. The app does not read it.',
      },
    ])
  })

  it.each([
    [
      { 'Access-Control-Allow-Origin': 'https://polar.sh' },
      'Access-Control-Allow-Origin of a preflight is https://polar.sh.',
    ],
    [
      { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Credentials': 'true' },
      'Access-Control-Allow-Credentials of a preflight is true.',
    ],
  ])('tell a preflight with %j', async (headers, text) => {
    const polar = await createLocalPolar({ diagnostics: createDiagnostics })
    const allowed =
      'polar-version, accept, accept-language, authorization, content-language, content-type'
    await polar.control('POST', '/faults', {
      method: 'OPTIONS',
      path_contains: '/v1/products/',
      status: 200,
      headers: { 'Access-Control-Allow-Headers': allowed, ...headers },
    })
    const { changes } = await diagnose(polar)
    expect(changes?.differences).toEqual([
      { breaks: false, text: `${text} Only pages that call Polar themselves notice.` },
    ])
  })
})

describe('the version of the API', () => {
  async function withVersions(...versions: string[]) {
    const polar = await createLocalPolar({ diagnostics: createDiagnostics })
    await polar.control('PATCH', '/settings', { versions })
    return diagnose(polar)
  }

  it.each([
    [['2026-10'], 'ok', '2026-10 is current.'],
    [['2027-01', '2026-10'], 'ok', '2026-10 is deprecated. 2027-01 is current.'],
    [['2026-04', '2026-10'], 'ok', '2026-10 is a preview. 2026-04 is current.'],
    [['2027-04', '2027-01'], 'failed', 'Polar no longer supports 2026-10.'],
  ])('with %j has %s: %s', async (versions, status, detail) => {
    const checks = await withVersions(...versions)
    expect(checks['api_version']).toMatchObject({ status, detail })
  })

  it('stops the app once it is gone', async () => {
    const checks = await withVersions('2027-04', '2027-01')
    expect(verdictOf(Object.values(checks)).text).toBe(
      "Sign-in can't work: Polar no longer supports 2026-10.",
    )
  })

  it.each([
    ['2026-12-31T23:59:59Z', 'ok', /^Polar API 2026-10, /],
    ['2027-01-01T00:00:00Z', 'warning', /^Polar removes version 2026-10 of its API in the first/],
    ['2027-02-28T23:59:59Z', 'warning', /in the first week of April 2027\. After that no data/],
    ['2027-03-01T00:00:00Z', 'failed', /^Polar removes version 2026-10/],
    ['2027-04-01T00:00:00Z', 'failed', /^Polar removed version 2026-10 of its API in the first/],
  ])('at %s is %s', async (now, status, detail) => {
    const polar = await createLocalPolar({ diagnostics: createDiagnostics })
    // Polar's own dates are another matter here.
    await polar.control('PATCH', '/settings', { versions: [PINNED_API.version] })
    await polar.control('POST', '/clock', { now })
    const { versions } = await diagnose(polar)
    expect(versions).toMatchObject({ status, detail: expect.stringMatching(detail) })
  })
})
