/** What our packages use of their peers, with the versions that are installed here. */
import assert from 'node:assert/strict'
import { createBff, createKeyRing, polarServer } from '@polar-connect/bff'
import { createUndiciUpstream } from '@polar-connect/bff/drivers/undici'
import { polar } from '@polar-connect/bff/polar'
import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import { CallbackPage, ConnectButton } from '@polar-connect/react'
import { RouterConnectProvider } from '@polar-connect/react/react-router'
import { Hono } from 'hono'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { MemoryRouter } from 'react-router'
import { createPerson } from './person.ts'

const origin = 'http://localhost:3000'
const emulator = await createEmulator({ redirectUris: [`${origin}/auth/callback`] }).listen()
const bff = createBff({
  clientId: DEFAULT_CLIENT_ID,
  clientSecret: DEFAULT_CLIENT_SECRET,
  server: polarServer(emulator.url),
  appOrigin: origin,
  keys: await createKeyRing([
    Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url'),
  ]),
  upstream: createUndiciUpstream(),
})
const app = new Hono()
app.route('/', bff)
app.get('/products', async (c) => c.json(await polar(bff, c).products.list()))

const person = createPerson(origin, async (path, init) => app.request(path, init))
assert((await person.signIn()).authenticated)
const { items } = (await (await person.get('/products')).json()) as { items: object[] }
assert(items.length > 0)
assert.deepEqual(await person.logout(), { revoked: true })
await emulator.close()

const page = createElement(
  MemoryRouter,
  null,
  createElement(
    RouterConnectProvider,
    null,
    createElement(CallbackPage),
    createElement(ConnectButton),
  ),
)
assert.match(renderToString(page), /Connecting to Polar.*Connect with Polar/s)
console.log('the peers work')
