/**
 * The built app as a real process in front of an emulator. Each worker has its own. A spec with worker
 * fixtures of its own needs other workers: what is not used is not started, so all of them are here.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test as base } from '@playwright/test'
import { createEmulator, DEFAULT_CLIENT_ID, type Listening } from '@polar-connect/emulator'
import { freePort, startApp, type Runtime } from './app-process.ts'
import { createPolar, type Polar } from './polar.ts'

export {
  allow,
  catchRedirect,
  comeConnected,
  connect,
  deny,
  expectConsent,
  toConsent,
} from './consent.ts'
export { expect, DEFAULT_CLIENT_ID }

interface WorkerFixtures {
  readonly runtime: Runtime
  /** Environment of the app beside the usual one. */
  readonly appEnv: Readonly<Record<string, string>>
  readonly polarServer: Listening
  readonly appUrl: string
  /** The component gallery, which only the app under development has. */
  readonly galleryUrl: string
}

export const test = base.extend<{ browserIsThere: void; polar: Polar }, WorkerFixtures>({
  browserIsThere: [
    async ({ browserName, launchOptions }, use, { skip }) => {
      const path = launchOptions.executablePath ?? ''
      skip(browserName === 'firefox' && !existsSync(path), `There is no Firefox at ${path}.`)
      await use()
    },
    { auto: true },
  ],

  polarServer: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures off the pattern
    async ({}, use) => {
      const polar = await createEmulator().listen()
      await use(polar)
      await polar.close()
    },
    { scope: 'worker' },
  ],

  runtime: ['node', { scope: 'worker', option: true }],

  appEnv: [{}, { scope: 'worker', option: true }],

  appUrl: [
    async ({ polarServer, runtime, appEnv }, use) => {
      const app = await startApp(runtime, polarServer.url, { env: appEnv })
      await use(app.url)
      await app.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  galleryUrl: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures off the pattern
    async ({}, use, { parallelIndex }) => {
      const { createServer } = await import('vite')
      const port = await freePort()
      const vite = await createServer({
        root: fileURLToPath(new URL('../', import.meta.url)),
        // Beside a developer's own, which may be running.
        cacheDir: `node_modules/.vite-gallery-${parallelIndex}`,
        logLevel: 'error',
        server: { port, hmr: false, watch: null },
      })
      await vite.listen()
      await use(`http://localhost:${port}/__gallery`)
      await vite.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  baseURL: ({ appUrl }, use) => use(appUrl),

  polar: [
    async ({ polarServer, appUrl }, use) => {
      const polar = createPolar(polarServer.url)
      await polar.control('POST', '/reset')
      await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, {
        redirect_uris: [`${appUrl}/auth/callback`],
      })
      await use(polar)
      await polar.tokens()
    },
    // Also where a test does not ask for it: each begins with a Polar as new.
    { auto: true },
  ],
})

/** The app with its diagnostics turned on. */
export const testWithDiagnostics = test.extend<object, object>({
  appEnv: [{ DIAGNOSTICS: '1' }, { scope: 'worker' }],
})
