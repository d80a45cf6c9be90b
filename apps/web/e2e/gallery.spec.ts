/** The component gallery: each state of the app at its address, by axe in three themes; and no build has it. */
import type { Page } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { COLOUR_RULES, faultsOf } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { sharedTexts } from './shared-texts.ts'

const WEB = fileURLToPath(new URL('../', import.meta.url))

/** The states, as the gallery lists them. */
async function statesOf(page: Page, galleryUrl: string): Promise<readonly string[]> {
  await page.goto(galleryUrl, { timeout: 120_000 })
  await expect(page.getByRole('heading', { level: 1, name: 'Component gallery' })).toBeVisible()
  return page.getByRole('listitem').allInnerTexts()
}

/** Waits until `state` is there with all that it shows. One that loads stays so. */
async function expectState(page: Page, state: string) {
  await expect(page.getByRole('heading', { level: 1, name: state, exact: true })).toBeVisible()
  const stage = page.locator('.pc-gallery__stage').first()
  await expect(stage.locator('> *').first()).toBeAttached()
  if (!state.endsWith('loading')) {
    await expect(stage.locator('[aria-busy="true"]')).toHaveCount(0)
  }
}

/** All states take minutes: each part walks through a quarter. */
const PARTS = [1, 2, 3, 4]

for (const part of PARTS) {
  test(`no state has a fault that axe can see, in light, dark or forced colors: part ${part}`, async ({
    page,
    galleryUrl,
  }) => {
    test.setTimeout(300_000)
    const all = await statesOf(page, galleryUrl)
    const size = Math.ceil(all.length / PARTS.length)
    const states = all.slice((part - 1) * size, part * size)
    expect(states.length).toBeGreaterThan(20)
    await page.goto(`${galleryUrl}/${states[0]}`)
    for (const state of states) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, by the keyboard
      await test.step(state, async () => {
        await expectState(page, state)
        // A theme that fades in would be looked at half-way.
        await page.emulateMedia({
          colorScheme: 'light',
          forcedColors: 'none',
          reducedMotion: 'reduce',
        })
        expect(await faultsOf(page)).toEqual([])
        expect(await sharedTexts(page)).toEqual([])
        // A theme is another set of colours over the same elements.
        await page.emulateMedia({ colorScheme: 'dark' })
        expect(await faultsOf(page, { rules: COLOUR_RULES }), 'dark').toEqual([])
        await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' })
        expect(await faultsOf(page, { rules: COLOUR_RULES }), 'forced').toEqual([])
        expect(await overflowAt(page, 320)).toBeLessThanOrEqual(0)
        const next = page.getByRole('link', { name: 'Next state' })
        await next.press('Enter')
      })
    }
  })
}

/** How far the page is wider than its window. */
async function overflowAt(page: Page, width: number): Promise<number> {
  const { height = 720, ...before } = page.viewportSize() ?? {}
  await page.setViewportSize({ width, height })
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  await page.setViewportSize({ width: 1280, ...before, height })
  return overflow
}

test('a state is found by its name, has an address, and can be seen in other themes and widths', async ({
  page,
  galleryUrl,
}) => {
  test.setTimeout(180_000)
  const all = await statesOf(page, galleryUrl)
  expect(await faultsOf(page)).toEqual([])
  const search = page.getByRole('searchbox', { name: 'Search states' })
  await search.focus()
  await page.keyboard.type('export pau')
  await expect(page.getByRole('status')).toHaveText(`1 of ${all.length} states`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${galleryUrl}/export-paused`)
  await expect(page).toHaveTitle(/^export-paused/)
  await expect(page.locator('.pc-export').getByText(/^Waiting for Polar/)).toBeVisible()

  await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('checkbox', { name: 'Forced colors' }).check()
  await expect(page.locator('html')).toHaveAttribute('data-forced-colors', 'active')
  await page.getByRole('combobox', { name: 'Width' }).selectOption('360 px')
  const frame = page.frameLocator('iframe')
  await expect(frame.locator('.pc-export').getByText(/^Waiting for Polar/)).toBeVisible()
  expect(await frame.locator('html').evaluate(() => innerWidth)).toBe(360)
  await expect(frame.locator('html')).toHaveAttribute('data-forced-colors', 'active')

  // What it is looked at with stays, and is part of the address.
  await page.getByRole('link', { name: 'Next state' }).click()
  await expect(page).toHaveURL(`${galleryUrl}/export-stopped?forced=&width=360`)
  await expect(frame.locator('.pc-export')).toContainText('Export stopped at 100 of 4,812.')
  await page.getByRole('link', { name: 'Previous state' }).click()
  await expect(page).toHaveURL(/export-paused/)
  await page.getByRole('link', { name: 'All states' }).click()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'export-paused' })).toBeVisible()
  await page.goto(`${galleryUrl}/moon`)
  await expect(page.getByText('No state has the name moon.')).toBeVisible()
})

test('a list that loads for a long time says so', async ({ page, galleryUrl }) => {
  test.setTimeout(180_000)
  await page.clock.install()
  await page.goto(`${galleryUrl}/list-loading`, { timeout: 120_000 })
  await expect(page.locator('.pc-skeleton')).toBeVisible()
  await page.clock.fastForward(10_000)
  await expect(page.getByText(/^Still loading/)).toBeVisible()
})

test('the built app has no gallery', async ({ page }) => {
  for (const path of ['/__gallery', '/__gallery/header']) {
    // oxlint-disable-next-line no-await-in-loop -- one page
    await page.goto(path)
    // oxlint-disable-next-line no-await-in-loop
    await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible()
  }
  const assets = `${WEB}dist/assets/`
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'))
  expect(scripts).not.toHaveLength(0)
  const gallery = scripts.filter((name) =>
    readFileSync(assets + name, 'utf8').includes('Component gallery'),
  )
  expect(gallery).toEqual([])
})
