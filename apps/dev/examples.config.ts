import { defineConfig } from '@playwright/test'

const json = process.env['PLAYWRIGHT_JSON']
const executablePath = process.env['CHROMIUM_PATH']

/** The examples in Chromium, as people build them: from the packages as they would be published. */
export default defineConfig({
  testDir: 'src/examples',
  outputDir: 'test-results',
  globalSetup: './src/examples/install.ts',
  workers: 1,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 90_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ...(json ? [['json', { outputFile: json }] as const] : [])],
  use: {
    launchOptions: {
      args: ['--no-sandbox', '--disable-gpu'],
      ...(executablePath && { executablePath }),
    },
  },
})
