/** The time between an answer and its commit, and two refreshes in that time. */
import { afterEach, describe, expect, it } from 'vitest'
import { createClock, createEmulator } from '../src/index.ts'
import { createRandom } from '../src/runtime/random.ts'
import { beginCommit, drawDelay, isCommitted } from '../src/world/commits.ts'
import { CALLBACK, startPolar, type Polar, type TokenAnswer } from './polar.ts'

const PRODUCTS = '/v1/products/'
const INVALID_GRANT = { error: 'invalid_grant' }
const UNKNOWN_CODE = { ...INVALID_GRANT, error_description: "Invalid 'code' in request." }
/** Emulator time. The tests move the clock and do not wait. */
const LATE_MS = 600_000

let polar: Polar
afterEach(() => polar.close())

/** Starts an emulator that commits only when the test moves the clock. */
async function startLate() {
  polar = await startPolar({ commitDelayMs: [LATE_MS, LATE_MS], concurrentRefreshes: 'one_wins' })
  return { commit: () => polar.advance(LATE_MS / 1000 + 1) }
}
const callsOf = async (token: string) => [
  (await polar.api(PRODUCTS, token)).status,
  (await polar.api('/v1/oauth2/userinfo', token)).status,
  (await polar.introspect(token))['active'],
]
const GOOD = [200, 200, true]
const UNKNOWN = [401, 401, false]

describe('an answer before its commit', () => {
  it('C106: leaves a new client unknown', async () => {
    const { commit } = await startLate()
    const metadata = { client_name: 'New', redirect_uris: [CALLBACK] }
    const registered = await polar.postJson('/v1/oauth2/register', metadata)
    const { client_id, client_secret } = (await registered.json()) as Record<string, string>
    const client = { client_id: client_id ?? '', client_secret: client_secret ?? '' }
    const unknown = { error: 'invalid_client' }
    const authorize = { client_id: client.client_id }
    expect(await (await polar.authorize(authorize)).json()).toMatchObject(unknown)
    expect(await (await polar.refresh('none', client)).json()).toMatchObject(unknown)
    await commit()
    expect((await polar.authorize(authorize)).status).toBe(200)
    expect(await (await polar.refresh('none', client)).json()).toEqual(INVALID_GRANT)
  })

  it('C109: leaves a new code unknown, and a consent that is asked for again', async () => {
    const { commit } = await startLate()
    const code = await polar.code()
    expect(await (await polar.exchangeAtOnce(code)).json()).toEqual(UNKNOWN_CODE)
    expect((await polar.authorize()).status).toBe(200)
    // By default a code expires after 300 seconds, which is before this commit.
    await polar.control('PATCH', '/settings', { code_lifetime: LATE_MS })
    await commit()
    expect((await polar.exchangeAtOnce(code)).status).toBe(200)
    expect((await polar.authorize()).status).toBe(302)
  })

  it('C110: leaves new tokens dead, and old tokens alive', async () => {
    const { commit } = await startLate()
    const first = await mint()
    const second = await tokens(await polar.refreshAtOnce(first.refresh_token))
    expect(await callsOf(second.access_token)).toEqual(UNKNOWN)
    expect(await callsOf(first.access_token)).toEqual(GOOD)
    const early = await polar.refreshAtOnce(second.refresh_token)
    expect([early.status, await early.json()]).toEqual([400, INVALID_GRANT])
    const ended = await polar.revokeAtOnce(second.refresh_token)
    expect([ended.status, await ended.json()]).toEqual([200, {}])
    await commit()
    // The revocation came before the commit, so it did nothing.
    expect(await callsOf(second.access_token)).toEqual(GOOD)
    expect(await callsOf(first.access_token)).toEqual(UNKNOWN)
    expect((await polar.refreshAtOnce(second.refresh_token)).status).toBe(200)
  })

  it('C66: leaves revoked tokens alive', async () => {
    const { commit } = await startLate()
    const { access_token: token } = await mint()
    expect((await polar.revokeAtOnce(token)).status).toBe(200)
    expect(await callsOf(token)).toEqual(GOOD)
    await commit()
    expect(await callsOf(token)).toEqual(UNKNOWN)
  })

  it('is overtaken by a control that revokes the grant', async () => {
    await startLate()
    const { access_token: token, id } = await mint()
    await polar.revokeAtOnce(token)
    await polar.control('POST', `/grants/${id}/revoke`)
    expect(await callsOf(token)).toEqual(UNKNOWN)
  })

  it('can be a fault of one request', async () => {
    polar = await startPolar({ commitDelayMs: [0, 0] })
    await polar.control('POST', '/faults', { commit_after_ms: LATE_MS, times: 1 })
    const late = await polar.code()
    expect((await polar.exchangeAtOnce(late)).status).toBe(400)
    expect((await polar.exchangeAtOnce(await polar.code())).status).toBe(200)
  })

  it('is committed after the pauses of a client that asks again', async () => {
    polar = await startPolar({ commitDelayMs: [0, 40] })
    for (let turn = 0; turn < 5; turn += 1) {
      const first = await polar.connect({ scope: 'openid products:read' })
      const second = await tokens(await polar.refresh(first.refresh_token))
      expect(await callsOf(second.access_token)).toEqual(GOOD)
      await polar.revoke(second.access_token)
      expect(await callsOf(second.access_token)).toEqual(UNKNOWN)
    }
  })
})

