/** Checkout links that are there: changed, and deleted. */
import { allow, comeConnected, expect, test } from './fixtures.ts'

test('a merchant changes a checkout link and deletes it, by mouse and by keyboard', async ({
  page,
  polar,
}) => {
  await comeConnected(page, '/dashboard/checkout-links')
  const rows = page.getByRole('rowheader')
  await expect(rows.first()).toBeVisible()
  const count = await rows.count()
  const [name = '', next = ''] = await rows.allInnerTexts()

  // The first one takes a permission, and leads back to the list.
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
  await page.getByRole('menuitem', { name: 'Allow editing links' }).click()
  await allow(page, 'Acme Books')
  await expect(page).toHaveURL(/\/dashboard\/checkout-links$/)

  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Edit checkout link' })).toBeFocused()
  await page.getByRole('textbox', { name: 'Name' }).fill('Renamed')
  await page.getByRole('checkbox', { name: 'Require full billing address' }).check()
  // A draft survives a reload, and a link away asks first.
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Renamed')
  await page.getByRole('link', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Stay' })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Changes saved.')).toBeVisible()
  await expect(page.getByRole('rowheader', { name: 'Renamed' })).toBeVisible()
  const patches = (await polar.requests('/v1/checkout-links/')).filter(
    ({ method }) => method === 'PATCH',
  )
  expect(patches).toHaveLength(1)

  await page.getByRole('button', { name: 'Actions for Renamed' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Keep link' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Actions for Renamed' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Delete link' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Checkout link deleted.')).toBeVisible()
  await expect(rows).toHaveCount(count - 1)
  await expect(page.getByRole('link', { name: next, exact: true })).toBeFocused()
})
