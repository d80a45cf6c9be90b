/** Every screen by axe in both themes, and the whole way by keyboard. */
import type { Locator, Page } from '@playwright/test'
import { faultsInThemes, faultsOf } from './axe.ts'
import { comeConnected, expect, expectConsent, test } from './fixtures.ts'

const OPEN = [
  '/',
  '/signed-out',
  '/connect/failed?reason=authorization_error.access_denied',
  '/nowhere',
]
const CONNECTED = [
  '/dashboard',
  '/dashboard/products',
  '/dashboard/orders',
  '/dashboard/customers',
  '/dashboard/subscriptions',
  '/dashboard/metrics',
  '/dashboard/checkout-links',
  '/dashboard/checkout-links/new',
  '/dashboard/profile',
  '/dashboard/connection',
]

test('no screen has a fault that axe can see, in either theme', async ({ page }) => {
  // Fourteen screens, each looked at twice: on a slow machine that is more than a minute.
  test.setTimeout(240_000)
  for (const path of OPEN) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await faultsInThemes(page), path).toEqual([])
  }
  await comeConnected(page)
  for (const path of CONNECTED) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    expect(await faultsInThemes(page), path).toEqual([])
  }
})

test('what is selected looks selected in forced colours', async ({ browserName, page }) => {
  test.skip(browserName === 'firefox', 'Over WebDriver BiDi there are no forced colours.')
  await page.emulateMedia({ forcedColors: 'active' })
  await comeConnected(page)
  await page.getByRole('radio', { name: '7 days' }).click()
  await expect(page.getByRole('radio', { name: '7 days' })).toBeChecked()
  const background = (element: Locator) =>
    element.evaluate((node) => getComputedStyle(node).backgroundColor)
  const period = (name: string) => page.locator('label', { hasText: name })
  expect(await background(period('7 days'))).not.toBe(await background(period('30 days')))

  const navigation = page.getByRole('navigation', { name: 'Main' })
  const screen = (name: string) => navigation.getByRole('link', { name })
  expect(await background(screen('Overview'))).not.toBe(await background(screen('Orders')))

  await page.goto('/dashboard/orders')
  const head = (name: string) =>
    page.getByRole('columnheader', { name, exact: true }).getByRole('button')
  expect(await background(head('Date'))).not.toBe(await background(head('Amount')))
  // Of the colour of a text axe sees the one of the page, not the one of the system.
  expect(await faultsOf(page, { without: ['color-contrast'] })).toEqual([])
})

test('no screen cuts a text or scrolls sideways on a small phone, or at 200 and 400 percent', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await comeConnected(page)
  for (const path of [...CONNECTED, ...OPEN]) {
    // 1280 px, zoomed in: what is left is 640 and 320 px. Larger text counts alike: widths are in rem.
    await page.setViewportSize({ width: 640, height: 400 })
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    expect(await cutOrWide(page), `${path} at 200 %`).toEqual([])
    await page.setViewportSize({ width: 320, height: 256 })
    expect(await cutOrWide(page), `${path} at 400 %`).toEqual([])
  }
})

/** What shows less than all of its text, and the page if it is wider than its window. */
function cutOrWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    // Tables may scroll, and what is for those who listen alone has no size.
    const exempt = '.pc-visually-hidden, svg, select, [role="region"]'
    const cut = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
      const { overflowX, overflowY } = getComputedStyle(element)
      if (element.clientWidth === 0 || element.closest(exempt)) return false
      const wide = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1
      const high =
        ['hidden', 'clip'].includes(overflowY) && element.scrollHeight > element.clientHeight + 1
      return wide || high
    })
    const names = cut.map(({ className, innerText }) => `${className}: ${innerText.slice(0, 40)}`)
    return scrollWidth > clientWidth
      ? [...names, `the page, by ${scrollWidth - clientWidth}`]
      : names
  })
}

test('the keyboard alone leads from the index page to the dashboard', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Connect with Polar' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to main content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await tabTo(page.getByRole('button', { name: 'Connect with Polar' }))
  await page.keyboard.press('Enter')
  await expectConsent(page)
  await tabTo(page.getByRole('radio').first())
  await page.keyboard.press('Space')
  await tabTo(page.getByRole('button', { name: 'Review scopes' }))
  await page.keyboard.press('Enter')
  // A key on a page that is about to go would be lost.
  await expect(page.getByRole('heading', { name: 'Review requested scopes' })).toBeVisible()
  await tabTo(page.getByRole('button', { name: 'Authorize' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()

  async function tabTo(target: Locator) {
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Tab')
      if (await target.evaluate((element) => element === document.activeElement)) return
    }
    throw new Error('not reached by keyboard')
  }
})
