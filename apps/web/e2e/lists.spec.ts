/** Lists and details as a merchant uses them, with few, no, many and awkward sales. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { allow, comeConnected, connect, DEFAULT_CLIENT_ID, expect, test } from './fixtures.ts'
import type { Polar } from './polar.ts'
import { en } from '../src/messages/en.ts'
import { RESOURCES } from '../src/resources/table.ts'
import { DEFAULT_SCOPES } from '@polar-connect/protocol'

const LISTS = RESOURCES.map(({ name, path, details }) => ({ ...en[name], path, details }))
/** Also for the lists that the app does not ask for by itself. */
const scopes = [...new Set([...DEFAULT_SCOPES, ...RESOURCES.flatMap(({ scope }) => scope ?? [])])]

async function seed(polar: Polar, appUrl: string, dataset: string) {
  await polar.control('POST', '/reset', { dataset })
  await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, {
    redirect_uris: [`${appUrl}/auth/callback`],
  })
}

const settled = (page: Page) => expect(page.locator('[aria-busy="true"]')).toHaveCount(0)

const overflowOf = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Texts that overlap by more than half a line. */
const overlapsOf = (page: Page) =>
  page.evaluate(() => {
    const range = document.createRange()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const lines: { readonly node: Node; readonly box: DOMRect }[] = []
    while (walker.nextNode()) {
      const node = walker.currentNode
      const parent = node.parentElement!
      if (node.nodeValue!.trim() === '' || !parent.checkVisibility()) continue
      if (parent.closest('.pc-visually-hidden, .pc-skip, option, header')) continue
      range.selectNodeContents(node)
      // Text that is cut off overlaps nothing.
      const frames: DOMRect[] = []
      for (let each: Element | null = parent; each !== null; each = each.parentElement) {
        if (getComputedStyle(each).overflow !== 'visible') frames.push(each.getBoundingClientRect())
      }
      const isSeen = (box: DOMRect) =>
        frames.every(({ top, bottom }) => top < box.bottom - 2 && box.top < bottom - 2)
      for (const box of range.getClientRects()) if (isSeen(box)) lines.push({ node, box })
    }
    return lines.flatMap(({ node, box }, index) =>
      lines
        .slice(index + 1)
        .filter((other) => other.node !== node)
        .filter((other) => {
          const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
          const height = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
          return width > 2 && height > Math.min(box.height, other.box.height) / 2
        })
        .map((other) => `${node.nodeValue} | ${other.node.nodeValue}`),
    )
  })

test('a merchant finds an order, looks into it, and comes back to where they were', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 480 })
  await comeConnected(page)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Orders' }).click()
  await expect(page).toHaveTitle('Orders · Polar Connect')
  await expect(page.getByRole('heading', { level: 1, name: 'Orders' })).toBeFocused()
  await expect(page.getByText('120 orders')).toBeVisible()

  await page.getByRole('columnheader', { name: 'Amount' }).getByRole('button').click()
  await expect(page).toHaveURL(/\?sort=-amount$/)
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page.getByRole('region', { name: 'Orders table, page 2 of 6' })).toBeFocused()
  await settled(page)
  const last = page.getByRole('rowheader').last().getByRole('link')
  const name = await last.innerText()
  await last.scrollIntoViewIfNeeded()
  const before = await page.evaluate(() => scrollY)
  expect(before).toBeGreaterThan(100)
  await last.click()
  await expect(page.getByRole('heading', { level: 1, name: `Order ${name}` })).toBeFocused()
  await expect(page.getByRole('row', { name: /^Total / })).toBeVisible()
  expect(await page.evaluate(() => scrollY)).toBe(0)

  // Nothing of the list is loaded any more: the browser by itself would give up on the way back.
  await page.reload()
  await expect(page.getByRole('row', { name: /^Total / })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/\?sort=-amount&page=2$/)
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(before)
  await page.getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Order ${name}` })).toBeFocused()
  await page.goBack()
  await expect(page.getByRole('link', { name, exact: true })).toBeFocused()
  await page.goForward()
  await expect(page.getByRole('heading', { level: 1, name: `Order ${name}` })).toBeVisible()
  await page.getByRole('definition').getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 2, name: 'Orders' })).toBeVisible()
  await page.getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Order ${name}` })).toBeVisible()
})

