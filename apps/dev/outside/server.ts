/** The BFF of an app that exists, with a route of its own, before an emulator. */
import assert from 'node:assert/strict'
import {
  createBff,
  createKeyRing,
  createMemoryCoordinator,
  polarServer,
  type BffEvent,
} from '@polar-connect/bff'
import { checkPolar } from '@polar-connect/bff/diagnostics'
import { createRedisCoordinator } from '@polar-connect/bff/drivers/redis'
import { createUndiciUpstream } from '@polar-connect/bff/drivers/undici'
import { polar } from '@polar-connect/bff/polar'
import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import { Hono } from 'hono'
import { Redis } from 'ioredis'
import { createPerson } from './person.ts'

const appOrigin = 'http://localhost:3000'
const emulator = await createEmulator({ redirectUris: [`${appOrigin}/auth/callback`] }).listen()
const events: BffEvent[] = []
const bff = createBff({
  clientId: DEFAULT_CLIENT_ID,
  clientSecret: DEFAULT_CLIENT_SECRET,
  server: polarServer(emulator.url),
  appOrigin,
  keys: await createKeyRing([
    Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url'),
  ]),
  coordinator: createMemoryCoordinator(),
  upstream: createUndiciUpstream(),
  onEvent: (event) => events.push(event),
})
const app = new Hono()
app.route('/', bff)
app.use('/reports/*', bff.gate)
app.get('/reports/products', async (c) => {
  const { items } = await polar(bff, c).products.list()
  return c.json(items.map((product) => product.name))
})

const person = createPerson(appOrigin, async (path, init) => app.request(path, init))
assert((await person.signIn()).authenticated)
assert.match(await (await person.get('/reports/products')).text(), /^\["/)
assert.deepEqual(await person.logout(), { revoked: true })
assert.equal((await person.get('/reports/products')).status, 401)
assert.equal((await app.request('/reports/products')).status, 403)
assert.deepEqual(events.map(({ type }) => type).slice(0, 2), ['created', 'sign_in_started'])
assert.equal(typeof checkPolar, 'function')
await emulator.close()

// There is no Redis here to call.
const redis = new Redis({ lazyConnect: true })
assert.equal(typeof createRedisCoordinator(redis).claim, 'function')
redis.disconnect()
console.log('the packages run')
