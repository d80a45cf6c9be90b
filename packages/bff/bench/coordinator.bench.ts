/** The cost of sharing through Redis: for a call with a valid token, and for a refresh. */
import { createRedisCoordinator } from '../src/coordinator/drivers/redis.ts'
import type { Coordinator } from '../src/coordinator/coordinator.ts'
import type { TestBrowser } from '../src/testing/browser.ts'
import { ACME, allowing, createLocalPolar } from '../src/testing/local-polar.ts'
import { hasRedis, startRedisServer } from '../src/testing/redis-server.ts'

const ROUNDS = 300

async function medianOf(work: () => Promise<Response>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS + 50; round += 1) {
    const startedAt = performance.now()
    const response = await work()
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`${response.status}`)
    times.push(performance.now() - startedAt)
  }
  // The first ones warm up.
  const sorted = times.slice(50).toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

async function signedIn(coordinator?: Coordinator): Promise<TestBrowser> {
  // The limits of the real Polar: they are counted in Redis too.
  const polar = await createLocalPolar({
    rateLimit: 1_000_000,
    ...(coordinator !== undefined && { coordinator }),
  })
  await polar.browser.signIn(allowing(polar, [ACME]))
  return polar.browser
}

const row = (name: string, value: number, compared: string) =>
  console.log(`  ${name.padEnd(44)} ${value.toFixed(2).padStart(8)} ms   ${compared}`)

console.log('coordinator')
const alone = await signedIn()
const call = () => alone.fetch('/bff/api/v1/products/?limit=1')
const refresh = () => alone.post('/bff/refresh')
const calls = await medianOf(call)
row('a call with a living token, in memory', calls, 'the emulator’s own part included')
const refreshes = await medianOf(refresh)
row('a refresh, in memory', refreshes, '')
if (hasRedis) {
  const server = await startRedisServer()
  const coordinator = createRedisCoordinator(server.url)
  const shared = await signedIn(coordinator)
  const sharedCalls = await medianOf(() => shared.fetch('/bff/api/v1/products/?limit=1'))
  row(
    'a call with a living token, by Redis',
    sharedCalls,
    `${(sharedCalls - calls).toFixed(2)} ms more`,
  )
  const sharedRefreshes = await medianOf(() => shared.post('/bff/refresh'))
  row('a refresh, by Redis', sharedRefreshes, `${(sharedRefreshes - refreshes).toFixed(2)} ms more`)
  coordinator.close()
  await server.close()
} else {
  console.log('  no redis-server on this machine')
}
