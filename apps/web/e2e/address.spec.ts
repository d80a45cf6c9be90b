/** The app opened at another address than its own: the page names the right one and leads there. */
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** Other names of this machine, as a platform gives an app a second host name. */
const HOSTS = ['127.0.0.1', 'preview.localhost'] as const

async function expectAddress(page: Page, origin: string) {
  await expect(page.getByRole('heading', { name: `at ${origin}` })).toBeVisible()
  await expect(page.getByRole('button', { name: /reload|try again|connect/i })).toHaveCount(0)
  await expect(page.getByRole('main')).not.toContainText(/reload/i)
}

for (const host of HOSTS) {
  test.describe(`opened at ${host}`, () => {
    test.use({
      baseURL: ({ appUrl }, use) => {
        const url = new URL(appUrl)
        url.hostname = host
        return use(url.origin)
      },
    })

    test('says which address works, and its link opens the same page there', async ({
      page,
      appUrl,
    }) => {
      for (const path of ['/', '/dashboard/products?page=1#list']) {
        await page.goto(path)
        await expectAddress(page, appUrl)
        await page.getByRole('link', { name: `Open ${appUrl}` }).click()
        await expect(page).toHaveURL(new URL(path, appUrl).href)
        await expect(page.getByRole('button', { name: 'Connect with Polar' })).toBeVisible()
      }
    })

    test('says so too before a sign-in, and after a failed one', async ({ page, appUrl }) => {
      for (const path of ['/signed-out', '/connect/failed?reason=state_mismatch']) {
        await page.goto(path)
        await page.getByRole('button', { name: /^(Connect with Polar|Try again)$/ }).click()
        await expect(page.getByText(`Open Polar Connect at ${appUrl}`)).toBeVisible()
        await expect(page.getByRole('link', { name: `Open ${appUrl}` })).toBeVisible()
      }
    })
  })
}

test('over plain HTTP from another machine names the address, not the missing encryption', async ({
  page,
  appUrl,
}) => {
  // As a phone on the same network opens it: not a secure context, so there is no WebCrypto.
  await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }))
  const url = new URL(appUrl)
  url.hostname = '127.0.0.1'
  await page.goto(url.origin)
  await expectAddress(page, appUrl)
})
