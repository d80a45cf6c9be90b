/** Figures, charts and checkout links in a real browser: what a merchant does with them, also by keys alone. */
import type { Page } from '@playwright/test'
import { allow, comeConnected, DEFAULT_CLIENT_ID, expect, expectConsent, test } from './fixtures.ts'
import type { Polar } from './polar.ts'

/** A shop of this kind; the app of these tests stays registered. */
async function useShop(polar: Polar, appUrl: string, dataset: string): Promise<void> {
  await polar.control('POST', '/reset', { dataset })
  await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, {
    redirect_uris: [`${appUrl}/auth/callback`],
  })
}

const orders = (page: Page) => page.getByRole('table', { name: 'Latest orders' }).getByRole('row')

/** The calls to Polar's API so far, by path. */
async function apiCalls(polar: Polar): Promise<string[]> {
  const all = await polar.requests('/v1/')
  return all
    .filter(({ method, path }) => method === 'GET' && !path.includes('/oauth2/'))
    .map(({ path }) => path)
}

test('the overview asks Polar at most nine times, and not again while its data is fresh', async ({
  page,
  polar,
}) => {
  await comeConnected(page)
  await expect(orders(page)).toHaveCount(6)
  await polar.control('DELETE', '/requests')
  await page.reload()
  await expect(orders(page)).toHaveCount(6)
  await expect(page.getByRole('heading', { name: 'Revenue per day' })).toBeVisible()
  await page.getByRole('heading', { name: 'Top products' }).scrollIntoViewIfNeeded()
  await expect(page.getByRole('table', { name: 'Top products' })).toBeVisible()
  await expect(page.getByText(/on finished days: /)).not.toHaveCount(0)
  const cold = await apiCalls(polar)
  expect(cold.length).toBeLessThanOrEqual(9)
  expect(cold.filter((path) => path === '/v1/metrics/')).not.toHaveLength(0)

  await page.getByRole('link', { name: 'Connection', exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Connection' })).toBeVisible()
  await polar.control('DELETE', '/requests')
  await page.getByRole('link', { name: 'Overview', exact: true }).first().click()
  await expect(orders(page)).toHaveCount(6)
  await expect(page.getByRole('heading', { name: 'Revenue per day' })).toBeVisible()
  expect(await apiCalls(polar)).toEqual([])
})

/** What the tile says of a figure, read as a person who listens hears it. */
const changeOf = (page: Page, figure: string) =>
  page
    .locator('.pc-tiles > div', { has: page.getByText(figure, { exact: true }) })
    .getByText(/^(Up|Down) .*on finished days: |^No change$/)

/** In its first week a month says little: then a merchant looks at the one before. */
const MONTH = new Date().getUTCDate() < 8 ? 'Last month' : 'This month'

for (const way of ['mouse', 'keyboard'] as const) {
  test(`a merchant compares this month with the last, by ${way}`, async ({ page }) => {
    await comeConnected(page)
    const radio = (name: string) => page.getByRole('radio', { name })
    if (way === 'mouse') await radio(MONTH).click()
    else {
      await radio('30 days').focus()
      for (const name of ['90 days', '12 months', 'This month', 'Last month']) {
        if (await radio(MONTH).evaluate((input) => input === document.activeElement)) break
        await page.keyboard.press('ArrowRight')
        await expect(radio(name)).toBeFocused()
      }
    }
    await expect(radio(MONTH)).toBeChecked()
    await expect(
      page.getByText(
        /^[A-Z][a-z]+ 1–\d+.* compared with [A-Z][a-z]+ 1–\d+.*\.( Today isn't compared yet\.)?$/,
      ),
    ).toBeVisible()
    await expect(changeOf(page, 'Revenue')).toHaveText(
      /^(Up|Down)( [\d.]+%)? on finished days: \$[\d,.]+ against \$[\d,.]+$/,
    )
    const chart = page.getByRole('figure').filter({ hasText: 'Revenue per day' })
    // It stands twice in the chart: for narrow ones, and for wide ones.
    await expect(chart.getByText('Previous period').filter({ visible: true })).toHaveCount(1)
    // The first day beside the first day of the month before.
    if (way === 'keyboard') {
      await chart.getByRole('group', { name: 'Revenue per day' }).focus()
      await page.keyboard.press('Home')
    } else await chart.locator('.pc-plot > svg').hover({ position: { x: 5, y: 60 } })
    await expect(chart.getByRole('status')).toHaveText(
      /^[A-Z][a-z]+ 1, \$[\d,.]+, before \$[\d,.]+$/,
    )
  })
}

for (const width of [360, 768, 1024, 1280]) {
  test(`the name of the previous period lies over no bar, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 })
    await comeConnected(page)
    for (const period of ['7 days', '30 days', '12 months', 'Last month']) {
      await page.getByRole('radio', { name: period }).click()
      await expect(page.getByRole('radio', { name: period })).toBeChecked()
      await expect(page.locator('[aria-busy="true"], .pc-stale')).toHaveCount(0)
      const names = page.locator('.pc-plot__before-name:visible')
      await expect(names).not.toHaveCount(0)
      const covered = await names.evaluateAll((all) =>
        all.flatMap((name) => {
          const { left, right, top, bottom } = name.getBoundingClientRect()
          const bars = name.closest('svg')!.querySelectorAll('.pc-plot__bar')
          return [...bars]
            .map((bar) => bar.getBoundingClientRect())
            .filter((bar) => bar.left < right && left < bar.right)
            .filter((bar) => bar.top < bottom - 1 && top < bar.bottom)
            .map((bar) => [bar.left - left, bar.top - bottom])
        }),
      )
      expect(covered, period).toEqual([])
    }
  })
}

test('a chart does not move while a pointer reads it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await comeConnected(page)
  const chart = page.getByRole('figure').filter({ hasText: 'Revenue per day' })
  await expect(chart).toBeVisible()
  const plot = chart.locator('.pc-plot > svg')
  const before = await chart.evaluate((node) => node.getBoundingClientRect().height)
  const width = await plot.evaluate((node) => node.getBoundingClientRect().width)
  for (const x of [2, width / 2, width - 2]) {
    await plot.hover({ position: { x, y: 60 } })
    const strip = chart.locator('.pc-plot__readout span')
    await expect(strip).toBeVisible()
    expect(await chart.evaluate((node) => node.getBoundingClientRect().height)).toBe(before)
    // Whole, and inside of its chart.
    const [text, frame] = await Promise.all([strip.boundingBox(), chart.boundingBox()])
    expect(text!.x).toBeGreaterThanOrEqual(frame!.x)
    expect(text!.x + text!.width).toBeLessThanOrEqual(frame!.x + frame!.width)
  }
  await page.keyboard.press('Escape')
})

test('metrics work for a large shop, an empty one and an awkward one', async ({
  appUrl,
  browserName,
  context,
  page,
  polar,
}) => {
  test.skip(browserName === 'firefox', 'WebDriver BiDi tells of no download.')
  await useShop(polar, appUrl, 'large')
  await comeConnected(page, '/dashboard/metrics?period=12m&interval=day')
  await expect(page.getByRole('heading', { level: 3 })).toHaveCount(9)
  const revenue = page.getByRole('figure').filter({ hasText: 'Revenue per day' }).first()
  await revenue.getByRole('button', { name: 'Show table' }).click()
  await expect(revenue.getByRole('row').nth(330)).toBeAttached()
  const days = await revenue.getByRole('row').count()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    revenue.getByRole('button', { name: 'Download CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^revenue-\d{4}-\d\d-01-\d{4}-\d\d-\d\d\.csv$/)
  const file = await (await download.createReadStream()).toArray()
  const lines = Buffer.concat(file as Buffer[])
    .toString()
    .trimEnd()
    .split('\r\n')
  expect(lines).toHaveLength(days)
  expect(lines[0]).toBe('\u{feff}day,revenue,previous_period,currency')

  // By keys: the plot is one stop, and its points are read out.
  await revenue.getByRole('group', { name: 'Revenue per day' }).focus()
  await page.keyboard.press('End')
  await expect(revenue.getByRole('status')).toHaveText(/, \$[\d,.]+ so far$/)

  // Another Polar: no one has anything of the old one.
  await context.clearCookies()
  await useShop(polar, appUrl, 'empty')
  await comeConnected(page)
  await expect(page.getByRole('heading', { name: 'Get started' })).toBeVisible()
  await page.goto('/dashboard/metrics')
  await expect(page.getByRole('heading', { name: 'Not enough data yet' })).toBeVisible()
  await page.goto('/dashboard/checkout-links')
  await expect(page.getByRole('heading', { name: 'No checkout links yet' })).toBeVisible()

  await context.clearCookies()
  await useShop(polar, appUrl, 'awkward')
  await page.setViewportSize({ width: 320, height: 700 })
  await comeConnected(page)
  for (const path of ['', '/metrics?period=90d', '/checkout-links', '/checkout-links/new']) {
    await page.goto(`/dashboard${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, path).toBe(320)
  }
})

test('a person signs in, creates a link and logs out by keyboard alone', async ({
  page,
  polar,
}) => {
  /** Goes on by Tab until the element of this name and role has the focus, or back by Shift+Tab. */
  async function tabTo(role: string, name: RegExp, key = 'Tab'): Promise<void> {
    const target = page.getByRole(role as 'button', { name }).first()
    await expect(target).toBeVisible()
    for (let steps = 0; steps < 80; steps += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press(key)
    }
    throw new Error(`${key} does not reach ${role} ${name.source}`)
  }

  await page.goto('/')
  await tabTo('button', /^Connect with Polar$/)
  await page.keyboard.press('Enter')
  // The front door has radios too: only those of Polar's page are meant.
  await expectConsent(page)
  await tabTo('radio', /./)
  await page.keyboard.press('Space')
  await tabTo('button', /^Review scopes$/)
  await page.keyboard.press('Enter')
  await tabTo('button', /^Authorize$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeFocused()
  const name =
    (await page
      .getByText(/^Connected to /)
      .first()
      .textContent()) ?? ''

  await tabTo('link', /^Create checkout link$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'New checkout link' })).toBeFocused()
  await tabTo('textbox', /^Name$/)
  await page.keyboard.type('Made by keys')
  // Before the products are there, the form has only other checkboxes.
  await expect(
    page.getByRole('group', { name: 'Products' }).getByRole('checkbox').first(),
  ).toBeVisible()
  await tabTo('checkbox', /./)
  await page.keyboard.press('Space')
  await tabTo('button', /^Allow creating links$/)
  await page.keyboard.press('Enter')

  // Polar asks, and the draft is there when the person is back.
  await expectConsent(page)
  const option = page.getByRole('radio', { name: name.replace('Connected to ', '') })
  if (!(await option.isChecked())) {
    await tabTo('radio', /./)
    await page.keyboard.press('Space')
  }
  await tabTo('button', /^Review scopes$/)
  await page.keyboard.press('Enter')
  await tabTo('button', /^Authorize$/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/dashboard\/checkout-links\/new$/)
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Made by keys')
  await expect(page.getByRole('checkbox').first()).toBeChecked()
  await expect(page.getByRole('button', { name: 'Create checkout link' })).toBeFocused()
  await expect(page.getByText('Permission added. You can create the link now.')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Checkout link ready' })).toBeFocused()
  const writes = await polar.requests('/v1/checkout-links/')
  expect(writes.filter(({ method }) => method === 'POST')).toHaveLength(1)

  await tabTo('link', /^Back to checkout links$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('rowheader', { name: 'Made by keys' })).toBeVisible()
  // Forward would leave the page by its end, and Firefox then keeps the focus in its own toolbar.
  await tabTo('button', /^Account:/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  // A menu takes the focus when the browser has opened it, and keys go where the focus is.
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Log out' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: "You're logged out" })).toBeFocused()
})

test('a test payment through a link is an order on the dashboard', async ({
  context,
  page,
  polar,
}) => {
  await comeConnected(page)
  await expect(orders(page)).toHaveCount(6)
  const sold = page.getByRole('definition').nth(2)
  await expect(sold).toHaveText(/\d/)
  const before = await sold.textContent()
  await page.goto('/dashboard/products')
  await page.getByRole('button', { name: /^Actions for Weaving workshop/ }).click()
  await page.getByRole('menuitem', { name: /^Create checkout link for Weaving/ }).click()
  await expect(page.getByRole('checkbox', { name: /^Weaving workshop/ })).toBeChecked()
  await page.getByRole('textbox', { name: 'Name' }).pressSequentially('Test sale')
  await page.getByRole('button', { name: 'Allow creating links' }).click()
  await allow(page, 'Acme Books')
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Test sale')

  // The session ends before it is made: the draft stays, one click leads back to it.
  await polar.control('POST', '/grants/revoke-all')
  await polar.control('POST', '/clock', { advance_seconds: 60 })
  await page.getByRole('button', { name: 'Create checkout link' }).click()
  await page.getByRole('button', { name: 'Reconnect' }).first().click()
  await allow(page, 'Acme Books')
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Test sale')
  await page.getByRole('button', { name: 'Create checkout link' }).click()

  const opened = context.waitForEvent('page')
  await page.getByRole('link', { name: /^Open link/ }).click()
  const shop = await opened
  await expect(shop.getByRole('heading', { name: 'Test checkout' })).toBeVisible()
  await shop.getByLabel('Email').fill('buyer@example.com')
  await shop.getByRole('button', { name: 'Pay (test)' }).click()
  await expect(shop.getByRole('heading', { name: 'Payment received (test)' })).toBeVisible()

  await page.getByRole('link', { name: 'Overview', exact: true }).first().click()
  await expect(orders(page).nth(1)).toContainText('buyer@example.com')
  await expect(sold).not.toHaveText(before ?? '')
})

test.describe('where clocks change', () => {
  test.use({ timezoneId: 'Europe/Berlin' })

  for (const [day, before, after, from, until] of [
    ['2026-10-25', 'Oct 24', 'Oct 26', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
    ['2026-03-29', 'Mar 28', 'Mar 30', '2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'],
  ] as const) {
    test(`the day ${day} is one day of charts and filters`, async ({ appUrl, page, polar }) => {
      await useShop(polar, appUrl, 'large')
      const days = `from=${day.slice(0, 8)}${before.slice(4)}&to=${day.slice(0, 8)}${after.slice(4)}`
      await comeConnected(page, `/dashboard/metrics?period=custom&${days}&interval=day`)
      const orders = page.getByRole('figure').filter({ hasText: 'Orders per day' }).first()
      await orders.getByRole('button', { name: 'Show table' }).click()
      const middle = before.slice(0, 4) + day.slice(8)
      await expect(orders.getByRole('rowheader')).toHaveText(
        [before, middle, after].map((short) => `${short}, 2026`),
      )

      await polar.control('DELETE', '/requests')
      await page.goto(`/dashboard/orders?from=${day}&to=${day}`)
      await expect(page.getByRole('button', { name: 'Remove dates' })).toBeVisible()
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      const [asked] = await polar.requests('/v1/orders/')
      const query = new URLSearchParams(asked!.query)
      expect([query.get('created_after'), query.get('created_before')]).toEqual([from, until])
    })
  }
})
