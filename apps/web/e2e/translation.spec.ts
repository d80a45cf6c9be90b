/**
 * Pages that the browser translates. Translators put each text into an element of their own, while
 * the app goes on: it must never lose its place in the page, and what it shows stays right.
 */
import type { Page } from '@playwright/test'
import { comeConnected, expect, test } from './fixtures.ts'
import { sharedTexts } from './shared-texts.ts'

declare global {
  /** How the page is translated, from its first text on. */
  function translateAs(way: 'wraps' | 'replaces'): void
}

/** As Chrome does it: `<font><font>text</font></font>`, and nothing below `translate="no"`. */
function addTranslator(): void {
  globalThis.translateAs = (way) => {
    function translate(text: Text): void {
      const { parentElement: parent, data } = text
      const skipped = 'script, style, textarea, svg, font, [translate="no"] *, [translate="no"]'
      if (parent === null || data.trim() === '' || parent.matches(skipped)) return
      const font = document.createElement('font')
      const inner = font.appendChild(document.createElement('font'))
      text.replaceWith(font)
      if (way === 'wraps') inner.append(text)
      else inner.append(data)
    }
    function translateBelow(root: Node): void {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      const found: Text[] = []
      while (texts.nextNode()) found.push(texts.currentNode as Text)
      for (const text of found) translate(text)
    }
    new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) {
        if (type === 'characterData') translate(target as Text)
        for (const node of addedNodes) {
          if (node instanceof Text) translate(node)
          else translateBelow(node)
        }
      }
    }).observe(document, { childList: true, subtree: true, characterData: true })
    translateBelow(document.body)
  }
}

/** What is a figure, an id or code, and may not be changed by a translator. */
const untranslated = (page: Page) =>
  page
    .locator('[translate="no"]')
    .evaluateAll((all) => all.map((each) => each.textContent?.trim()).filter(Boolean))

for (const way of ['wraps', 'replaces'] as const) {
  test(`a translator that ${way} each text breaks no page`, async ({ page }) => {
    test.setTimeout(90_000)
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    await page.addInitScript(addTranslator)
    await comeConnected(page)
    await page.evaluate((chosen) => translateAs(chosen), way)
    const main = page.getByRole('main')
    const navigation = page.getByRole('navigation').first()

    await test.step('another period shows other figures', async () => {
      const revenue = main.getByText('Revenue').first().locator('xpath=ancestor::div[dt]/dd[1]')
      await expect(revenue).toHaveText(/^\$/)
      const month = await revenue.innerText()
      await page.getByRole('radio', { name: '12 months' }).click()
      await expect(revenue).not.toHaveText(month)
      await page.getByRole('radio', { name: '30 days' }).click()
      await expect(revenue).toHaveText(month)
    })
    await test.step('every page, by its link, and back again', async () => {
      const links = navigation.getByRole('link')
      const count = await links.count()
      expect(count).toBeGreaterThan(5)
      for (let index = 0; index < count; index += 1) {
        const link = links.nth(index)
        const name = (await link.innerText()).trim()
        await link.click()
        await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
        await expect(main.locator('[aria-busy="true"]')).toHaveCount(0)
        expect(await sharedTexts(page), name).toEqual([])
      }
      await page.goBack()
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    })
    await test.step('a list that is sorted and searched shows the right rows', async () => {
      await navigation.getByRole('link', { name: 'Customers' }).click()
      await main.getByRole('button', { name: 'Email' }).click()
      await expect(page).toHaveURL(/sort=email/)
      // Typed: in Firefox React does not hear of a text that Playwright fills in.
      await main.getByRole('searchbox').pressSequentially('zzzz')
      await expect(main.getByRole('row')).toHaveCount(0)
      await main.getByRole('searchbox').press('Escape')
      await expect(main.getByRole('row').nth(2)).toBeVisible()
    })
    await test.step('an order has its figures and its id', async () => {
      await navigation.getByRole('link', { name: 'Orders' }).click()
      // The rows of the customers have amounts too.
      await expect(page.getByRole('heading', { level: 1, name: 'Orders' })).toBeVisible()
      const row = main.getByRole('row').nth(1)
      const amount = (await row.getByText(/\$\d/).first().innerText()).trim()
      await row.getByRole('link').first().click()
      await expect(page.getByText('Order ID', { exact: true })).toBeVisible()
      await expect.poll(() => untranslated(page)).toContain(amount)
      const ids = (await untranslated(page)).filter((text) => /^[\da-f-]{36}$/.test(text ?? ''))
      expect(ids.length).toBeGreaterThan(0)
    })
    await test.step('a field shows an error, and removes it', async () => {
      await navigation.getByRole('link', { name: 'Metrics' }).click()
      await page.getByRole('radio', { name: 'Custom' }).click()
      const from = page.getByLabel('From')
      const day = await from.inputValue()
      await from.fill('2999-01-01')
      await from.blur()
      await expect(main.getByRole('alert')).not.toBeEmpty()
      await from.fill(day)
      await expect(main.getByRole('alert')).toBeEmpty()
    })
    await test.step('logging out', async () => {
      await page.getByRole('button', { name: /^Account:/ }).click()
      await page.getByText('Log out', { exact: true }).click()
      await expect(page.getByRole('heading', { name: "You're logged out" })).toBeVisible()
    })
    expect(errors.map(({ message }) => message)).toEqual([])
  })
}
