/**
 * Polar answers before it commits. Sign-ins and refreshes, each followed at once by calls, against an
 * emulator that commits up to 400 ms late. `ROUNDS=1000 npx vitest run src/late-commits.test.ts`
 * plays more of them.
 */
import { describe, expect, it } from 'vitest'
import { systemTime, type Time } from './runtime/time.ts'
import { createTestBrowser, sessionOf } from './testing/browser.ts'
import { ACME, allowing, createLocalPolar } from './testing/local-polar.ts'
import type { Upstream } from './upstream/upstream.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? 30)
const AT_ONCE = 10
const LINKS = '/bff/api/v1/checkout-links/'
const PRODUCTS = '/bff/api/v1/products/?limit=1'
const SCOPES = ['openid', 'organizations:read', 'products:read', 'checkout_links:write']
/** Shorter timers are pauses; longer ones are time limits of requests. */
const LONGEST_PAUSE_MS = 3000

interface Sent {
  readonly path: string
  readonly form: string
  status: number
}

async function setUp(commitDelayMs: readonly [number, number]) {
  const sent: Sent[] = []
  const pauses: number[] = []
  const polar = await createLocalPolar({ scopes: SCOPES }, { commitDelayMs })
  const upstream: Upstream = async (url, request) => {
    const form = new TextDecoder().decode(request.body)
    const entry = { path: url.pathname, form, status: 0 }
    sent.push(entry)
    const answer = await polar.upstream(url, request)
    entry.status = answer.status
    return answer
  }
  const time: Time = {
    ...systemTime,
    now: () => polar.emulator.clock.now(),
    after(milliseconds, work) {
      if (milliseconds < LONGEST_PAUSE_MS) pauses.push(milliseconds)
      return systemTime.after(milliseconds, work)
    },
  }
  const bff = await polar.create({ upstream, time })
  return { polar, bff, sent, pauses }
}

/** Signs in, calls, writes, refreshes, calls and writes, each as soon as the one before is done. */
async function playRound({ polar, bff }: Awaited<ReturnType<typeof setUp>>, label: string) {
  const browser = createTestBrowser(bff)
  const session = await sessionOf(await browser.signIn(allowing(polar, [ACME])))
  const name = session.authenticated && session.connection.subject.name
  const products = await browser.fetch(PRODUCTS)
  const { items } = (await products.json()) as { items: { id: string }[] }
  const write = async (step: string) => {
    const body = { payment_processor: 'stripe', products: [items[0]?.id], label: label + step }
    return (await browser.post(LINKS, body)).status
  }
  const statuses = [products.status, await write(' before')]
  statuses.push((await browser.post('/bff/refresh')).status)
  statuses.push((await browser.fetch(PRODUCTS)).status, await write(' after'))
  return { name, statuses }
}

async function playAll(world: Awaited<ReturnType<typeof setUp>>, rounds: number) {
  const results: Awaited<ReturnType<typeof playRound>>[] = []
  let next = 0
  const play = async () => {
    while (next < rounds) results.push(await playRound(world, `round ${next++}`))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, play))
  return results
}

const of = (sent: readonly Sent[], path: string, form = '') =>
  sent.filter((one) => one.path === path && one.form.includes(form))

describe('sign-ins and refreshes followed at once by calls', () => {
  it(
    `at a Polar that commits up to 400 ms late: ${ROUNDS} rounds, none fails`,
    { timeout: 60_000 + ROUNDS * 1000 },
    async () => {
      const world = await setUp([0, 400])
      const results = await playAll(world, ROUNDS)
      expect(results).toHaveLength(ROUNDS)
      for (const result of results) {
        expect(result).toEqual({ name: 'Acme Books', statuses: [200, 201, 200, 200, 201] })
      }
      const { sent, polar } = world
      const refreshes = of(sent, '/v1/oauth2/token', 'grant_type=refresh_token')
      expect(refreshes.filter(({ status }) => status === 200)).toHaveLength(ROUNDS)
      // What Polar refused, it had not processed.
      expect(refreshes.filter(({ status }) => status !== 200 && status !== 400)).toEqual([])
      const writes = of(sent, '/v1/checkout-links/')
      expect(writes.filter(({ status }) => status === 201)).toHaveLength(2 * ROUNDS)
      expect(writes.filter(({ status }) => status !== 201 && status !== 401)).toEqual([])
      expect(polar.events.filter(({ type }) => type === 'refused')).toEqual([])
    },
  )

  it('at a Polar that commits at once: no request is repeated, and no time is added', async () => {
    const world = await setUp([0, 0])
    const rounds = 5
    const results = await playAll(world, rounds)
    for (const { statuses } of results) expect(statuses).toEqual([200, 201, 200, 200, 201])
    const { sent, pauses } = world
    expect(pauses).toEqual([])
    const paths = Object.groupBy(sent, ({ path }) => path)
    const counts = Object.entries(paths).map(([path, all = []]) => [path, all.length] as const)
    expect(Object.fromEntries(counts)).toEqual({
      '/v1/oauth2/token': 2 * rounds,
      '/.well-known/jwks.json': 1,
      '/v1/oauth2/introspect': rounds,
      '/v1/organizations/': rounds,
      '/v1/products/': 2 * rounds,
      '/v1/checkout-links/': 2 * rounds,
    })
  })
})