describe('a commit', () => {
  it('takes as long as the seed says, within the range', () => {
    const draw = (seed: number) => {
      const random = createRandom(seed)
      return Array.from({ length: 200 }, () => drawDelay(random, [5, 400]))
    }
    expect(draw(1)).toEqual(draw(1))
    expect(draw(2)).not.toEqual(draw(1))
    expect(Math.min(...draw(1))).toBeGreaterThanOrEqual(5)
    expect(Math.max(...draw(1))).toBeLessThan(400)
    expect(Math.max(...draw(1))).toBeGreaterThan(350)
  })

  it('is done in time and not earlier, and stays done when the clock is set back', async () => {
    let now = 1_800_000_000
    const commit = beginCommit(
      createClock(() => now),
      60_000,
    )
    now += 59.999
    expect(isCommitted(commit)).toBe(false)
    now += 0.001
    expect(isCommitted(commit)).toBe(true)
    now -= 60
    expect(isCommitted(commit)).toBe(true)
    polar = await startPolar()
  })
})

describe('two refreshes at once with one token', () => {
  const settle = (answers: readonly Promise<Response>[]) => Promise.all(answers)

  it('C112: stop everything for 30 seconds; one gets tokens, the other a plain 500', async () => {
    // Only the test moves the clock, so both refreshes come before the commit on any machine.
    const clock = createClock(() => 1_800_000_000)
    polar = await startPolar({ clock, commitDelayMs: [LATE_MS, LATE_MS] })
    const first = await mint()
    const other = await mint()
    const both = [
      polar.refreshAtOnce(first.refresh_token),
      polar.refreshAtOnce(first.refresh_token),
    ]
    await expect.poll(stands).toBe(true)
    const keys = polar.get('/.well-known/jwks.json')
    expect(await isOpen(keys)).toBe(true)
    await polar.advance(29)
    expect(await isOpen(keys)).toBe(true)
    await polar.advance(1)
    const answers = await settle(both)
    expect((await keys).status).toBe(200)
    const [won, lost] = answers.toSorted((a, b) => a.status - b.status)
    expect([won?.status, lost?.status]).toEqual([200, 500])
    expect(await lost?.text()).toBe('Internal Server Error')
    expect(lost?.headers.get('Content-Type')).toMatch(/^text\/plain/)
    expect(lost?.headers.get('Polar-Version')).toBeNull()
    await polar.advance(LATE_MS / 1000)
    const next = await tokens(won)
    expect(await callsOf(next.access_token)).toEqual(GOOD)
    expect(await callsOf(first.access_token)).toEqual(UNKNOWN)
    expect(await callsOf(other.access_token)).toEqual(GOOD)
  })

  it('stall too if the first is answered but not committed', async () => {
    polar = await startPolar({ commitDelayMs: [LATE_MS, LATE_MS] })
    const { refresh_token: token } = await mint()
    expect((await polar.refreshAtOnce(token)).status).toBe(200)
    const second = polar.refreshAtOnce(token)
    await expect.poll(stands).toBe(true)
    await polar.advance(30)
    expect((await second).status).toBe(500)
  })

  it('do not stall once the first is committed', async () => {
    polar = await startPolar({ commitDelayMs: [0, 0] })
    const { refresh_token: token } = await mint()
    expect((await polar.refreshAtOnce(token)).status).toBe(200)
    const replay = await polar.refreshAtOnce(token)
    expect([replay.status, await replay.json()]).toEqual([400, INVALID_GRANT])
  })

  it('no longer stall after a reset', async () => {
    polar = await startPolar({ commitDelayMs: [LATE_MS, LATE_MS] })
    const { refresh_token: token } = await mint()
    await polar.refreshAtOnce(token)
    const second = polar.refreshAtOnce(token)
    await expect.poll(stands).toBe(true)
    await polar.control('POST', '/reset')
    expect((await second).status).toBe(500)
    expect((await polar.get('/.well-known/jwks.json')).status).toBe(200)
  })

  it.each([
    ['one_wins', [200, 400]],
    ['all_win', [200, 200]],
  ] as const)('end as %s if that is set', async (concurrentRefreshes, expected) => {
    polar = await startPolar()
    const emulator = createEmulator({ concurrentRefreshes, commitDelayMs: [0, 0] })
    const { refresh_token } = (await (
      await emulator.fetch(
        new Request('http://polar.test/_emulator/grants', {
          method: 'POST',
          body: JSON.stringify({ person: 'ada@example.com', scopes: ['products:read'] }),
        }),
      )
    ).json()) as TokenAnswer
    const form = { grant_type: 'refresh_token', refresh_token, ...polar.client }
    const refresh = () =>
      emulator.fetch(
        new Request('http://polar.test/v1/oauth2/token', {
          method: 'POST',
          body: new URLSearchParams(form),
        }),
      )
    // Without sockets, both arrive before either finishes.
    const answers = await settle([refresh(), refresh()])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual(expected)
    // A later refresh fails in both modes, because the token is used.
    expect((await refresh()).status).toBe(400)
  })
})

/** Creates tokens that are already committed. */
async function mint() {
  const response = await fetch(`${polar.url}/_emulator/grants`, {
    method: 'POST',
    body: JSON.stringify({ person: 'ada@example.com', scopes: ['openid', 'products:read'] }),
  })
  return (await response.json()) as TokenAnswer & { readonly id: string }
}

async function tokens(response: Response | undefined): Promise<TokenAnswer> {
  return (await response?.json()) as TokenAnswer
}

async function stands(): Promise<boolean> {
  return (await polar.json(await polar.get('/_emulator/clock')))['standing_still'] === true
}

/** Whether `pending` still has no answer when a later request has one. */
async function isOpen(pending: Promise<Response>): Promise<boolean> {
  await polar.get('/_emulator/health')
  return (await Promise.race([pending, Promise.resolve('open')])) === 'open'
}
