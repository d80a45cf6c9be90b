/** Each way into a server that the documents show, as they show it, by a whole sign-in. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import { createPerson, type Call } from './person.ts'

const origin = 'http://localhost:3000'
const polar = await createEmulator({ redirectUris: [`${origin}/auth/callback`] }).listen()
Object.assign(process.env, {
  POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
  POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
  POLAR_SERVER: polar.url,
  APP_ORIGIN: origin,
  SESSION_SECRETS: Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url'),
})
// They read the environment when they are loaded.
const { app: hono } = await import('./samples/start-your-own/hono.ts')
const { reports } = await import('./samples/start-your-own/report.ts')
const { app: express } = await import('./samples/start-your-own/express.ts')
const { app: fastify } = await import('./samples/start-your-own/fastify.ts')
const next = await import('./samples/start-your-own/next.ts')

hono.route('/', reports)
const expressServer = express.listen(0, '127.0.0.1')
await once(expressServer, 'listening')
await fastify.listen({ port: 0, host: '127.0.0.1' })

const portOf = (server: Server) => (server.address() as AddressInfo).port
const overHttp =
  (port: number): Call =>
  (path, init) =>
    fetch(`http://127.0.0.1:${port}${path}`, init)

const mounts: Record<string, { readonly call: Call; readonly port?: number }> = {
  hono: { call: async (path, init) => hono.request(path, init) },
  express: { call: overHttp(portOf(expressServer)), port: portOf(expressServer) },
  fastify: { call: overHttp(portOf(fastify.server)), port: portOf(fastify.server) },
  next: {
    call: async (path, init) =>
      next[init.method as 'GET' | 'POST'](new Request(origin + path, init)),
  },
}

for (const [name, { call, port }] of Object.entries(mounts)) {
  const person = createPerson(origin, call)
  const session = await person.signIn()
  assert(session.authenticated, name)
  const products = await person.get('/bff/api/v1/products/?limit=1')
  assert.equal(products.status, 200, name)
  assert.equal(((await products.json()) as { items: object[] }).items.length, 1, name)
  if (name === 'hono') {
    const report = await person.get('/reports/products')
    assert(((await report.json()) as string[]).length > 0, 'a route of the app’s own')
  }
  if (port !== undefined) {
    for (const path of [
      '/bff/api/../oauth2/token',
      '/bff/api/v1/products/..%2f..%2foauth2/token',
    ]) {
      assert.equal(await statusOf(port, path), 404, `${name} ${path}`)
    }
  }
  assert.deepEqual(await person.logout(), { revoked: true }, name)
  console.log(`${name}: signed in, called and logged out`)
}

/** Sends a path as it is: `fetch` would tidy it up. */
async function statusOf(port: number, path: string): Promise<number | undefined> {
  const outgoing = request({ host: '127.0.0.1', port, path, headers: { 'X-CSRF': '1' } })
  outgoing.end()
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  incoming.resume()
  return incoming.statusCode
}

expressServer.close()
expressServer.closeAllConnections()
await fastify.close()
await polar.close()
