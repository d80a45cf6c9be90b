/** The page as a developer runs it: unbuilt, where React mounts everything twice. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { chromium, expect, test } from '@playwright/test'
import { freePort } from './app-process.ts'
import { allow } from './consent.ts'
import { keepLog } from './evidence.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

test('under StrictMode a sign-in is exactly one token request', async ({ launchOptions }) => {
  test.setTimeout(180_000)
  const [port, emulatorPort] = [await freePort(), await freePort()]
  const dev = spawn(process.execPath, ['apps/dev/src/dev.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      POLAR_CLIENT_ID: '',
      PORT: String(port),
      EMULATOR_PORT: String(emulatorPort),
      SESSION_SECRETS: randomBytes(32).toString('base64url'),
    },
  })
  let output = ''
  dev.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await expect.poll(() => output, { timeout: 60_000 }).toContain('Press Ctrl+C to stop')

  const browser = await chromium.launch(launchOptions)
  const page = await browser.newPage({ baseURL: `http://localhost:${port}` })
  await page.goto('/')
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await allow(page, 'Acme Books')
  await page.getByRole('link', { name: 'Products' }).first().click()
  // The overview has rows of products too.
  await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()

  const log = await fetch(`http://127.0.0.1:${emulatorPort}/_emulator/requests?path=/token`)
  const { items } = (await log.json()) as { items: { grant_type: string; status: number }[] }
  expect(items).toMatchObject([{ grant_type: 'authorization_code', status: 200 }])

  await browser.close()
  const ended = new Promise((resolve) => dev.once('exit', resolve))
  dev.kill('SIGINT')
  expect(await ended).toBe(0)
  keepLog('dev', output)
})
