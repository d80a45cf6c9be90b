/** What other people's browsers bring: blockers, odd settings, jumping clocks, small budgets. */
import type { Page } from '@playwright/test'
import { startApp } from './app-process.ts'
import { comeConnected, DEFAULT_CLIENT_ID, expect, test } from './fixtures.ts'

async function pathsOfNavigation(page: Page): Promise<string[]> {
  const links = page.getByRole('navigation').first().getByRole('link')
  return links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
}

async function expectLoaded(page: Page) {
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toBeVisible()
  await expect(heading).not.toHaveText('This page stopped working')
  await expect(page.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0)
}

/** Goes to a page by its link in the navigation, and gives its title. */
async function follow(page: Page, path: string): Promise<string> {
  const link = page.locator(`nav a[href="${path}"]`).first()
  const name = await link.innerText()
  await link.click()
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
  await expectLoaded(page)
  return name
}

test.describe('a content blocker', () => {
  test('that blocks paths with /metrics is named, and the rest of the page works', async ({
    page,
  }) => {
    await page.route(/\/metrics/, (route) =>
      route.request().isNavigationRequest() ? route.continue() : route.abort('blockedbyclient'),
    )
    await comeConnected(page)
    const blocked = page.getByText('Something in your browser blocked this')
    await expect(blocked.first()).toBeVisible()
    await expect(page.getByRole('row', { name: /\$\d/ }).first()).toBeVisible()

    await page.getByRole('navigation').first().getByRole('link', { name: 'Metrics' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Metrics' })).toBeVisible()
    await expect(blocked.first()).toBeVisible()

    await page.unroute(/\/metrics/)
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await expect(page.getByRole('heading', { level: 3, name: 'Revenue' }).first()).toBeVisible()
  })

  test('is not blamed if the server is down', async ({ page }) => {
    await comeConnected(page)
    await page.route(/\/bff\//, (route) => route.abort('connectionrefused'))
    await page.getByRole('navigation').first().getByRole('link', { name: 'Products' }).click()
    await expect(page.getByText("This app's server isn't answering").first()).toBeVisible()
    await expect(page.getByText('Something in your browser')).toHaveCount(0)
  })
})

const ODD_SETTINGS = [
  { zone: 'Etc/Unknown', languages: ['en-US@posix'] },
  { zone: undefined, languages: undefined },
  { zone: '+05:30', languages: ['ar-EG-u-nu-arab', 'tr-TR'] },
] as const

for (const { zone, languages } of ODD_SETTINGS) {
  test(`a browser in zone ${zone} and languages ${languages?.join()} shows every page in UTC`, async ({
    page,
    polar,
  }) => {
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    await page.addInitScript(
      ([timeZone, names]) => {
        const told = Intl.DateTimeFormat.prototype.resolvedOptions
        Intl.DateTimeFormat.prototype.resolvedOptions = function () {
          return Object.assign(told.call(this), { timeZone })
        }
        Object.defineProperty(navigator, 'languages', { get: () => names })
        Object.defineProperty(navigator, 'language', { get: () => names?.[0] })
      },
      [zone, languages] as const,
    )
    await comeConnected(page)
    for (const path of [...(await pathsOfNavigation(page)), '/dashboard/profile']) {
      await page.goto(path)
      await expectLoaded(page)
    }
    const asked = await polar.requests('/v1/metrics/')
    expect(asked.length).toBeGreaterThan(0)
    for (const { query } of asked.filter(({ query: each }) => each.includes('start_date'))) {
      expect(new URLSearchParams(query).get('timezone')).toBe('UTC')
    }
    await page.goto('/dashboard/connection')
    await expect(page.locator('time').filter({ hasText: 'UTC' }).first()).toBeAttached()
    expect(errors).toEqual([])
  })
}

test('a tour of all pages, twice, fits into one minute of the sandbox', async ({
  browser,
  polar,
}) => {
  test.setTimeout(90_000)
  await polar.control('PATCH', '/settings', { rate_limit: 100 })
  const app = await startApp('node', polar.url, { env: { POLAR_RATE_LIMIT: '100' } })
  await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, {
    redirect_uris: [`${app.url}/auth/callback`],
  })
  const context = await browser.newContext({ baseURL: app.url })
  const page = await context.newPage()
  const refused: string[] = []
  page.on('response', (answer) => {
    if (answer.status() === 429) refused.push(answer.url())
  })
  try {
    await comeConnected(page)
    const paths = await pathsOfNavigation(page)
    expect(paths.length).toBeGreaterThan(5)
    await polar.control('DELETE', '/requests')
    await test.step('by their links, with one record of each list', async () => {
      for (const path of paths) {
        const name = await follow(page, path)
        const record = page.locator('main tbody th a').first()
        if (path === '/dashboard' || (await record.count()) === 0) continue
        await record.click()
        await expect(page.getByRole('heading', { level: 1, name, exact: true })).toHaveCount(0)
        await expectLoaded(page)
      }
    })
    const once = (await polar.requests('/v1/')).length
    await test.step('again by their links: all of it is fresh', async () => {
      for (const path of paths) await follow(page, path)
    })
    expect((await polar.requests('/v1/')).length).toBe(once)
    await test.step('and each one reloaded', async () => {
      for (const path of paths) {
        await page.goto(path)
        await expectLoaded(page)
      }
    })
    const all = (await polar.requests('/v1/')).length
    expect(refused).toEqual([])
    // Half of what the sandbox allows in a minute, also if this took several of them.
    expect(all, `${once} by links, ${all - once} by loading`).toBeLessThanOrEqual(50)
  } finally {
    await context.close()
    await app.stop()
  }
})
