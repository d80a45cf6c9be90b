import { describe, expect, it } from 'vitest'
import type { BffOptions } from '../options.ts'
import { allowing, createLocalPolar, NORD } from '../testing/local-polar.ts'
import { createTestBrowser, sessionOf } from '../testing/browser.ts'

const addressOf = { clientAddress: () => '203.0.113.7' }

/** At the start of a minute: what is counted by the minute is then counted in one of them. */
async function createCountingPolar(options: Partial<BffOptions>) {
  const polar = await createLocalPolar(options)
  const { clock } = polar.emulator
  clock.set(Math.ceil(clock.now() / 60) * 60)
  return polar
}

describe('limits', () => {
  it('S61: stops an address that begins too many sign-ins, and says until when', async () => {
    const polar = await createCountingPolar({ rateLimit: 100, ...addressOf })
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => polar.browser.post('/bff/authorize', { no: 'sense' })),
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(30)
    expect(await refused[0]?.json()).toMatchObject({ code: 'rate_limited' })
    const wait = Number(refused[0]?.headers.get('Retry-After'))
    // To the end of the minute, and up to a quarter more, so that not all come back at once.
    expect(wait).toBeGreaterThan(50)
    expect(wait).toBeLessThanOrEqual(75)
    polar.emulator.clock.advance(wait)
    await expect(polar.browser.begin()).resolves.toBeDefined()
  })

  it('S61: keeps invalid exchanges away from Polar, and from the share of real ones', async () => {
    let address = '203.0.113.7'
    const polar = await createCountingPolar({ rateLimit: 20, clientAddress: () => address })
    const junk = { code: 'x', state: 'y', code_verifier: 'z'.repeat(43) }
    const statuses: number[] = []
    for (let index = 0; index < 30; index += 1) {
      statuses.push((await polar.browser.post('/bff/callback', junk)).status)
    }
    expect(statuses).toEqual([400, 400, ...Array<number>(28).fill(429)])
    expect(await polar.tokenRequests('authorization_code')).toBe(0)
    address = '198.51.100.2'
    const answer = await createTestBrowser(polar.bff).signIn(allowing(polar, [NORD]))
    expect(answer.status).toBe(200)
  })

  it('S61: leaves half of the token endpoint to refreshes, even if many addresses sign in', async () => {
    let address = 0
    const polar = await createCountingPolar({
      rateLimit: 8,
      clientAddress: () => `203.0.113.${(address += 1)}`,
    })
    const statuses: number[] = []
    for (let index = 0; index < 6; index += 1) {
      const answer = await createTestBrowser(polar.bff).signIn(allowing(polar), {
        subject: 'user',
      })
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429])
    expect(await polar.tokenRequests('authorization_code')).toBe(4)
  })

  it('S61: gives one person half, in all browsers together, and the others theirs', async () => {
    const polar = await createCountingPolar({ rateLimit: 40 })
    const greedy = [polar.browser, createTestBrowser(polar.bff)] as const
    for (const browser of greedy) await browser.signIn(allowing(polar, [NORD]))
    const statuses: number[] = []
    for (let index = 0; index < 11; index += 1) {
      for (const browser of greedy) {
        statuses.push((await browser.fetch('/bff/api/v1/products/?limit=1')).status)
      }
    }
    expect(statuses).toEqual([...Array<number>(20).fill(200), 429, 429])
    await polar.control('POST', '/sign-in', { person: 'grace@example.com' })
    const modest = createTestBrowser(polar.bff)
    await modest.signIn(allowing(polar), { subject: 'user' })
    expect((await modest.fetch('/bff/api/v1/products/?limit=1')).status).toBe(200)
    expect(await polar.requests('/v1/products/')).toHaveLength(21)
  })

  it('S61: lets a person refresh by hand only a few times', async () => {
    const polar = await createCountingPolar({ rateLimit: 40 })
    await polar.browser.signIn(allowing(polar, [NORD]))
    const statuses: number[] = []
    for (let index = 0; index < 6; index += 1) {
      statuses.push((await polar.browser.post('/bff/refresh')).status)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429])
    expect(await polar.tokenRequests('refresh_token')).toBe(4)
  })

  it('S61: counts what reaches Polar, and who has to wait can finish the same sign-in', async () => {
    const polar = await createCountingPolar({ rateLimit: 4 })
    const { state } = await polar.browser.begin()
    const cookies = new Map(polar.browser.cookies)
    for (let index = 0; index < 5; index += 1) {
      for (const [name, value] of cookies) polar.browser.cookies.set(name, value)
      const wrong = { state, code: 'c', code_verifier: 'v'.repeat(43) }
      expect((await polar.browser.post('/bff/callback', wrong)).status).toBe(400)
    }
    for (let index = 0; index < 2; index += 1) {
      await sessionOf(await createTestBrowser(polar.bff).signIn(allowing(polar, [NORD])))
    }
    const { url, codeVerifier } = await polar.browser.begin()
    const { searchParams } = await allowing(polar, [NORD])(url)
    const body = { ...Object.fromEntries(searchParams), code_verifier: codeVerifier }
    expect((await polar.browser.post('/bff/callback', body)).status).toBe(429)
    polar.emulator.clock.advance(60)
    await sessionOf(await polar.browser.post('/bff/callback', body))
  })

  it('counts no one at a server on this machine', async () => {
    const polar = await createLocalPolar(addressOf)
    await polar.browser.signIn(allowing(polar, [NORD]))
    const answers = await Promise.all(
      Array.from({ length: 150 }, () => polar.browser.fetch('/bff/api/v1/products/?limit=1')),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })
})
