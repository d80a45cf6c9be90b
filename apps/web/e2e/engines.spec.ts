/** What looked or worked differently from engine to engine: each test holds in all of them. */
import type { Page } from '@playwright/test'
import { comeConnected, expect, test } from './fixtures.ts'

const boxOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).first().boundingBox()
  if (box === null) throw new Error(`${selector} is not drawn`)
  return box
}

test('a dialog is as high as its content', async ({ page }) => {
  await comeConnected(page, '/dashboard/connection')
  await page
    .getByRole('button', { name: /^Disconnect/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  const { height } = await boxOf(page, 'dialog[open]')
  expect(height).toBeLessThan(400)
})

test('the drawer begins with its first control', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 })
  await comeConnected(page)
  await page.getByRole('button', { name: 'Menu' }).click()
  await expect(page.getByRole('button', { name: 'Close menu' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Menu' })).toBeFocused()
})

test('the menu of the last row does not cover its button', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 600 })
  await comeConnected(page, '/dashboard/products')
  const button = page.getByRole('button', { name: /^Actions for/ }).last()
  await button.scrollIntoViewIfNeeded()
  await button.click()
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  const [menu, own] = [await boxOf(page, '.pc-menu:popover-open'), await button.boundingBox()]
  if (own === null) throw new Error('the button is gone')
  const apart =
    menu.y >= own.y + own.height - 1 ||
    menu.y + menu.height <= own.y + 1 ||
    menu.x + menu.width <= own.x + 1 ||
    menu.x >= own.x + own.width - 1
  expect(apart, JSON.stringify({ menu, own })).toBe(true)
})

test('an error of a form is not hidden by the header', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 500 })
  await comeConnected(page, '/dashboard/checkout-links/new')
  // What is missing is told before anyone is asked to allow more.
  await page.getByRole('button', { name: 'Allow creating links' }).click()
  const summary = page.locator('.pc-problems')
  await expect(summary).toBeFocused()
  const header = await boxOf(page, '.pc-header')
  await expect
    .poll(async () => (await summary.boundingBox())?.y ?? 0)
    .toBeGreaterThanOrEqual(header.y + header.height)
})

test('a browser that is too old gets a notice, and a current one does not', async ({ page }) => {
  await page.goto('/')
  const note = page.getByText('This browser is too old for this app')
  await expect(page.getByRole('button', { name: 'Connect with Polar' })).toBeVisible()
  await expect(note).toBeHidden()
  await page.addInitScript(() => {
    Object.defineProperty(CSSStyleSheet.prototype, 'cssRules', { value: [{ cssRules: [] }] })
  })
  await page.reload()
  await expect(note).toBeVisible()
})

test('a page from before a deploy loads the new version when a file is gone', async ({ page }) => {
  await comeConnected(page)
  let reloads = 0
  page.on('request', (request) => {
    if (request.isNavigationRequest()) reloads += 1
  })
  // The old files are gone, until the page asks for the new start page.
  await page.route(/\/assets\/list-screen-/, (route) =>
    reloads === 0 ? route.fulfill({ status: 404, body: '' }) : route.continue(),
  )
  await page.getByRole('navigation').first().getByRole('link', { name: 'Products' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible()
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  expect(reloads).toBe(1)
})
