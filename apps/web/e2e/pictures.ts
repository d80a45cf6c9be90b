/**
 * Pictures of the screens, for the README and for looking at: `pnpm --filter web pictures` takes them
 * again. The README's are in docs/images, the others in test-results/pictures.
 */
import { fileURLToPath } from 'node:url'
import { allow, connect, expect, test, toConsent } from './fixtures.ts'

const IMAGES = fileURLToPath(new URL('../../../docs/images/', import.meta.url))
const OTHERS = fileURLToPath(new URL('../test-results/pictures/', import.meta.url))

const PAGES = [
  'products',
  'orders',
  'customers',
  'subscriptions',
  'metrics',
  'checkout-links',
  'checkout-links/new',
  'profile',
  'connection',
]

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 768, 1440]) {
    test(`${colorScheme} at ${width}`, async ({ browser, appUrl }) => {
      // A whole round through the app, each page drawn at its full length.
      test.setTimeout(240_000)
      const context = await browser.newContext({
        baseURL: appUrl,
        colorScheme,
        viewport: { width, height: width < 640 ? 740 : 900 },
        deviceScaleFactor: 1,
      })
      const page = await context.newPage()
      const shoot = async (name: string) => {
        await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
        await page.screenshot({
          path: `${OTHERS}${name}-${width}-${colorScheme}.png`,
          fullPage: true,
        })
      }
      await page.goto('/')
      await expect(page.getByRole('button', { name: 'Connect with Polar' })).toBeVisible()
      await shoot('index')
      await toConsent(page)
      await page.getByRole('radio', { name: 'Acme Books' }).check()
      await shoot('consent')
      if (width === 1440 && colorScheme === 'light') {
        await page.screenshot({ path: `${IMAGES}consent.png` })
      }
      await allow(page, 'Acme Books')
      await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
      await shoot('overview')
      if (width === 1440 && colorScheme === 'light') {
        await page.screenshot({ path: `${IMAGES}dashboard.png` })
      }
      for (const name of PAGES) {
        await page.goto(`/dashboard/${name}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await shoot(name.replace('/', '-'))
      }
      for (const name of ['products', 'orders', 'customers']) {
        await page.goto(`/dashboard/${name}`)
        await page.getByRole('table').getByRole('link').first().click()
        await expect(page.getByRole('link', { name: /^Back to/ })).toBeVisible()
        await shoot(`${name}-details`)
      }
      await page.goto('/connect/failed?reason=authorization_error.access_denied&ref=abcd2345')
      await shoot('failed')
      await context.close()
    })
  }
}

test('a whole sign-in, so that the pictures are of something that works', async ({ page }) => {
  await connect(page)
})
