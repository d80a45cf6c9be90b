/**
 * Storms: everything that a busy app asks for at the moment its token expires, at one built process
 * and at two that share a Redis. Polar sees one refresh, and every write once.
 */
import { hasRedis, startRedisServer } from '../../../../packages/bff/src/testing/redis-server.ts'
import type { AppProcess } from '../app-process.ts'
import { expect, test, type Deployment } from './fixtures.ts'
import { createPerson, type Answer, type Person } from './person.ts'
import { startPolarFront } from './polar-front.ts'

const TEN_DAYS = 10 * 86_400
const PRODUCTS = '/bff/api/v1/products/?limit=1'
const LINKS = '/bff/api/v1/checkout-links/'
const SCOPES = ['openid', 'products:read', 'checkout_links:read', 'checkout_links:write']

interface Storm {
  /** A new person at each process, or one who comes with their cookies. */
  at(like?: Person): readonly [Person, ...Person[]]
  /** Sends all of them at once, to each process its share. */
  send(count: number, call: (person: Person, index: number) => Promise<Answer>): Promise<Answer[]>
  travel(seconds: number): Promise<void>
}

/** A person who is signed in at `apps`. Other tests check what holds for every answer. */
async function brew(deployment: Deployment, apps: readonly AppProcess[]): Promise<Storm> {
  const at = (like?: Person) => {
    const [first, ...others] = apps.map((app) =>
      createPerson(
        {
          origin: deployment.origin,
          port: () => app.port,
          onAnswer: () => undefined,
          onSecret: () => undefined,
        },
        like?.jar,
      ),
    )
    if (first === undefined) throw new Error('no process')
    return [first, ...others] as const
  }
  const [first] = at()
  const persons = at(first)
  let passed = 0
  expect((await first.signIn({ scopes: SCOPES })).status).toBe(200)
  return {
    at: (like = first) => at(like),
    send: (count, call) =>
      Promise.all(
        Array.from({ length: count }, (_, index) =>
          call(persons[index % persons.length] ?? first, index),
        ),
      ),
    async travel(seconds) {
      passed += seconds
      await deployment.polar.control('POST', '/clock', { advance_seconds: seconds })
      for (const app of apps) await app.setClock(passed)
    },
  }
}

