/** From the index page to the dashboard and out again. */
import { allow, connect, deny, expect, test, toConsent } from './fixtures.ts'

test('a merchant connects an organization, sees its products, and logs out for good', async ({
  page,
  polar,
}) => {
  await polar.control('POST', '/sign-out')
  await page.goto('/')
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click()
  await allow(page, 'Acme Books')

  await expect(page).toHaveURL(/\/dashboard$/)
  await expect(page.getByText('Connected to Acme Books').first()).toBeVisible()
  await page.getByRole('link', { name: 'Products' }).first().click()
  // The overview has rows of products too.
  await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible()
  const row = page.getByRole('row', { name: /Weaving workshop/ })
  await expect(row).toContainText('$79.00')

  await page.reload()
  await expect(page.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
  expect(await polar.tokenRequests('authorization_code')).toBe(1)

  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByText('Log out', { exact: true }).click()
  await expect(page.getByRole('heading', { name: "You're logged out" })).toBeVisible()
  await expect(page.getByText('Weaving workshop')).toHaveCount(0)
  const [grant] = await polar.grants()
  expect([grant?.access_token.live, grant?.refresh_token.live]).toEqual([false, false])

  await page.goBack()
  await expect(page.getByRole('button', { name: 'Connect with Polar' })).toBeVisible()
  await expect(page.getByText('Weaving workshop')).toHaveCount(0)
})

test('a person connects as a user, and the second time needs no consent page', async ({
  page,
  polar,
}) => {
  await connect(page, 'user')
  await expect(page.getByText('ada@example.com').first()).toBeAttached()
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByText('Log out', { exact: true }).click()
  await expect(page.getByRole('heading', { name: "You're logged out" })).toBeVisible()

  await page.goto('/')
  await page.getByRole('radio', { name: 'All my organizations' }).check()
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  const shown = await polar.requests('/oauth2/authorize')
  expect(shown.at(-1)).toMatchObject({ status: 307, note: 'Consent skipped: already granted' })
})

test('a person who denies is told so, and the next try works', async ({ page }) => {
  await toConsent(page)
  await deny(page, 'Acme Books')
  await expect(page.getByRole('heading', { name: "You didn't allow access" })).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  await allow(page, 'Nord Studio')
  await expect(page.getByText('Connected to Nord Studio').first()).toBeVisible()
})

test('a sign-in leads to the requested page, with its query', async ({ page }) => {
  await page.goto('/dashboard/products?page=1&q=plan#list')
  await expect(page.getByText('Connect to continue to Products.')).toBeVisible()
  await expect(page).toHaveURL(/\/dashboard\/products\?page=1&q=plan#list$/)
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await allow(page, 'Acme Books')
  await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible()
  await expect(page).toHaveURL(/\/dashboard\/products\?page=1&q=plan#list$/)
})

test('a second try after a denial asks for the same, and returns to the same page', async ({
  page,
}) => {
  await page.goto('/dashboard/products?page=1')
  await page.getByRole('radio', { name: 'All my organizations' }).check()
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await deny(page)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('All current and future organizations')).toBeVisible()
  await allow(page)
  await expect(page).toHaveURL(/\/dashboard\/products\?page=1$/)
})

test('a sign-in is one token request, and leaves no code, token or secret behind', async ({
  browserName,
  page,
  polar,
}) => {
  test.skip(browserName === 'firefox', 'WebDriver BiDi shows no request body.')
  const bodies: string[] = []
  const complaints: string[] = []
  // What the content security policy refuses is told on the console.
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  const exchanged: string[] = []
  let verifier = ''
  page.on('response', async (response) => {
    const headers = JSON.stringify(await response.allHeaders())
    bodies.push(headers, await response.text().catch(() => ''))
  })
  page.on('request', (request) => {
    // What the address bar held when the exchange was sent.
    if (!request.url().endsWith('/bff/callback')) return
    exchanged.push(page.url())
    verifier = (request.postDataJSON() as { code_verifier: string }).code_verifier
  })
  await connect(page)
  expect(await polar.tokenRequests('authorization_code')).toBe(1)
  expect(complaints).toEqual([])
  expect(exchanged).toEqual([expect.stringMatching(/\/auth\/callback$/)])

  const entries = await page.evaluate(() =>
    JSON.stringify([history.state, Object.entries(sessionStorage)]),
  )
  const [grant] = await polar.grants()
  const secrets = [grant?.access_token.value, grant?.refresh_token.value, 'polar_cs_', verifier]
  const everything = [...bodies.filter((body) => !body.includes('name="organizations"')), entries]
  for (const secret of secrets) {
    expect(secret).toBeTruthy()
    expect(everything.filter((text) => text.includes(secret ?? ''))).toEqual([])
  }
  await page.goBack()
  expect(page.url()).not.toContain('/auth/callback')
})
