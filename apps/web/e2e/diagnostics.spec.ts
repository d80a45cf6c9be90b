/** The diagnostics page in a real browser: each check passes, and fails when its thing is spoiled. */
import { faultsInThemes } from './axe.ts'
import type { Page } from '@playwright/test'
import { startApp } from './app-process.ts'
import {
  catchRedirect,
  comeConnected,
  DEFAULT_CLIENT_ID,
  expect,
  test as base,
  testWithDiagnostics as test,
  toConsent,
} from './fixtures.ts'
import { sharedTexts } from './shared-texts.ts'

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

for (const path of ['/diagnostics', '/diagnostics/sign-in']) {
  base(`${path} does not exist unless it is turned on`, async ({ page }) => {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible()
  })
}

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

test('an unregistered redirect URI is named, with the fix, until it is registered', async ({
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

test('an address other than the configured one is reported', async ({ page, appUrl }) => {
  const elsewhere = appUrl.replace('localhost', 'app.localhost')
  await open(page, `${elsewhere}/diagnostics`)
  await expect(row(page, 'Redirect URI to register')).toContainText(
    `You opened ${elsewhere} but the app is set up for ${appUrl}.`,
  )
  await expect(row(page, 'Redirect URI to register')).toContainText('Failed')
})

test('a cookie that does not come back is reported', async ({ page }) => {
  await page.route('**/bff/diagnostics*', async (route) => {
    const { cookie: _, ...headers } = await route.request().allHeaders()
    await route.fulfill({ response: await route.fetch({ headers: { ...headers, cookie: '' } }) })
  })
  await open(page)
  await expect(row(page, 'Cookies')).toContainText('Failed')
  await expect(row(page, 'Cookies')).toContainText('The browser dropped the cookie')
})

test('a cookie that script can read is reported', async ({ page }) => {
  await page.addInitScript(() => (document.cookie = 'polar_connect_leaked=1'))
  await open(page)
  await expect(row(page, 'Cookies')).toContainText('Script can read polar_connect_leaked.')
  await expect(row(page, 'Cookies')).toContainText('Failed')
})

test('a clock that is ten minutes off is reported', async ({ page }) => {
  await page.clock.setSystemTime(Date.now() - 600_000)
  await open(page)
  await expect(row(page, 'Clock')).toContainText('Failed')
  await expect(row(page, 'Clock')).toContainText("clock is 10 minutes behind the server's.")
})

test('each missing browser feature is reported, with its effect', async ({ page }) => {
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

test('a check that the browser refuses is one failed row', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(document, 'cookie', {
      get() {
        throw new DOMException('No cookies here', 'SecurityError')
      },
    })
  })
  await open(page)
  await expect(row(page, 'Cookies')).toContainText('The browser refused: SecurityError')
  await expect(row(page, 'Tab storage')).toContainText('Tab storage works.')
})

test('links without an address are listed', async ({ page }) => {
  await open(page)
  await expect(row(page, 'Versions')).toContainText('Links that are missing: VITE_PRIVACY_URL')
})

test('without a server the browser is still checked', async ({ page }) => {
  await page.route('**/bff/health', (route) => route.abort())
  await open(page)
  await expect(row(page, 'Server reachable')).toContainText('Failed')
  await expect(row(page, 'Secure context')).toContainText('Passed')
})

test.describe('a sign-in, step by step', () => {
  const step = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })

  test('is empty before the first sign-in, and is linked from the checks', async ({
    page,
    appEnv,
    polarServer,
    runtime,
  }) => {
    const heading = page.getByRole('heading', { level: 1, name: 'Sign-in, step by step' })
    // No one has signed in to this one.
    const app = await startApp(runtime, polarServer.url, { env: appEnv })
    await open(page, `${app.url}/diagnostics`)
    await page.getByRole('link', { name: 'Sign-in, step by step' }).press('Enter')
    await expect(heading).toBeVisible()
    await expect(page).toHaveURL(`${app.url}/diagnostics/sign-in`)
    await expect(heading).toBeFocused()
    await expect(
      summary(page).getByText('No sign-in yet. Connect once, then come back.'),
    ).toBeVisible()
    await app.stop()
  })

  test('names the failed step and its reference, and shows every step of one that worked', async ({
    page,
    polar,
  }) => {
    await comeConnected(page)
    await page.getByRole('button', { name: /^Account:/ }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await expect(page.getByRole('heading', { level: 1, name: "You're logged out" })).toBeVisible()
    await toConsent(page)
    const back = await catchRedirect(page, 'Acme Books')
    await polar.control('POST', '/faults/presets/wrong-client-secret')
    await page.goto(back)
    await expect(page.getByText(/^Reference: /)).toBeVisible()
    const { searchParams } = new URL(page.url())
    const reference = searchParams.get('ref') ?? '-'
    await polar.control('DELETE', '/faults')

    await page.goto(`/diagnostics/sign-in?ref=${reference}`)
    const flow = page.getByRole('combobox', { name: 'Flow' })
    await expect(flow.locator('option:checked')).toHaveText(new RegExp(`, Failed, ${reference}$`))
    await expect(page.getByRole('listitem')).toHaveCount(9)
    await expect(step(page, '6. Server')).toContainText('Done')
    const failed = step(page, '7. Server → Polar')
    await expect(failed).toContainText('Failed')
    await expect(failed).toContainText('invalid_client')
    await expect(failed).toContainText("Polar's log: POST /v1/oauth2/token: 401")
    await expect(failed).toContainText(`Reference: ${reference}`)
    await expect(failed).toContainText('Fix:')
    await expect(step(page, '9. Server → Browser')).toContainText('Not reached')
    expect(await faultsInThemes(page)).toEqual([])
    expect(await sharedTexts(page)).toEqual([])

    await flow.press('ArrowDown')
    await expect(flow.locator('option:checked')).toHaveText(/, Connected$/)
    await expect(step(page, '9. Server → Browser')).toContainText('An organization is connected.')
    await expect(step(page, '10. Browser → Server')).toContainText('Logs out.')
    await expect(page).toHaveURL(/sign-in\?ref=./)
    await page.reload()
    await expect(flow.locator('option:checked')).toHaveText(/, Connected$/)

    await page.goto('/diagnostics/sign-in?ref=0abc1def')
    await expect(page.getByText(/has the reference 0abc1def\.$/)).toBeVisible()
  })
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
