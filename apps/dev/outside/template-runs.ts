/**
 * The template as it was built: its page is served, and a person signs in and out at its server. It is
 * in `template`, or in the folder that the command line names.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import { createPerson } from './person.ts'

const probe = createServer().listen(0)
await once(probe, 'listening')
const { port } = probe.address() as AddressInfo
probe.close()
await once(probe, 'close')

const origin = `http://localhost:${port}`
const polar = await createEmulator({ redirectUris: [`${origin}/auth/callback`] }).listen()
const server = spawn(process.execPath, ['server/index.ts'], {
  cwd: new URL(process.argv[2] ?? 'template', import.meta.url),
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    PATH: process.env['PATH'],
    PORT: String(port),
    POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
    POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
    POLAR_SERVER: polar.url,
    APP_ORIGIN: origin,
    SESSION_SECRETS: Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url'),
  },
})
try {
  while (
    !(await fetch(`${origin}/bff/health`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    assert.equal(server.exitCode, null, 'it runs')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const person = createPerson(origin, (path, init) => fetch(origin + path, init))
  assert((await person.signIn()).authenticated)
  assert.match(await (await person.get('/auth/callback')).text(), /<main id="root">/)
  const order = (await (await person.get('/api/latest-order')).json()) as { name: unknown }
  assert.equal(typeof order.name, 'string')
  assert.deepEqual(await person.logout(), { revoked: true })
  console.log('the template runs')
} finally {
  server.kill()
  await polar.close()
}
