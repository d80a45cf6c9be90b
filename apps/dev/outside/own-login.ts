/** The samples with a login of their own: another user of a browser sees nothing of a connection. */
import assert from 'node:assert/strict'
import { toNextHandlers } from '@polar-connect/bff/next'
import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import type { Problem, SessionAnswer } from '@polar-connect/protocol'
import { createPerson, type Call, type Person } from './person.ts'

const origin = 'https://app.example'
const polar = await createEmulator({ redirectUris: [`${origin}/auth/callback`] }).listen()
const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
Object.assign(process.env, {
  POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
  POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
  POLAR_SERVER: polar.url,
  APP_ORIGIN: origin,
  SESSION_SECRETS: secret,
  LOGIN_SECRET: secret,
  BETTER_AUTH_SECRET: secret,
  BETTER_AUTH_URL: origin,
})
const { app } = await import('./samples/own-login/hono.ts')
const { auth, bff } = await import('./samples/own-login/next.ts')
const handlers = toNextHandlers(bff)

interface Sample {
  readonly call: Call
  login(person: Person, user: string): Promise<Response>
}

const SAMPLES: Readonly<Record<string, Sample>> = {
  hono: {
    call: async (path, init) => app.request(path, init),
    login: (person, user) => person.post(`/login/${user}`, {}),
  },
  // Route handlers are functions: Next calls them in the same way.
  next: {
    async call(path, init) {
      const request = new Request(origin + path, init)
      if (path.startsWith('/api/auth/')) return auth.handler(request)
      return handlers[request.method as keyof typeof handlers](request)
    },
    async login(person, user) {
      const account = { email: `${user}@example.com`, password: 'correct horse', name: user }
      const known = await person.post('/api/auth/sign-in/email', account)
      return known.ok ? known : person.post('/api/auth/sign-up/email', account)
    },
  },
}

try {
  for (const [name, { call, login }] of Object.entries(SAMPLES)) {
    const person = createPerson(origin, call)
    const as = async (user: string) => assert((await login(person, user)).ok, `${name}: ${user}`)
    const isConnected = async () => {
      const answer = (await (await person.get('/bff/session')).json()) as SessionAnswer
      return answer.authenticated
    }
    const refusal = async () => {
      const answer = await person.get('/bff/api/v1/products/')
      return [answer.status, ((await answer.json()) as Problem).code]
    }
    assert.deepEqual(await refusal(), [401, 'owner_required'], name)
    await as('ada')
    await person.signIn()
    assert(await isConnected(), name)
    await as('grace')
    assert.equal(await isConnected(), false, name)
    assert.deepEqual(await refusal(), [401, 'not_connected'], name)
    await as('ada')
    assert(await isConnected(), name)
    console.log(`${name}: users are apart`)
  }
} finally {
  await polar.close()
}
