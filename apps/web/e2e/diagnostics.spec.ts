/** The diagnostics page in a real browser: each check passes, and fails when its thing is spoiled. */
import { faultsInThemes } from './axe.ts'
import type { Page } from '@playwright/test'
import { startApp } from './app-process.ts'
import { comeConnected, DEFAULT_CLIENT_ID, expect, test as base } from './fixtures.ts'

/** The app with its diagnostics turned on. */
const test = base.extend<object, { appUrl: string }>({
  appUrl: [
    async ({ polarServer, runtime }, use) => {
      const app = await startApp(runtime, polarServer.url, { env: { DIAGNOSTICS: '1' } })
      await use(app.url)
      await app.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

const row = (page: Page, title: string) =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title, exact: true }) })

/** The summary is also spoken, in a region of its own. */
const summary = (page: Page) => page.getByRole('main')

async function open(page: Page, path = '/diagnostics') {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1, name: 'Diagnostics' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run checks again' })).toBeVisible()
}

/** What was found last may still be fresh at the server, which asks Polar only every two seconds. */
async function runUntil(page: Page, title: string, status: string) {
  await expect(async () => {
    await page.getByRole('button', { name: 'Run checks again' }).click()
    await expect(row(page, title)).toContainText(status, { timeout: 1000 })
  }).toPass()
}

base('is no page where it is not turned on', async ({ page }) => {
  await page.goto('/diagnostics')
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible()
})

test('everything passes if nothing is wrong', async ({ page, appUrl }) => {
  await comeConnected(page)
  await open(page)
  await expect(summary(page).getByText('20 passed', { exact: true })).toBeVisible()
  await expect(summary(page).getByText('Sign-in works.', { exact: true })).toBeVisible()
  await expect(page.getByRole('listitem')).toHaveCount(20)
  await expect(row(page, 'Redirect URI to register').getByRole('code')).toHaveText(
    `${appUrl}/auth/callback`,
  )
  await expect(row(page, 'Cookies')).toContainText('HttpOnly; SameSite=Strict; Path=/')
})

test('a redirect URI that is not registered is named, with the fix, until it is', async ({
  page,
  polar,
  appUrl,
}) => {
  const register = (uri: string) =>
    polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, { redirect_uris: [uri] })
  await open(page)
  await register('https://other.example/auth/callback')
  await runUntil(page, 'Redirect URI to register', 'Failed')
  await expect(row(page, 'Redirect URI to register')).toContainText(
    `Fix: Register exactly ${appUrl}/auth/callback for this client`,
  )
  await expect(summary(page).getByText('19 passed, 1 failed', { exact: true })).toBeVisible()
  await register(`${appUrl}/auth/callback`)
  await runUntil(page, 'Redirect URI to register', 'Passed')
})

test('the report holds what is shown, and no secret', async ({ page, context, appUrl, polar }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await comeConnected(page)
  await open(page)
  await page.getByRole('button', { name: 'Copy report' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  const report = await page.evaluate(() => navigator.clipboard.readText())
  expect(report).toContain(
    `# Diagnostics of ${appUrl}\n\nSign-in works. 20 passed.\n\n- **Passed** Server`,
  )
  const cookies = (await context.cookies()).filter(
    ({ httpOnly, value }) => httpOnly && value !== '1',
  )
  const grants = await polar.grants()
  const secrets = [
    ...cookies.map(({ value }) => value),
    ...grants.flatMap((grant) => [grant.access_token.value, grant.refresh_token.value ?? '-']),
  ]
  expect(secrets.length).toBeGreaterThan(2)
  expect(secrets.filter((secret) => secret !== '-' && report.includes(secret))).toEqual([])
  expect(report).not.toMatch(/polar_cs_[A-Za-z]/)
})

test('another address than the configured one is told', async ({ page, appUrl }) => {
  const elsewhere = appUrl.replace('localhost', 'app.localhost')
  await open(page, `${elsewhere}/diagnostics`)
  await expect(row(page, 'Redirect URI to register')).toContainText(
    `You opened ${elsewhere} but the app is configured for ${appUrl}.`,
  )
  await expect(row(page, 'Redirect URI to register')).toContainText('Failed')
})

test('a cookie that does not come back is told', async ({ page }) => {
  await page.route('**/bff/diagnostics*', async (route) => {
    const { cookie: _, ...headers } = await route.request().allHeaders()
    await route.fulfill({ response: await route.fetch({ headers: { ...headers, cookie: '' } }) })
  })
  await open(page)
  await expect(row(page, 'Cookies')).toContainText('Failed')
  await expect(row(page, 'Cookies')).toContainText('The browser dropped the cookie')
})

test('a cookie that script can read is told', async ({ page }) => {
  await page.addInitScript(() => (document.cookie = 'polar_connect_leaked=1'))
  await open(page)
  await expect(row(page, 'Cookies')).toContainText('Script can read polar_connect_leaked.')
  await expect(row(page, 'Cookies')).toContainText('Failed')
})

test('a clock that is ten minutes off is told', async ({ page }) => {
  await page.clock.setSystemTime(Date.now() - 600_000)
  await open(page)
  await expect(row(page, 'Clock')).toContainText('Failed')
  await expect(row(page, 'Clock')).toContainText("clock is 10 minutes behind the server's.")
})

test('what the browser lacks is told, and how bad that is', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'BroadcastChannel', { value: undefined })
    Object.defineProperty(navigator, 'locks', { value: undefined })
    Object.defineProperty(crypto, 'subtle', { value: undefined })
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await open(page)
  await expect(row(page, 'Cross-tab messages')).toContainText('Needs attention')
  await expect(row(page, 'Cross-tab lock')).toContainText('Needs attention')
  await expect(row(page, 'Secure context')).toContainText('Fix: Use https or localhost.')
  await expect(row(page, 'Tab storage')).toContainText('Failed')
  await expect(
    summary(page).getByText('16 passed, 2 failed, 2 need attention', { exact: true }),
  ).toBeVisible()
})

test('without a server the browser is still checked', async ({ page }) => {
  await page.route('**/bff/health', (route) => route.abort())
  await open(page)
  await expect(row(page, 'Server reachable')).toContainText('Failed')
  await expect(row(page, 'Secure context')).toContainText('Passed')
})

test.describe('on a small phone', () => {
  test.use({ viewport: { width: 320, height: 640 } })

  test('has no fault that axe can see in either theme, and does not scroll sideways', async ({
    page,
  }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'locks', { value: undefined })
      Object.defineProperty(crypto, 'subtle', { value: undefined })
    })
    await open(page)
    expect(await faultsInThemes(page)).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
  })
})
