/** What the app hears of its connections, and what it can refuse. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { BffError } from '../errors/bff-error.ts'
import type { Connected, Disconnected } from '../settings/settings.ts'
import { createTestBrowser, sessionOf } from '../testing/browser.ts'
import { holdTime, passing } from '../testing/held-time.ts'
import { ACME, allowing, createLocalPolar, NORD } from '../testing/local-polar.ts'

const COOKIE = '__Host-Http-polar_connect'

async function createApp(
  onConnected: (connected: Connected) => Promise<void> | void = () => undefined,
  onDisconnected: (disconnected: Disconnected) => Promise<void> | void = () => undefined,
) {
  const polar = await createLocalPolar({ onConnected, onDisconnected, owner: () => 'ada' })
  const endings = async () => {
    const { items } = await polar.control<{ items: { ended: string | null }[] }>('GET', '/grants')
    return items.map(({ ended }) => ended)
  }
  const connect = (organization = ACME) => polar.browser.signIn(allowing(polar, [organization]))
  return { ...polar, connect, endings }
}

afterEach(() => void vi.useRealTimers())

describe('onConnected', () => {
  it('runs before the answer, and hears who is connected', async () => {
    let done = false
    const heard: Connected[] = []
    const { connect } = await createApp(async (connected) => {
      await new Promise((resolve) => setImmediate(resolve))
      heard.push(connected)
      done = true
    })
    const answer = await connect()
    expect(done).toBe(true)
    const session = await sessionOf(answer)
    const { connection } = session as Extract<typeof session, { authenticated: true }>
    expect(heard).toEqual([{ connection, owner: 'ada' }])
  })

  it('hears which connection this one replaces', async () => {
    const heard: Connected[] = []
    const left: Disconnected[] = []
    const { connect } = await createApp(
      (connected) => void heard.push(connected),
      (disconnected) => void left.push(disconnected),
    )
    await connect()
    await connect(NORD)
    expect(heard[1]).toMatchObject({
      connection: { subject: { id: NORD } },
      replaces: { connection: { id: heard[0]?.connection.id }, owner: 'ada' },
    })
    expect(left).toEqual([])
  })

  it('that throws fails the sign-in: the pair is revoked, and the earlier session stays', async () => {
    let refuses = false
    const { connect, browser, endings, events } = await createApp(() => {
      if (refuses) throw new Error('no room for polar_at_u_FakeFakeFakeFake')
    })
    await connect()
    const before = browser.cookies.get(COOKIE)
    refuses = true
    const answer = await connect(NORD)
    expect(answer.status).toBe(500)
    const { code, reference } = (await answer.json()) as Record<string, string>
    expect(code).toBe('app_refused')
    expect(events.at(-1)).toMatchObject({
      code,
      reference,
      reason: 'onConnected failed: no room for [redacted]',
      stack: expect.stringContaining('hooks.test.ts'),
    })
    expect(browser.cookies.get(COOKIE)).toBe(before)
    expect((await endings()).filter((ended) => ended === null)).toHaveLength(1)
    expect((await browser.fetch('/bff/api/v1/products/')).status).toBe(200)
  })

  it('can refuse with a code of its own', async () => {
    const { connect } = await createApp(() => {
      throw new BffError('organization_mismatch', 'not this one')
    })
    expect(await (await connect()).json()).toMatchObject({ code: 'organization_mismatch' })
  })

  it('that hangs fails the sign-in too', async () => {
    const { connect, endings } = await createApp(() => new Promise(() => undefined))
    holdTime()
    expect(await (await passing(connect())).json()).toMatchObject({ code: 'app_refused' })
    vi.useRealTimers()
    expect((await endings()).filter((ended) => ended === null)).toEqual([])
  })

  it('S49: gets tokens only if the app asks for them by name', async () => {
    const heard: Connected[] = []
    const polar = await createLocalPolar({ onConnected: (connected) => void heard.push(connected) })
    await sessionOf(await polar.browser.signIn(allowing(polar, [ACME])))
    expect(heard[0]).not.toHaveProperty('tokens')
    const asking = createTestBrowser(await polar.create({ exposeTokens: 'onConnected' }))
    await sessionOf(await asking.signIn(allowing(polar, [ACME])))
    expect(heard[1]?.tokens).toEqual({
      accessToken: expect.stringMatching(/^polar_at_u_/),
      refreshToken: expect.stringMatching(/^polar_rt_u_/),
      accessTokenExpiresAt: expect.stringMatching(/^\d{4}-/),
    })
  })
})

describe('onDisconnected', () => {
  it('runs at a logout, before the answer', async () => {
    const left: Disconnected[] = []
    const { connect, browser } = await createApp(undefined, async (disconnected) => {
      await new Promise((resolve) => setImmediate(resolve))
      left.push(disconnected)
    })
    const session = await sessionOf(await connect())
    const { connection } = session as Extract<typeof session, { authenticated: true }>
    expect(await (await browser.post('/bff/logout')).json()).toEqual({ revoked: true })
    expect(left).toEqual([{ connection, owner: 'ada', revoked: true }])
    await browser.post('/bff/logout')
    expect(left).toHaveLength(1)
  })

  it('that throws stops no logout, and leaves a line', async () => {
    const { connect, browser, events } = await createApp(undefined, () => {
      throw new Error('no database')
    })
    await connect()
    expect(await (await browser.post('/bff/logout')).json()).toEqual({ revoked: true })
    expect(browser.cookies.has(COOKIE)).toBe(false)
    expect(events.at(-1)).toMatchObject({
      type: 'hook_failed',
      reason: 'onDisconnected failed: no database',
      stack: expect.stringContaining('hooks.test.ts'),
    })
  })
})
