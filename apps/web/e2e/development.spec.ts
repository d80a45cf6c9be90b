/** The app as a developer runs it: unbuilt, where React mounts everything twice, with what no build has. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, test as base, type Page } from '@playwright/test'
import { freePort } from './app-process.ts'
import { allow, catchRedirect, toConsent } from './consent.ts'
import { keepLog } from './evidence.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

interface Development {
  readonly url: string
  readonly emulatorUrl: string
}

const test = base.extend<object, { development: Development }>({
  development: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures off the pattern
    async ({}, use) => {
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
      await use({
        url: `http://localhost:${port}`,
        emulatorUrl: `http://127.0.0.1:${emulatorPort}`,
      })
      const ended = new Promise((resolve) => dev.once('exit', resolve))
      dev.kill('SIGINT')
      expect(await ended).toBe(0)
      keepLog('dev', output)
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ development }, use) => use(development.url),
})

test.describe.configure({ mode: 'serial', timeout: 180_000 })

const control = (development: Development, method: string, path: string) =>
  fetch(`${development.emulatorUrl}/_emulator${path}`, { method })

const badge = (page: Page) => page.getByRole('banner').getByRole('link', { name: /^Emulator/ })

test('under StrictMode a sign-in is exactly one token request', async ({ page, development }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await allow(page, 'Acme Books')
  await page.getByRole('link', { name: 'Products' }).first().click()
  // The overview has rows of products too.
  await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()

  const log = await control(development, 'GET', '/requests?path=/token')
  const { items } = (await log.json()) as { items: { grant_type: string; status: number }[] }
  expect(items).toMatchObject([{ grant_type: 'authorization_code', status: 200 }])
})

test('the badge leads to the emulator, and shows its faults while they are on', async ({
  page,
  development,
}) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await allow(page, 'Acme Books')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(badge(page)).toHaveAccessibleName('Emulator (opens in a new tab)')
  await expect(badge(page)).toHaveAccessibleDescription('Data is fake and stays on this computer.')
  await expect(badge(page)).toHaveAttribute('href', `${development.emulatorUrl}/`)

  await control(development, 'POST', '/faults/presets/polar-is-down')
  await control(development, 'POST', '/faults/presets/state-altered')
  // A call fails, and no one has looked at the tab again.
  await page.getByRole('link', { name: 'Customers' }).first().click()
  // A new page takes the focus once it is loaded.
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeFocused()
  await expect(badge(page)).toHaveAccessibleName('Emulator: 2 faults on (opens in a new tab)')
  await expect(badge(page)).toHaveAccessibleDescription('Polar is down (503) and State altered')
  const panel = page.waitForEvent('popup')
  await badge(page).press('Enter')
  await expect((await panel).getByRole('heading', { level: 2, name: 'Faults' })).toBeVisible()
  await (await panel).close()

  await control(development, 'DELETE', '/faults')
  // As a browser tells a tab that it is looked at again.
  await page.evaluate(() =>
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
  )
  await expect(badge(page)).toHaveAccessibleName('Emulator (opens in a new tab)')
})

test('a sign-in that failed leads to its own steps', async ({ page, development }) => {
  await toConsent(page)
  const back = await catchRedirect(page, 'Acme Books')
  await control(development, 'POST', '/faults/presets/code-expired')
  await page.goto(back)
  const reference = page.getByText(/^Reference: /)
  await expect(reference).toBeVisible()
  const text = (await reference.innerText()).replace('Reference: ', '')
  await page.getByRole('link', { name: 'See it step by step' }).click()
  await control(development, 'DELETE', '/faults')
  await expect(page.getByRole('heading', { level: 1, name: 'Sign-in, step by step' })).toBeVisible()
  const failed = page.getByRole('listitem').filter({ hasText: `Reference: ${text}` })
  await expect(failed).toContainText('7. Server → Polar')
  await expect(failed).toContainText('invalid_grant')
})