test('filters stay in the address, and the keyboard reaches all of them', async ({ page }) => {
  await comeConnected(page, '/dashboard/products')
  await expect(page.getByText('7 products')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search products' }).focus()
  await page.keyboard.type('plan')
  await expect(page.getByText('2 products')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('7 products')).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('R')
  await expect(page).toHaveURL(/\?type=recurring$/)
  await expect(page.getByText('2 products')).toBeVisible()
  await page.goBack()
  await expect(page.getByText('7 products')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Show archived' }).focus()
  await page.keyboard.press('Space')
  await expect(page.getByRole('row', { name: /Letters, first edition.*Archived/ })).toBeVisible()

  await page.getByRole('button', { name: 'Actions for Reader plan', exact: true }).focus()
  await page.keyboard.press('Enter')
  const sell = page.getByRole('menuitem', { name: 'Create checkout link for Reader plan' })
  await expect(sell).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/dashboard\/checkout-links\/new\?product=[0-9a-f-]{36}$/)

  await page.goto('/dashboard/subscriptions')
  await page.getByRole('combobox', { name: 'Status' }).selectOption('Canceling')
  await expect(page.getByRole('cell', { name: /^Ends / }).first()).toBeVisible()
  await expect(page.getByRole('cell', { name: 'Active' })).toHaveCount(0)
  const customer = page.getByRole('rowheader').first()
  const name = await customer.innerText()
  await page.getByRole('combobox', { name: 'Status' }).selectOption('All')
  const search = page.getByRole('searchbox', { name: 'Search subscriptions' })
  await search.pressSequentially(name.split(' ')[0]!)
  await expect(page).toHaveURL(/\?q=/)
  await expect(page.getByRole('rowheader', { name }).first()).toBeVisible()
})

test('a merchant reads what an order earned after its refund, and why it went back', async ({
  page,
  context,
}) => {
  await comeConnected(page, '/dashboard/orders?status=partially_refunded')
  const answer = await page.request.get('/bff/api/v1/orders/?status=partially_refunded&limit=100', {
    headers: { 'X-CSRF': '1', 'Sec-Fetch-Site': 'same-origin' },
  })
  const { items } = (await answer.json()) as { items: Record<string, number | string | boolean>[] }
  const order = items.find((each) => each['currency'] === 'usd' && each['is_invoice_generated'])!
  const usd = (cents: number) =>
    new Intl.NumberFormat('en-US', { style: 'currency', currency: 'usd' }).format(cents / 100)
  const [net, refunded, fee] = ['net_amount', 'refunded_amount', 'platform_fee_amount'].map(
    (member) => Number(order[member]),
  ) as [number, number, number]
  const search = page.getByRole('searchbox', { name: 'Search orders' })
  // Typed: in Firefox React does not hear of a text that Playwright fills in.
  await search.pressSequentially(String(order['invoice_number']))
  await expect(page.getByRole('rowheader')).toHaveCount(1)
  await search.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: /^Order / })).toBeFocused()

  const table = page.getByRole('table', { name: 'You get' })
  const amountOf = (name: string) =>
    table.getByRole('row', { name: new RegExp(`^${name}`) }).getByRole('cell')
  await expect(amountOf('Net')).toHaveText(usd(net))
  await expect(amountOf('Refunded')).toHaveText(usd(-refunded))
  await expect(amountOf("Polar's fee")).toHaveText(usd(-fee))
  await expect(amountOf('After fees')).toHaveText(usd(net - refunded - fee))

  await page.getByRole('button', { name: 'Allow access' }).focus()
  await page.keyboard.press('Enter')
  await allow(page, 'Acme Books')
  await expect(page.getByRole('heading', { level: 1, name: /^Order / })).toBeVisible()
  const refunds = page.getByRole('table', { name: 'Refunds' })
  await expect(refunds.getByRole('cell', { name: 'Refunded' }).first()).toBeVisible()
  await expect(refunds.getByRole('columnheader')).toHaveText([
    'Date',
    'Amount',
    'Tax',
    'Reason',
    'Status',
  ])

  const invoice = page.getByRole('button', { name: 'Open invoice (opens in a new tab)' })
  const [tab] = await Promise.all([context.waitForEvent('page'), invoice.click()])
  await expect(tab.getByText(String(order['invoice_number'])).first()).toBeVisible()
  expect(await tab.evaluate(() => window.opener as unknown)).toBeNull()
})

test('an organization without sales is told how to begin, on each page', async ({
  page,
  polar,
  appUrl,
}) => {
  await seed(polar, appUrl, 'empty')
  await comeConnected(page, '/dashboard', { scopes })
  const navigation = page.getByRole('navigation', { name: 'Main' })
  for (const { title, empty } of LISTS) {
    await navigation.getByRole('link', { name: title }).click()
    await expect(page.getByRole('heading', { name: empty })).toBeVisible()
  }
  await page.goto('/dashboard/orders/0f9e8d7c-6b5a-4493-8271-605f4e3d2c66')
  await expect(page.getByRole('heading', { name: "We couldn't find this order" })).toBeVisible()
  await page.getByRole('link', { name: 'Back to orders' }).click()
  await expect(page.getByRole('heading', { name: 'No orders yet' })).toBeVisible()
})

