/** Checkout links that are there: changed, and deleted. */
import type { Page } from '@playwright/test'
import { allow, comeConnected, connect, deny, expect, test } from './fixtures.ts'

/** Before the products are there, the form has only other checkboxes. */
const products = (page: Page) => page.getByRole('group', { name: 'Products' })

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

test('a person who denies the permission is told so at the top of the form, and keeps the draft', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 640 })
  await comeConnected(page, '/dashboard/checkout-links/new')
  await page.getByRole('textbox', { name: 'Name' }).fill('Not today')
  await products(page).getByRole('checkbox').first().check()
  await page.getByRole('button', { name: 'Allow creating links' }).click()
  await deny(page, 'Acme Books')
  const denied = page.getByText('Permission not granted. Your draft is still here.')
  await expect(denied).toHaveCount(1)
  await expect(denied).toBeFocused()
  await expect(denied).toBeInViewport()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Not today')
  await expect(products(page).getByRole('checkbox').first()).toBeChecked()
})

test('a person with several organizations switches, and makes, changes and deletes a link there', async ({
  page,
  polar,
}) => {
  await connect(page, 'user')
  await expect(page.getByText('All organizations, in US dollars. Days in UTC.')).toBeVisible()
  const navigation = page.getByRole('navigation', { name: 'Main' })
  const organization = navigation.getByRole('combobox', { name: 'Organization' })
  await navigation.getByRole('link', { name: 'Orders' }).click()
  // With all of them each row says whose it is.
  await expect(page.getByRole('columnheader', { name: 'Organization' })).toBeVisible()
  await expect(page.getByRole('cell', { name: 'Acme Books' }).first()).toBeVisible()
  await organization.selectOption('Nord Studio')
  await expect(page).toHaveURL(/\?org=nord-studio$/)
  await expect(page.getByText('24 orders')).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Organization' })).toBeHidden()

  // It stays through links, a reload and Back.
  await page.getByRole('rowheader').first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: /^Order / })).toBeVisible()
  await expect(page).toHaveURL(/\?org=nord-studio$/)
  await expect(page.getByRole('definition').filter({ hasText: 'Nord Studio' })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Open in Polar/ })).toHaveAttribute(
    'href',
    /\/dashboard\/nord-studio\/sales\//,
  )
  await page.reload()
  await expect(organization).toHaveValue('nord-studio')
  await page.goBack()
  await expect(page.getByText('24 orders')).toBeVisible()

  await navigation.getByRole('link', { name: 'Checkout links' }).click()
  await expect(page).toHaveURL(/\/dashboard\/checkout-links\?org=nord-studio$/)
  await page.getByRole('link', { name: 'Create checkout link' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Made in the north')
  await products(page).getByRole('checkbox').first().check()
  await page.getByRole('button', { name: 'Allow creating links' }).click()
  await allow(page)
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Made in the north')
  await page.getByRole('button', { name: 'Create checkout link' }).press('Enter')
  await page.getByRole('link', { name: 'Back to checkout links' }).click()
  await page.getByRole('link', { name: 'Made in the north', exact: true }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Changed in the north')
  await page.getByRole('button', { name: 'Save changes' }).press('Enter')
  await page.getByRole('button', { name: 'Actions for Changed in the north' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete link' }).click()
  await expect(page.getByText('Checkout link deleted.')).toBeVisible()
  await expect(page.getByRole('rowheader', { name: 'Changed in the north' })).toBeHidden()

  const lists = (await polar.requests('/v1/checkout-links/')).filter(
    ({ method }) => method === 'GET',
  )
  for (const { query } of lists.filter((each) => each.path.endsWith('/'))) {
    expect(query).toContain('organization_id=')
  }
  await organization.selectOption('All organizations')
  await expect(page).toHaveURL(/\/dashboard\/checkout-links$/)
  await expect(page.getByRole('columnheader', { name: 'Organization' })).toBeVisible()
})
