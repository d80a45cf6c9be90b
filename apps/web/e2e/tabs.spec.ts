/** The tabs of one browser: they refresh, rest and log out together, and none waits for a dead one. */
import type { BrowserContext, Page, Route } from '@playwright/test'
import { allow } from './consent.ts'
import { comeConnected, expect, test } from './security/fixtures.ts'

const TEN_DAYS = 10 * 86_400

const weaving = (tab: Page) => tab.getByRole('row', { name: /Weaving workshop/ })

/** `METHOD /path` of every call that leaves the browser from now on. */
function watchCalls(context: BrowserContext): string[] {
  const calls: string[] = []
  context.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/bff/')) calls.push(`${request.method()} ${pathname}`)
  })
  return calls
}

async function openProducts(context: BrowserContext, count: number): Promise<Page[]> {
  const tabs = await Promise.all(Array.from({ length: count }, () => context.newPage()))
  await Promise.all(tabs.map((tab) => tab.goto('/dashboard/products')))
  for (const tab of tabs) await expect(weaving(tab)).toBeVisible()
  return tabs
}

test('five of them refresh once, even if the clock of the laptop is wrong', async ({
  context,
  deployment,
  page,
  polar,
}) => {
  await comeConnected(page)
  const tabs = await openProducts(context, 4)
  // One is of a laptop that is half a day ahead, one of a laptop that is half a day behind.
  for (const [tab, hours] of [
    [tabs[0], 12],
    [tabs[1], -12],
  ] as const) {
    await tab?.addInitScript((ahead) => {
      const now = Date.now.bind(Date)
      Date.now = () => now() + ahead * 3_600_000
    }, hours)
  }
  await deployment.travel(TEN_DAYS)
  const calls = watchCalls(context)
  await Promise.all(tabs.map((tab) => tab.reload()))
  for (const tab of tabs) await expect(weaving(tab)).toBeVisible()
  expect(calls.filter((call) => call === 'POST /bff/refresh')).toHaveLength(1)
  expect(await polar.tokenRequests('refresh_token')).toBe(1)
  await Promise.all(tabs.map((tab) => tab.reload()))
  for (const tab of tabs) await expect(weaving(tab)).toBeVisible()
  expect(await polar.tokenRequests('refresh_token')).toBe(1)
})

test('one that is closed during a refresh does not stop the others', async ({
  context,
  deployment,
  page,
  polar,
}) => {
  await comeConnected(page)
  const [other] = await openProducts(context, 1)
  await deployment.travel(TEN_DAYS)
  // Its refresh never leaves, so it keeps the lock as long as it lives.
  let holding = () => undefined as void
  const held = new Promise<void>((resolve) => (holding = resolve))
  await page.route('**/bff/refresh', () => holding())
  await page.goto('/dashboard/products', { waitUntil: 'commit' })
  await held
  const locks = await other?.evaluate(() => navigator.locks.query())
  expect(locks?.held?.map(({ name }) => name)).toContain('polar-connect:session')
  await other?.reload({ waitUntil: 'commit' })
  await page.close()
  if (other) await expect(weaving(other)).toBeVisible()
  expect(await polar.tokenRequests('refresh_token')).toBe(1)
})

test('those that were offline when a token expired continue', async ({
  context,
  deployment,
  page,
  polar,
}) => {
  await comeConnected(page, '/dashboard/connection')
  await expect(page.getByRole('heading', { level: 1, name: 'Connection' })).toBeVisible()
  await context.setOffline(true)
  await page.waitForFunction(() => !navigator.onLine)
  await deployment.travel(TEN_DAYS)
  const calls = watchCalls(context)
  await context.setOffline(false)
  await expect.poll(() => calls).toContain('GET /bff/session')
  await page.getByRole('link', { name: 'Products' }).first().click()
  // The overview has rows of products too.
  await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible()
  await expect(weaving(page)).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  expect(calls.filter((call) => call === 'POST /bff/refresh')).toHaveLength(1)
  expect(await polar.tokenRequests('refresh_token')).toBe(1)
})

