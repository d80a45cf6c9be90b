import { defineConfig } from '@playwright/test'
import type { Runtime } from './e2e/app-process.ts'

/** The other hosts, by what is deployed to them; `HOSTS=all` also those that differ little from another. */
const HOSTS = [
  'vercel',
  'lambda-stream',
  'lambda-gateway',
  ...(process.env['HOSTS'] === 'all' ? (['lambda-url'] as const) : []),
] as const satisfies Runtime[]

/**
 * What a person does in a browser, as opposed to what a program sends over HTTP. Firefox takes four
 * times as long, so `FIREFOX=all` runs all of them there. By default it only signs in, and shows what
 * can be set in Firefox alone.
 */
const JOURNEYS =
  process.env['FIREFOX'] === 'all'
    ? /\/(accessibility|address|callback|charts|diagnostics|engines|firefox|lists|outside|session|sign-in|tabs|translation)\.spec\.ts$/
    : /\/(firefox|sign-in)\.spec\.ts$/

/**
 * Chromium draws the list below its address bar with two pages of its own, in each window: half of the
 * work of a short test. It also keeps a process ready that no test comes to use.
 */
const UNUSED_FEATURES = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'SpareRendererForSitePerProcess',
  // The last switch of this name wins, so what Playwright turns off is here too.
  'AimEnabled',
  'AutoDeElevate',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'BlockOriginHeaderModificationOnRedirect',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'Translate',
]

const CHROMIUM_FLAGS = [
  `--disable-features=${UNUSED_FEATURES.join()}`,
  '--no-sandbox',
  '--disable-gpu',
  // Without a GPU its process only copies pictures.
  '--in-process-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** To start a host takes longer than its tests do. */
const ONE_WORKER_A_FILE = { fullyParallel: false } as const

const json = process.env['PLAYWRIGHT_JSON']

/** Journeys in a real Chromium against the built app and an emulator, both started by the tests. */
export default defineConfig<object, { runtime: Runtime }>({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  // A journey waits half of the time, so two cores have room for three.
  workers: '150%',
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 30_000 },
  reporter: [
    ['list'],
    ['./e2e/skip-reporter.ts'],
    ...(json ? [['json', { outputFile: json }] as const] : []),
  ],
  projects: [
    {
      name: 'node',
      testIgnore: ['firefox.spec.ts', 'webkit.spec.ts', 'storm.spec.ts'],
      use: { runtime: 'node' },
    },
    { name: 'webkit', testMatch: 'webkit.spec.ts', use: { runtime: 'node' } },
    // The same sign-in and the same suite by HTTP, with the Worker entry in real workerd.
    {
      name: 'workerd',
      ...ONE_WORKER_A_FILE,
      testMatch: ['sign-in.spec.ts', 'hosts.spec.ts'],
      use: { runtime: 'workerd' },
    },
    // The same code as on Node, from a root without anything else, and with its page elsewhere.
    {
      name: 'container',
      ...ONE_WORKER_A_FILE,
      testMatch: 'hosts.spec.ts',
      use: { runtime: 'container' },
      ...(process.env['HOSTS'] !== 'all' && { grep: /a person connects|storm/ }),
    },
    {
      name: 'split',
      ...ONE_WORKER_A_FILE,
      testMatch: 'sign-in.spec.ts',
      use: { runtime: 'split' },
      ...(process.env['HOSTS'] !== 'all' && { grep: /a merchant connects|leaves no code/ }),
    },
    ...HOSTS.map((runtime) => ({
      name: runtime,
      ...ONE_WORKER_A_FILE,
      testMatch: 'hosts.spec.ts',
      use: { runtime },
    })),
    // Playwright's own Firefox is another one than people have: this is the one of the machine.
    {
      name: 'firefox',
      // All journeys take long enough for three browsers.
      fullyParallel: process.env['FIREFOX'] === 'all',
      testMatch: JOURNEYS,
      use: {
        runtime: 'node' as const,
        browserName: 'firefox' as const,
        channel: 'moz-firefox',
        launchOptions: {
          executablePath: process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr',
        },
      },
    },
    // A thousand calls at once need the machine for themselves.
    {
      name: 'storm',
      testMatch: 'storm.spec.ts',
      use: { runtime: 'node' },
      dependencies: ['node', 'webkit', 'workerd', 'container', 'split', 'firefox', ...HOSTS],
    },
    { name: 'afterwards', testMatch: 'afterwards.ts', dependencies: ['storm'] },
  ],
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'en-US',
    timezoneId: 'UTC',
    // A trace of every test takes a third of the machine: `--trace on` has one of the test that is looked into.
    trace: 'off',
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: CHROMIUM_FLAGS,
    },
  },
})
