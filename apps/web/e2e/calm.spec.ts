/** Nothing moves and nothing is asked for twice while a merchant looks around. */
import type { Page } from '@playwright/test'
import { comeConnected, DEFAULT_CLIENT_ID, expect, test } from './fixtures.ts'

const PAGES = [
  '',
  '/products',
  '/orders',
  '/customers',
  '/subscriptions',
  '/metrics',
  '/checkout-links',
  '/connection',
  '/profile',
]

const DETAILED = ['/products', '/orders', '/customers']

/** How much moved since the document began, by which elements; what a person did moves nothing here. */
async function shiftsOf(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    interface Shift extends PerformanceEntry {
      readonly value: number
      readonly sources: readonly { readonly node: Node | null }[]
    }
    const shifts = await new Promise<Shift[]>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries() as Shift[])).observe({
        type: 'layout-shift',
        buffered: true,
      })
      // If there is none, none is told: two frames are time enough for what is buffered.
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve([]), 100)))
    })
    const nameOf = ({ node }: { readonly node: Node | null }) =>
      node instanceof Element ? `${node.tagName}.${node.className}` : String(node?.nodeName)
    return shifts.map(
      ({ value, sources }) => `${value.toFixed(4)} ${sources.map(nameOf).join(', ')}`,
    )
  })
}

for (const width of [390, 768, 1440]) {
  test(`nothing moves while a page loads, and loads again, at ${width} px`, async ({
    page,
    polar,
  }) => {
    test.setTimeout(180_000)
    await page.setViewportSize({ width, height: 844 })
    await comeConnected(page)
    // Slow enough that each state is drawn: the page, its skeleton, its data.
    await polar.control('POST', '/faults', { path_contains: '/v1/', delay_ms: 400 })
    const moved: string[] = []
    const paths = [...PAGES]
    const look = async (path: string) => {
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      moved.push(...(await shiftsOf(page)).map((shift) => `${path || '/'} ${shift}`))
    }
    for (const path of paths) {
      await page.goto(`/dashboard${path}`)
      await look(path)
      await page.reload()
      await look(path)
      // The first record of a list has a page too.
      if (DETAILED.includes(path)) {
        const record = page.getByRole('rowheader').getByRole('link').first()
        const href = await record.getAttribute('href')
        paths.push(href!.replace(/^\/dashboard/, ''))
      }
    }
    expect(moved).toEqual([])
  })

  test(`nothing moves in a shop without sales, at ${width} px`, async ({ appUrl, page, polar }) => {
    await polar.control('POST', '/reset', { dataset: 'empty' })
    await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, {
      redirect_uris: [`${appUrl}/auth/callback`],
    })
    await page.setViewportSize({ width, height: 844 })
    await comeConnected(page)
    await polar.control('POST', '/faults', { path_contains: '/v1/', delay_ms: 400 })
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Get started' })).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    expect(await shiftsOf(page)).toEqual([])
  })
}

test('a tour of all pages asks Polar at most 25 times, and a second tour asks nothing', async ({
  page,
  polar,
}) => {
  const navigation = page.getByRole('navigation', { name: 'Main' })
  const names = await (async () => {
    await comeConnected(page)
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    return navigation.getByRole('link').allInnerTexts()
  })()
  expect(names.length).toBeGreaterThanOrEqual(8)
  const tour = async () => {
    for (const name of names) {
      await navigation.getByRole('link', { name, exact: true }).click()
      await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    }
  }
  const calls = async () =>
    (await polar.requests('/v1/')).filter(({ path }) => !path.includes('/oauth2/'))
  await tour()
  const first = await calls()
  expect(first.length).toBeGreaterThan(8)
  expect(first.length).toBeLessThanOrEqual(25)
  await tour()
  expect((await calls()).slice(first.length)).toEqual([])
})

/** What the page is made of, and where each piece stands. */
async function drawn(page: Page): Promise<string[]> {
  return page.locator('#root').evaluate((root) =>
    [...root.querySelectorAll('header *, nav *, main *, footer *')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      const text = element.childElementCount === 0 ? element.textContent : ''
      return `${element.tagName} ${text} ${[x, y, width, height].map(Math.round).join(' ')}`
    }),
  )
}

/** By who opens them: what shows before the scripts depends on it. */
const FIRST_PAGES = {
  'logged out': ['/', '/auth/callback?code=code&state=state'],
  'signed in': [
    '/auth/callback?code=code&state=again',
    '/dashboard',
    '/dashboard/orders',
    '/dashboard/orders/one',
    '/dashboard/profile',
  ],
} as const

for (const [who, paths] of Object.entries(FIRST_PAGES)) {
  for (const width of [390, 1440]) {
    test(`a page looks the same before and after its scripts run, ${who} at ${width} px`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 844 })
      await page.addInitScript((signedIn) => {
        if (signedIn) localStorage.setItem('polar-connect:signed-in', '2026-11-29')
      }, who === 'signed in')
      // The server says nothing, so both stay as they are.
      await page.route('**/bff/**', () => undefined)
      let scripts = Promise.withResolvers<void>()
      await page.route(/\/assets\/(?!boot-).*\.js$/, async (route) => {
        await scripts.promise
        await route.continue()
      })
      for (const path of paths) {
        scripts = Promise.withResolvers<void>()
        await page.goto(path, { waitUntil: 'commit' })
        await expect(page.locator('#root [inert] main')).toBeVisible()
        const before = await drawn(page)
        expect(before.length).toBeGreaterThan(10)
        scripts.resolve()
        await expect(page.locator('#root [inert]')).toHaveCount(0)
        await expect(page.locator('#root main')).toBeVisible()
        expect(await drawn(page), path).toEqual(before)
      }
    })
  }
}

test('a page whose end arrives after its scripts is shown once', async ({ page }) => {
  const end = Promise.withResolvers<void>()
  await page.route('/', async (route) => {
    const response = await route.fetch()
    const html = await response.text()
    const body = html.replace('<body>', '<body><script src="/late.js"></script>')
    await route.fulfill({ response, body })
  })
  await page.route('/late.js', async (route) => {
    await end.promise
    await route.fulfill({ contentType: 'text/javascript', body: '' })
  })
  const failures: Error[] = []
  page.on('pageerror', (error) => failures.push(error))
  const app = page.waitForResponse(/\/assets\/app-/)
  const session = page.waitForResponse('**/bff/session')
  await page.goto('/', { waitUntil: 'commit' })
  await (await app).finished()
  await (await session).finished()
  end.resolve()
  await page.getByRole('button', { name: 'Connect with Polar' }).click({ trial: true })
  await expect(page.locator('#root [inert]')).toHaveCount(0)
  await expect(page.locator('h1')).toHaveCount(1)
  expect(failures).toEqual([])
})
