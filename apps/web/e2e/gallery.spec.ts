/** Every part of the app in every state, by axe in three themes; and that no build has any of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { createServer } from 'vite'
import { freePort } from './app-process.ts'
import { expect, test } from './fixtures.ts'

const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

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
    const faults = async (rules?: string[]) => {
      // In one go: there are no frames, and to carry so large a page to another costs a minute.
      const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
      // Parts stand here more than once, each as the only one that it would be on its page.
      if (rules === undefined) axe.disableRules(['landmark-unique'])
      else axe.withRules(rules)
      const { violations } = await axe.analyze()
      return violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target) }))
    }
    // A theme that fades in would be looked at half-way.
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    expect(await faults()).toEqual([])
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
      expect(await faults(COLOUR_RULES), JSON.stringify(theme)).toEqual([])
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