/** How each status and code occurs, so that a failure shows what came instead. */
function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, code } of answers) {
    const name = code === undefined ? String(status) : `${status} ${code}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

async function refreshes({ polar }: Deployment): Promise<number> {
  return (await polar.grants()).filter(({ ended }) => ended === 'rotated').length
}

test('S39: a thousand calls on an expired token cause one refresh, and a hundred writes happen once', ({
  deployment,
}) => playStorm(deployment, 1))

test('S39: a thousand calls at two processes with one Redis cause one refresh', ({
  deployment,
}) => {
  test.skip(!hasRedis, 'no redis-server on this machine')
  return playStorm(deployment, 2)
})

test('S43: a process that dies before its refresh reaches Polar leaves the session to the others', ({
  deployment,
}) => killWhileRefreshing(deployment, 'unseen'))

test('S43: a process that dies after Polar rotated loses the session, but clears no cookie', ({
  deployment,
}) => killWhileRefreshing(deployment, 'rotated'))

async function playStorm(deployment: Deployment, count: number): Promise<void> {
  test.setTimeout(120_000)
  const redis = count === 2 ? await startRedisServer() : undefined
  const env = redis && { REDIS_URL: redis.url }
  const apps = await Promise.all(Array.from({ length: count }, () => deployment.redeploy(env)))
  try {
    const storm = await brew(deployment, apps)
    await storm.travel(TEN_DAYS)
    const old = await storm.at()[0].copy()
    const answers = await storm.send(1000, (person) => person.send('GET', PRODUCTS))
    expect(tally(answers)).toEqual({ 200: 1000 })
    expect(await refreshes(deployment)).toBe(1)

    // Until someone comes with the newer one, the old cookie is as good.
    const claims = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const late = storm.at(await old.copy())
        return (late[index % count] ?? old).send('GET', PRODUCTS)
      }),
    )
    expect(tally(claims)).toEqual({ 200: 100 })
    expect(new Set(claims.map(({ setCookies }) => setCookies.length))).toEqual(new Set([1]))
    expect(await refreshes(deployment)).toBe(1)
    const delivered = await storm.send(count, (person) => person.send('GET', PRODUCTS))
    expect(tally(delivered)).toEqual({ 200: count })
    for (const late of storm.at(old)) {
      const refused = await late.send('GET', PRODUCTS)
      expect([refused.code, refused.setCookies]).toEqual(['reauthorization_required', []])
    }

    const [person] = storm.at()
    const { items } = (await person.send('GET', PRODUCTS)).json() as { items: { id: string }[] }
    // Writes: ahead of expiry, and where Polar ended the token before its time.
    for (const expire of [
      () => storm.travel(3600),
      async () => {
        await storm.travel(10)
        const living = (await deployment.polar.grants()).find(({ ended }) => ended === null)
        await deployment.polar.control('POST', `/grants/${living?.id}/expire-access`)
      },
    ]) {
      await expire()
      const before = await refreshes(deployment)
      const label = `link ${before}`
      const writes = await storm.send(100, (each, index) =>
        each.send('POST', LINKS, {
          headers: { 'Idempotency-Key': `${label} ${index}` },
          body: {
            payment_processor: 'stripe',
            products: [items[0]?.id],
            label: `${label} ${index}`,
          },
        }),
      )
      expect(tally(writes)).toEqual({ 201: 100 })
      expect(await refreshes(deployment)).toBe(before + 1)
      expect(await linksNamed(person, label)).toEqual(
        Array.from({ length: 100 }, (_, index) => `${label} ${index}`).toSorted(),
      )
    }
    // Nothing that Polar refused or failed at was on the way, an `invalid_grant` least of all.
    for (const app of apps) expect(app.output()).not.toContain('upstream_failed')
  } finally {
    for (const app of apps) await app.stop()
    await redis?.close()
  }
}

async function killWhileRefreshing(
  deployment: Deployment,
  when: 'unseen' | 'rotated',
): Promise<void> {
  test.skip(!hasRedis, 'no redis-server on this machine')
  const redis = await startRedisServer()
  let died = false
  let arrive = () => undefined as void
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  const front = await startPolarFront(deployment.polar.url, (incoming) => {
    // A refresh is a short form: an exchange carries a code and a verifier as well.
    const { url, headers } = incoming
    const refresh = url === '/v1/oauth2/token' && Number(headers['content-length']) < 300
    if (!refresh || died) return false
    if (when === 'unseen') {
      arrive()
      return true
    }
    void (async () => {
      let body = ''
      for await (const chunk of incoming) body += String(chunk)
      const type = { 'Content-Type': headers['content-type'] ?? '' }
      const address = deployment.polar.url + url
      const answer = await fetch(address, { method: 'POST', headers: type, body })
      expect(answer.status).toBe(200)
      arrive()
    })()
    return true
  })
  const shared = {
    REDIS_URL: redis.url,
    POLAR_SERVER: front.url,
    POLAR_ISSUER: deployment.polar.url,
  }
  const dying = await deployment.redeploy(shared)
  const living = await deployment.redeploy(shared)
  try {
    const storm = await brew(deployment, [dying])
    await storm.travel(TEN_DAYS)
    await living.setClock(TEN_DAYS)
    const [person] = storm.at()
    const begun = person.send('GET', PRODUCTS).catch((cause: Error) => cause.message)
    await arrived
    died = true
    await dying.kill()
    expect(await begun).toMatch(/hang up|ECONNRESET/)
    // The lock of the dead one expires, later than its request to Polar could end.
    await redis.advance(46)
    const other = living.person(person)
    const answer = await other.send('GET', PRODUCTS)
    expect(answer.status).toBe(when === 'unseen' ? 200 : 401)
    expect(answer.setCookies).toHaveLength(when === 'unseen' ? 1 : 0)
  } finally {
    await dying.kill()
    await living.stop()
    await front.close()
    await redis.close()
  }
}

async function linksNamed(person: Person, label: string): Promise<string[]> {
  const labels: string[] = []
  for (let page = 1; ; page += 1) {
    const answer = await person.send('GET', `${LINKS}?limit=100&page=${page}`)
    const { items, pagination } = answer.json() as {
      items: { label: string | null }[]
      pagination: { max_page: number }
    }
    labels.push(...items.flatMap((item) => (item.label?.startsWith(label) ? [item.label] : [])))
    if (page >= pagination.max_page) return labels.toSorted()
  }
}