test('all of them pause when Polar tells one to, and continue by themselves', async ({
  context,
  page,
}) => {
  await context.clock.install()
  await comeConnected(page)
  const [other] = await openProducts(context, 1)
  if (other === undefined) throw new Error('no tab')
  // As Polar's own refusal passes through: once, and then all is well.
  const headers = { 'Retry-After': '60' }
  const refuse = (route: Route) => route.fulfill({ status: 429, headers })
  await page.route('**/bff/api/v1/products/**', refuse, { times: 1 })
  const slowDown = (tab: Page) => tab.getByText(/Polar asked us to slow down/).first()
  await page.goto('/dashboard/products')
  await expect(slowDown(page)).toBeVisible()
  // Nothing of Polar's is asked for in the other tab while the pause lasts.
  const calls = watchCalls(context)
  await other.getByRole('link', { name: 'Overview' }).first().click()
  await expect(slowDown(other)).toBeVisible()
  expect(calls.filter((call) => call.includes('/bff/api/'))).toEqual([])
  await expect(async () => {
    await context.clock.fastForward(15_000)
    await expect(weaving(page)).toBeVisible({ timeout: 500 })
  }).toPass()
  expect(calls).toContain('GET /bff/api/v1/products/')
})

test('S54: a logout removes all data from every tab within a second, and leaves other browsers alone', async ({
  browser,
  context,
  deployment,
  page,
}) => {
  await comeConnected(page)
  const elsewhere = await browser.newContext({
    baseURL: deployment.origin,
    ignoreHTTPSErrors: true,
  })
  const theirs = await elsewhere.newPage()
  await comeConnected(theirs)
  const tabs = await openProducts(context, 2)
  for (const tab of tabs) {
    await tab.evaluate(() => {
      const root = document.body
      new MutationObserver(() => {
        const empty = !root.textContent.includes('Weaving workshop')
        if (empty) root.dataset['emptyAt'] ??= String(Date.now())
      }).observe(root, { childList: true, subtree: true })
    })
  }
  const answered = page.waitForResponse('**/bff/logout')
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByText('Log out', { exact: true }).click()
  await answered
  const loggedOutAt = await page.evaluate(() => Date.now())
  for (const tab of tabs) {
    await expect(tab.getByText('You logged out in another tab.')).toBeVisible()
    const emptyAt = Number(await tab.locator('body').getAttribute('data-empty-at'))
    expect(emptyAt - loggedOutAt).toBeLessThan(1000)
  }
  await theirs.goto('/dashboard/products')
  await expect(weaving(theirs)).toBeVisible()
  await elsewhere.close()
})

test('S54: another account in one of them removes the data of the first from the others', async ({
  context,
  page,
}) => {
  await comeConnected(page)
  const [other] = await openProducts(context, 1)
  if (other === undefined) throw new Error('no tab')
  await page.goto('/')
  await page.getByRole('button', { name: 'Connect a different organization' }).click()
  await allow(page, 'Nord Studio')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(other.getByText('You connected Nord Studio in another tab.')).toBeVisible()
  await expect(other.getByText('Weaving workshop')).toHaveCount(0)
  await expect(other.getByRole('row', { name: /Studio membership/ })).toBeVisible()
})

test('S54: a page from the browser’s cache shows nothing before it has checked the session', async ({
  context,
  page,
}) => {
  await comeConnected(page)
  const [kept] = await openProducts(context, 1)
  if (kept === undefined) throw new Error('no tab')
  // This Chromium keeps no page under automation, so it is told what it would be told.
  const fire = (type: 'pagehide' | 'pageshow') =>
    kept.evaluate(async (name) => {
      dispatchEvent(new PageTransitionEvent(name, { persisted: true }))
      // What is due at once is done before a page is put away.
      await Promise.resolve()
      return document.body.textContent.includes('Weaving workshop')
    }, type)
  let look = () => undefined as void
  const held = new Promise<void>((resolve) => (look = resolve))
  expect(await fire('pagehide')).toBe(false)
  await kept.route('**/bff/session', async (route) => {
    await held
    await route.continue()
  })
  expect(await fire('pageshow')).toBe(false)
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByText('Log out', { exact: true }).click()
  await expect(page).toHaveURL(/\/signed-out$/)
  await expect(kept.getByText('Weaving workshop')).toHaveCount(0)
  look()
  await expect(kept.getByRole('button', { name: 'Connect with Polar' }).first()).toBeVisible()
  await expect(kept.getByText('Weaving workshop')).toHaveCount(0)
})

test('a tab at the front door says that another one logged out', async ({ context, page }) => {
  await comeConnected(page, '/')
  await expect(page.getByRole('heading', { name: /^You're connected to / })).toBeVisible()
  const other = await context.newPage()
  await other.goto('/dashboard/connection')
  await other.getByRole('main').getByRole('button', { name: 'Log out' }).click()
  await expect(other).toHaveURL(/\/signed-out$/)
  await expect(page.getByRole('alert')).toContainText('You logged out in another tab.')
  await expect(page.getByRole('heading', { name: 'Connect your Polar account' })).toBeVisible()
})