test('five thousand orders are as fast as five, and the next page is loaded in advance', async ({
  page,
  polar,
  appUrl,
}) => {
  await seed(polar, appUrl, 'large')
  await comeConnected(page, '/dashboard/orders')
  await expect(page.getByText('5,000 orders')).toBeVisible()
  // Those of the list: the overview has the latest few.
  const pages = async () =>
    (await polar.requests('/v1/orders/'))
      .filter(({ query }) => query.includes('limit=20'))
      .map(({ query }) => /page=(\d+)/.exec(query)?.[1])
  await expect.poll(pages).toEqual(['1', '2'])
  // What is there already shows while Polar is down.
  await polar.control('POST', '/faults/presets/polar-is-down')
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page.getByRole('region', { name: 'Orders table, page 2 of 250' })).toBeFocused()
  await expect(page.getByRole('rowheader')).toHaveCount(20)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await polar.control('DELETE', '/faults')
  // As many buyers as one search looks at still make an address that every server takes.
  await page.getByRole('searchbox', { name: 'Search orders' }).pressSequentially('example.com')
  await expect(page.getByText(/^Showing orders of the first 50 matching customers/)).toBeVisible()
  await expect(page.getByRole('rowheader')).toHaveCount(20)
  await page.goto('/dashboard/orders?page=9999')
  await expect(page.getByRole('region', { name: 'Orders table, page 250 of 250' })).toBeVisible()
  await expect(page).toHaveURL(/\?page=250$/)
})

test('awkward names, amounts and statuses fit the smallest phone', async ({
  page,
  polar,
  appUrl,
}) => {
  await seed(polar, appUrl, 'awkward')
  await page.setViewportSize({ width: 320, height: 640 })
  await comeConnected(page, '/dashboard', { scopes })
  for (const { title, thing, details } of LISTS) {
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: title }).click()
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused()
    await settled(page)
    expect(await overflowOf(page), title).toBeLessThanOrEqual(0)
    if (!details) continue
    await page.getByRole('rowheader').nth(1).getByRole('link').click()
    await expect(page.getByRole('link', { name: `Back to ${thing}` })).toBeVisible()
    await settled(page)
    expect(await overflowOf(page), `details of ${title}`).toBeLessThanOrEqual(0)
  }
  // The form of a link lists the products of those names.
  await page.goto('/dashboard/checkout-links')
  await page.getByRole('rowheader').first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Edit checkout link' })).toBeVisible()
  await settled(page)
  expect(await overflowOf(page), 'a checkout link').toBeLessThanOrEqual(0)
  await page.goto('/dashboard/orders')
  await expect(page.getByText('On hold by a newer polar').first()).toBeVisible()
  // A phone keeps the table a table, and sorts by a select.
  const row = page.getByRole('row', { name: /HUF 1,234\.56/ }).first()
  await expect(row.getByRole('cell')).toHaveCount(5)
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Amount, descending')
  await expect(page).toHaveURL(/\?sort=-amount$/)
})

test('awkward names are complete in a file, and each row names its organization', async ({
  browserName,
  page,
  polar,
  appUrl,
}) => {
  test.skip(browserName === 'firefox', 'WebDriver BiDi tells of no download.')
  await seed(polar, appUrl, 'awkward')
  await page.setViewportSize({ width: 320, height: 640 })
  await connect(page, 'user')
  await page.getByRole('button', { name: 'Menu' }).click()
  const menu = page.getByRole('dialog', { name: 'Menu' })
  await menu.getByRole('link', { name: 'Customers' }).click()
  await expect(page.getByRole('row', { name: /Nord Studio/ }).first()).toBeVisible()
  expect(await overflowOf(page)).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: 'Menu' }).click()
  await menu.getByRole('combobox', { name: 'Organization' }).selectOption('Acme Books')
  await page.keyboard.press('Escape')
  await expect(page.getByText('49 customers')).toBeVisible()
  expect(await overflowOf(page)).toBeLessThanOrEqual(0)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ])
  await expect(page.getByText('Exported 49 customers.')).toBeVisible()
  const file = readFileSync(await download.path(), 'utf8')
  expect(file.startsWith('\u{feff}Customer,Email,')).toBe(true)
  expect(file).toContain('שם בדוי לבדיקה,')
  expect(file).toContain("O'Example <b>& Sons</b>,")
  expect(file).toContain('made for, and then some more of it.",')
})

