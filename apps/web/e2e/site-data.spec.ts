/** Browsers that block site data: every page shows, and what cannot work says so. */
import type { Page } from '@playwright/test'
import { comeConnected, expect, test } from './fixtures.ts'

/** How browsers block it: Firefox throws or gives null, embedded views leave things out. */
const WAYS = {
  'gives null': () => {
    for (const name of ['localStorage', 'sessionStorage', 'BroadcastChannel']) {
      Object.defineProperty(globalThis, name, { get: () => null })
    }
    Object.defineProperty(navigator, 'locks', { get: () => null })
  },
  throws: () => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(globalThis, name, { get: refuse })
    }
    Object.defineProperty(globalThis, 'BroadcastChannel', { value: refuse })
    LockManager.prototype.request = () => Promise.reject(new DOMException('', 'SecurityError'))
  },
} as const

/** What went wrong on the page that no one handled. */
function watch(page: Page): readonly Error[] {
  const errors: Error[] = []
  page.on('pageerror', (error) => errors.push(error))
  return errors
}

async function expectPage(page: Page) {
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toBeVisible()
  await expect(heading).not.toHaveText('This page stopped working')
}

for (const [way, block] of Object.entries(WAYS)) {
  test.describe(`a browser that ${way} for site data`, () => {
    test.beforeEach(({ page }) => page.addInitScript(block))

    test('shows every public page, and says why no sign-in begins', async ({ page }) => {
      const errors = watch(page)
      for (const path of ['/connect/failed?reason=unknown', '/signed-out', '/nowhere', '/']) {
        await page.goto(path)
        await expectPage(page)
      }
      await page.getByRole('button', { name: 'Connect with Polar' }).click()
      await expect(page.getByText('Your browser is blocking site data')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Connect with Polar' })).toBeEnabled()
      expect(errors).toEqual([])
    })

    test('shows every page to someone who is connected, who can log out', async ({ page }) => {
      const errors = watch(page)
      await comeConnected(page)
      const links = page.getByRole('navigation').first().getByRole('link')
      const paths = await links.evaluateAll((all) =>
        all.map((link) => link.getAttribute('href') ?? ''),
      )
      expect(paths.length).toBeGreaterThan(5)
      for (const path of [...paths, '/dashboard/checkout-links/new', '/dashboard/connection']) {
        await page.goto(path)
        await expectPage(page)
      }
      await page.getByRole('button', { name: 'Log out' }).last().click()
      await expect(page.getByRole('heading', { name: "You're logged out" })).toBeVisible()
      expect(errors).toEqual([])
    })
  })
}
