/**
 * The built app behind TLS, as it is deployed, in front of an emulator. After each test, the rules for
 * every answer and every log line are checked here.
 */
import { expect, test as base } from '@playwright/test'
import CachePolicy from 'http-cache-semantics'
import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import { freePort, randomSecret, startApp, type AppProcess } from '../app-process.ts'
import { keepSecrets, secretsIn } from '../evidence.ts'
import { createPolar, type Polar } from '../polar.ts'
import { createPerson, type Answer, type Person, type Place } from './person.ts'
import { startTlsFront } from './tls-front.ts'

export { allow, catchRedirect, comeConnected, connect, toConsent } from '../consent.ts'
export { expect, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET }

export interface Redeployed extends AppProcess {
  /** A new person, or one who comes with their cookies. */
  person(like?: Person): Person
}

export interface Deployment {
  readonly origin: string
  readonly polar: Polar
  readonly app: AppProcess
  readonly sessionSecret: string
  /** Answers of all tests of this worker so far. */
  readonly answers: Answer[]
  /** The secrets that the app or a browser got. No log may have them. */
  readonly secrets: Set<string>
  person(): Person
  /** A second app on the same origin: other settings, or the next release. */
  redeploy(env?: Readonly<Record<string, string>>): Promise<Redeployed>
  /** Lets time pass, at Polar and in the app. */
  travel(seconds: number): Promise<void>
}

export const test = base.extend<
  { deployment: Deployment; polar: Polar; person: Person },
  { deployed: Deployment }
>({
  deployed: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures off the pattern
    async ({}, use) => {
      // These tests ask faster than any browser, and count what reaches Polar to the one.
      const server = await createEmulator({ commitDelayMs: [0, 0] }).listen()
      const polar = createPolar(server.url)
      const port = await freePort()
      const front = await startTlsFront(() => port)
      const sessionSecret = randomSecret()
      const env = {
        APP_ORIGIN: front.origin,
        SESSION_SECRETS: sessionSecret,
        SECURITY_CONTACT: 'mailto:security@app.example',
      }
      const app = await startApp('node', server.url, { port, env })
      const answers: Answer[] = []
      const secrets = new Set([sessionSecret, DEFAULT_CLIENT_SECRET])
      let passed = 0
      const placeAt = (at: AppProcess): Place => ({
        origin: front.origin,
        port: () => at.port,
        onAnswer: (answer) => answers.push(answer),
        onSecret: (secret) => secrets.add(secret),
      })
      await use({
        origin: front.origin,
        polar,
        app,
        sessionSecret,
        answers,
        secrets,
        person: () => createPerson(placeAt(app)),
        async redeploy(more = {}) {
          const next = await startApp('node', server.url, { env: { ...env, ...more } })
          await next.setClock(passed)
          return { ...next, person: (like) => createPerson(placeAt(next), like?.jar) }
        },
        async travel(seconds) {
          passed = seconds === 0 ? 0 : passed + seconds
          if (seconds !== 0) await polar.control('POST', '/clock', { advance_seconds: seconds })
          await app.setClock(passed)
        },
      })
      keepSecrets(secrets)
      await app.stop()
      await front.close()
      await server.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  deployment: [
    async ({ deployed }, use) => {
      const { polar, origin, app, answers, secrets } = deployed
      await polar.control('POST', '/reset')
      await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, {
        redirect_uris: [`${origin}/auth/callback`],
      })
      await deployed.travel(0)
      const seen = answers.length
      await use(deployed)
      for (const token of await polar.tokens()) secrets.add(token)
      for (const answer of answers.slice(seen)) expectSafe(answer)
      expectSilent(app.output(), secrets)
    },
    { auto: true },
  ],

  polar: ({ deployment }, use) => use(deployment.polar),
  person: ({ deployment }, use) => use(deployment.person()),
  baseURL: ({ deployment }, use) => use(deployment.origin),
  ignoreHTTPSErrors: true,
})

/** Each answer must have these, for every request (S16, S20, S28). */
export function expectSafe(answer: Answer): void {
  const { headers, setCookies } = answer
  const foreign = Object.keys(headers).filter((name) => name.startsWith('access-control-'))
  expect(foreign, 'CORS headers').toEqual([])
  expect(answer.status < 300 || answer.status >= 400, 'a redirect').toBe(true)
  const request = { url: '/', method: 'GET', headers: {} }
  const policy = new CachePolicy(request, { status: answer.status, headers }, { shared: true })
  expect(policy.storable(), 'an answer that a shared cache may keep').toBe(false)
  for (const line of setCookies) {
    const [pair = '', ...attributes] = line.split('; ')
    expect(pair).toMatch(/^__Host-Http-polar_connect(_tx_[0-3])?=/)
    expect(attributes.map((attribute) => attribute.replace(/=\d+$/, '')).sort()).toEqual(
      ['HttpOnly', 'Max-Age', 'Path=/', 'SameSite=Strict', 'Secure'].sort(),
    )
    expect(headers['cache-control'], 'a cacheable cookie').toBe('no-store')
  }
}

/** @throws where `output` holds one of `secrets`, whole or encoded. */
export function expectSilent(output: string, secrets: Iterable<string>): void {
  expect(secretsIn(output, secrets), 'secrets').toEqual([])
}
