/** What a person can set in Firefox alone. */
import { expect, test } from './fixtures.ts'

test.use({
  appEnv: { DIAGNOSTICS: '1' },
  launchOptions: ({ launchOptions }, use) =>
    use({ ...launchOptions, firefoxUserPrefs: { 'network.cookie.cookieBehavior': 2 } }),
})

test('with all cookies and site data blocked, diagnostics name that, and so does the start page', async ({
  page,
}) => {
  await page.goto('/diagnostics')
  const failed = page.getByRole('listitem').filter({ hasText: 'Failed' })
  await expect(failed.getByRole('heading')).toHaveText(['Cookies', 'Tab storage'])
  await expect(failed.first()).toContainText('Fix: Allow cookies for this site')
  await expect(failed.last()).toContainText('Fix: Allow site data for this site')
  await page.goto('/')
  await expect(page.getByText('Your browser is blocking cookies')).toBeVisible()
})