test('right-to-left names lie on nothing, and neither does a page from right to left', async ({
  page,
  polar,
  appUrl,
}) => {
  await seed(polar, appUrl, 'awkward')
  await comeConnected(page, '/dashboard', { scopes })
  const paths = ['', ...LISTS.map(({ path }) => `/${path}`), '/metrics', '/connection']
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    for (const path of paths) {
      await page.goto(`/dashboard${path}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await settled(page)
      for (const dir of ['ltr', 'rtl']) {
        await page.evaluate((way) => (document.documentElement.dir = way), dir)
        const where = `${path} at ${width} px, ${dir}`
        expect(await overflowOf(page), where).toBeLessThanOrEqual(0)
        expect(await overlapsOf(page), where).toEqual([])
      }
    }
  }
})

test('what stands beside a right-to-left name stays beside it', async ({ page, polar, appUrl }) => {
  await seed(polar, appUrl, 'awkward')
  await comeConnected(page, '/dashboard/customers?rows=50', { scopes })
  const name = 'שם בדוי לבדיקה'
  await page.getByRole('rowheader', { name }).first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByRole('link', { name: 'View all' }).last().click()
  // `Customer: …` reads from left to right, its name from right to left.
  const chip = page.getByText(`Customer: ${name}`)
  await expect(chip).toBeVisible()
  const left = await chip.evaluate((node, text) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
    const at = (searched: string) => {
      for (walker.currentNode = node; walker.nextNode();) {
        const index = walker.currentNode.nodeValue!.indexOf(searched)
        if (index < 0) continue
        const range = document.createRange()
        range.setStart(walker.currentNode, index)
        range.setEnd(walker.currentNode, index + 1)
        return range.getBoundingClientRect().left
      }
      return Number.NaN
    }
    return { colon: at(':'), first: at(text.slice(0, 3)), last: at(text.slice(-3)) }
  }, name)
  expect(left.colon).toBeLessThan(left.last)
  expect(left.last).toBeLessThan(left.first)

  await page.goto('/dashboard/products')
  await page.getByRole('rowheader', { name }).getByRole('link').click()
  const description = page.getByRole('definition').filter({ hasText: `${name}.` })
  const [frame, text] = await Promise.all([
    description.boundingBox(),
    description.getByText(name).boundingBox(),
  ])
  expect(text!.x).toBeCloseTo(frame!.x, 0)
  expect(text!.width).toBeLessThan(frame!.width / 2)
})

test('an order is printed whole, and nothing that only a screen needs', async ({
  browserName,
  page,
}) => {
  test.skip(browserName === 'firefox', 'Over WebDriver BiDi there is no paper.')
  await comeConnected(page, '/dashboard/orders?status=partially_refunded', {
    scopes: [...scopes, 'refunds:read'],
  })
  await page.getByRole('rowheader').first().getByRole('link').click()
  await expect(page.getByRole('table', { name: 'You get' })).toBeVisible()
  await settled(page)
  const main = page.getByRole('main')
  const values = await main.locator('dd, th, td').allInnerTexts()
  // A4 at 96 dots to the inch.
  await page.setViewportSize({ width: 794, height: 1123 })
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(page.getByRole('banner')).toHaveCount(0)
  await expect(page.getByRole('contentinfo')).toHaveCount(0)
  await expect(page.getByRole('button')).toHaveCount(0)
  expect(await overflowOf(page)).toBeLessThanOrEqual(0)
  const cut = await main
    .locator('dd, th, td')
    .evaluateAll((cells) =>
      cells
        .filter((cell) => cell.scrollWidth > cell.clientWidth + 1 || !cell.checkVisibility())
        .map(({ textContent }) => textContent),
    )
  expect(cut).toEqual([])
  expect((await main.locator('dd, th, td').allInnerTexts()).length).toBe(values.length)
  await expect(page.getByRole('heading', { level: 1, name: /^Order / })).toBeVisible()
})

test('no width hides a value, or the control that sorts the list', async ({
  page,
  polar,
  appUrl,
}) => {
  await seed(polar, appUrl, 'awkward')
  await comeConnected(page, '/dashboard', { scopes })
  for (const { title, path } of LISTS) {
    await page.goto(`/dashboard/${path}?rows=50`)
    for (const width of [1440, 1024, 1023, 768, 640, 639, 390, 320]) {
      await page.setViewportSize({ width, height: 800 })
      await expect(page.getByRole('rowheader').first()).toBeVisible()
      await settled(page)
      const hidden = await page
        .getByRole('table')
        .locator('tbody :is(th, td)')
        .evaluateAll((cells) =>
          cells
            .filter((cell, index) => {
              const { left, right, top, width } = cell.getBoundingClientRect()
              const next = cells[index + 1]?.getBoundingClientRect()
              const covered = next !== undefined && next.top === top && next.left < right - 1
              return !cell.checkVisibility() || width < 24 || left < 0 || covered
            })
            .map(({ textContent }) => textContent),
        )
      expect(hidden, `${title} at ${width} px`).toEqual([])
      expect(await overflowOf(page), `${title} at ${width} px`).toBeLessThanOrEqual(0)
      const sorts = page.getByRole('combobox', { name: 'Sort by' })
      await expect(sorts).toBeVisible({ visible: width < 1024 })
    }
  }
})

test('ACME-0042 is found among five thousand, by mouse and by keyboard', async ({
  page,
  polar,
  appUrl,
}) => {
  await seed(polar, appUrl, 'large')
  await comeConnected(page, '/dashboard/orders')
  await expect(page.getByText('5,000 orders')).toBeVisible()
  const search = page.getByRole('searchbox', { name: 'Search orders' })
  await search.pressSequentially('acme0042')
  await expect(page.getByText('1 order', { exact: true })).toBeVisible()
  const calls = (await polar.requests('/v1/orders/')).filter(({ query }) =>
    query.includes('sorting=invoice_number'),
  )
  expect(calls.length).toBeLessThanOrEqual(10)
  // Anywhere in the row.
  await page.getByRole('rowheader').locator('xpath=..').getByRole('cell').nth(2).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Order ACME-0042' })).toBeVisible()

  await page.goto('/dashboard/orders')
  await search.focus()
  await page.keyboard.type('ACME-0042')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 order', { exact: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Order ACME-0042' })).toBeFocused()

  await page.goto('/dashboard/orders?q=ACME-9999')
  await expect(page.getByText('No orders for "ACME-9999".')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'Dates' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '7 days' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\?from=\d{4}-\d{2}-\d{2}&to=\d{4}-\d{2}-\d{2}$/)
  await expect(page.getByText('5,000 orders')).toBeHidden()
  await page.getByRole('button', { name: 'Remove dates' }).press('Enter')
  await expect(page.getByText('5,000 orders')).toBeVisible()
})

test('an export waits while Polar asks for a pause, then has all orders, and can be cancelled', async ({
  browserName,
  page,
  polar,
  appUrl,
}) => {
  test.skip(browserName === 'firefox', 'WebDriver BiDi tells of no download.')
  test.setTimeout(180_000)
  await seed(polar, appUrl, 'large')
  await page.clock.install()
  await comeConnected(page, '/dashboard/orders')
  await expect(page.getByText('5,000 orders')).toBeVisible()
  const bar = page.locator('.pc-export')
  const start = page.getByRole('button', { name: 'Export CSV' })

  await start.focus()
  await page.keyboard.press('Enter')
  await expect(bar.getByText('Exporting 100 of 5,000 orders…')).toBeVisible()
  await expect(start).toHaveAttribute('aria-disabled', 'true')
  await bar.getByRole('button', { name: 'Cancel' }).focus()
  await page.keyboard.press('Enter')
  await expect(bar).toBeHidden()
  await expect(start).toHaveAttribute('aria-disabled', 'false')

  const until = async (text: string | RegExp) => {
    while (!(await bar.getByText(text).isVisible())) await page.clock.runFor(1000)
  }
  await start.click()
  await until(/^Exporting [23],\d00 of 5,000 orders…$/)
  // Other pages are used meanwhile.
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Products' })
    .click()
  await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible()
  await expect(page.getByRole('rowheader').first()).toBeVisible()
  await polar.control('POST', '/faults/presets/rate-limit')
  await until(/^Waiting for Polar\. Continuing in \d+ seconds?\.$/)
  // It covers nothing that the page itself has to say: a banner stands below it.
  await page.getByRole('button', { name: 'Refresh' }).click()
  const banner = page.locator('.pc-banners--shelf').getByText(/^Polar asked us to slow down\./)
  await expect
    .poll(async () => {
      const [over, under] = await Promise.all([bar.boundingBox(), banner.boundingBox()])
      return over !== null && under !== null && over.y + over.height <= under.y
    })
    .toBe(true)
  await polar.control('DELETE', '/faults')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      while (await bar.isVisible()) await page.clock.runFor(1000)
    })(),
  ])
  await expect(page.getByText('Exported 5,000 orders.')).toBeVisible()
  expect(download.suggestedFilename()).toMatch(/^orders-\d{4}-\d{2}-\d{2}\.csv$/)
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(lines).toHaveLength(5001)
  expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(5001)
})
