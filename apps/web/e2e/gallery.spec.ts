/** Every part of the app in every state, by axe in three themes; and that no build has any of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { freePort } from './app-process.ts'
import { COLOUR_RULES, faultsOf } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { sharedTexts } from './shared-texts.ts'

const ROOM = fileURLToPath(new URL('../', import.meta.url))

test('no part has a fault that axe can see, in any state, in light, dark or forced colours', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const port = await freePort()
  const vite = await createServer({
    root: ROOM,
    // Beside a developer's own, which may be running.
    cacheDir: 'node_modules/.vite-gallery',
    logLevel: 'error',
    server: { port, hmr: false, watch: null },
  })
  await vite.listen()
  try {
    await page.clock.install()
    await page.goto(`http://localhost:${port}/__gallery#toast`, { timeout: 120_000 })
    await expect(page.getByRole('heading', { level: 1, name: 'Component gallery' })).toBeVisible()
    await expect(page.locator('#list-ready').getByText('Field notes')).toBeVisible()
    await expect(page.locator('#list-loading .pc-skeleton')).toBeVisible()
    await expect(page.locator('#metrics').getByRole('heading', { level: 3 })).toHaveCount(9)
    await expect(page.locator('#link-form-checked').getByRole('alert')).toBeVisible()
    const waiting = page.locator('section[id]:not([id$="loading"]):has([aria-busy="true"])')
    await expect.poll(() => waiting.evaluateAll((all) => all.map(({ id }) => id))).toEqual([])
    // Parts stand here more than once, each as the only one that it would be on its page.
    const without = ['landmark-unique']
    // A theme that fades in would be looked at half-way.
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    expect(await faultsOf(page, { without })).toEqual([])
    expect(await sharedTexts(page)).toEqual([])
    // What is slow says so from now on.
    await page.clock.fastForward(10_000)
    await expect(page.locator('#list-loading').getByText(/^Still loading/)).toBeVisible()
    // A theme is another set of colours over the same elements.
    for (const [theme, background] of [
      [{ colorScheme: 'dark' }, 'rgb(125, 176, 255)'],
      [{ colorScheme: 'light', forcedColors: 'active' }, 'rgb(255, 255, 255)'],
    ] as const) {
      await page.emulateMedia(theme)
      // A browser takes its time to draw such a page anew.
      const button = page.locator('#buttons .pc-button--primary')
      await expect(button).toHaveCSS('background-color', background)
      expect(await faultsOf(page, { rules: COLOUR_RULES }), JSON.stringify(theme)).toEqual([])
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
  } finally {
    await vite.close()
  }
})

test('the built app has no gallery', async ({ page }) => {
  await page.goto('/__gallery')
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible()
  const assets = `${ROOM}dist/assets/`
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'))
  expect(scripts).not.toHaveLength(0)
  const gallery = scripts.filter((name) =>
    readFileSync(assets + name, 'utf8').includes('Component gallery'),
  )
  expect(gallery).toEqual([])
})
