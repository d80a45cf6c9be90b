/** A session in use: time passes, access ends, permissions are missing. */
import {
  allow,
  comeConnected,
  connect,
  DEFAULT_CLIENT_ID,
  expect,
  expectConsent,
  test,
} from './fixtures.ts'

test('continues after its access token expires, without a notice', async ({ page, polar }) => {
  await comeConnected(page)
  await polar.control('POST', '/clock', { advance_seconds: 11 * 86_400 })
  await page.getByRole('link', { name: 'Products' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  expect(await polar.tokenRequests('refresh_token')).toBe(1)
})

test('whose grant was revoked reconnects with one click, on the same page', async ({
  page,
  polar,
}) => {
  await comeConnected(page, '/dashboard/products?page=1')
  await expect(page.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
  await polar.control('POST', '/grants/revoke-all')
  // Past the first seconds of a token, when a stray refusal is still believed to be one.
  await polar.control('POST', '/clock', { advance_seconds: 60 })
  await page.reload()
  const reconnect = page.getByRole('button', { name: 'Reconnect' }).first()
  await reconnect.click()
  await allow(page, 'Acme Books')
  await expect(page).toHaveURL(/\/dashboard\/products\?page=1$/)
  await expect(page.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
})

for (const way of ['mouse', 'keyboard'] as const) {
  test(`that ended still says so after a denied reconnect, and nothing else, by ${way}`, async ({
    page,
    polar,
  }) => {
    const press = async (name: string) => {
      const button = page.getByRole('button', { name, exact: true }).first()
      if (way === 'mouse') return button.click()
      await button.focus()
      await page.keyboard.press('Enter')
    }
    await comeConnected(page, '/dashboard/products?page=1')
    await expect(page.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
    await polar.control('POST', '/grants/revoke-all')
    await polar.control('POST', '/clock', { advance_seconds: 60 })
    await page.reload()
    await expect(
      page.getByText('Polar Connect no longer has access to Acme Books.').first(),
    ).toBeVisible()
    await press('Reconnect')
    await expectConsent(page)
    await page.getByRole('radio', { name: 'Acme Books' }).check()
    await press('Review scopes')
    // Each announcement from here on is kept, however short.
    await page.addInitScript(() => {
      const said: string[] = []
      Object.assign(window, { said })
      new MutationObserver(() => said.push(document.body?.textContent ?? '')).observe(document, {
        subtree: true,
        childList: true,
        characterData: true,
      })
    })
    await press('Deny')
    await expect(page).toHaveURL(/\/dashboard\/products\?page=1$/)
    await expect(
      page.getByText("You didn't allow access. Polar Connect still has no access to Acme Books."),
    ).toBeVisible()
    await expect(page.getByRole('button', { name: 'Reconnect' })).toBeVisible()
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said)
    expect(said.length).toBeGreaterThan(0)
    expect(said.filter((text) => text.includes('Connected to '))).toEqual([])

    // And one more click leads back, when they want to after all.
    await press('Reconnect')
    await allow(page, 'Acme Books')
    await expect(page.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
    await expect(page.getByText('Connected to Acme Books.')).toBeAttached()
  })
}

test('ends in every tab when one tab logs out', async ({ page, context }) => {
  await comeConnected(page)
  const other = await context.newPage()
  await other.goto('/dashboard/products')
  await expect(other.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByText('Log out', { exact: true }).click()
  await expect(other.getByText('You logged out in another tab.')).toBeVisible()
  await expect(other.getByText('Weaving workshop')).toHaveCount(0)
})

test('with fewer permissions than requested says what is missing', async ({ page, polar }) => {
  const scopes = ['openid', 'organizations:read', 'products:read']
  await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, { scopes })
  await comeConnected(page, '/dashboard/connection')
  await expect(
    page.getByText(/Asked for, but Polar didn't include: .*See your orders/),
  ).toBeVisible()
})

test('without a permission asks for it, and returns to the page with it', async ({
  page,
  polar,
}) => {
  const scopes = ['openid', 'organizations:read', 'orders:read']
  await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, { scopes })
  await comeConnected(page, '/dashboard/products?page=1')
  await expect(page.getByRole('heading', { name: 'Allow access to see this' })).toBeVisible()
  await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, {
    scopes: [...scopes, 'products:read'],
  })
  await page.getByRole('button', { name: 'Allow access' }).click()
  await allow(page, 'Acme Books')
  await expect(page).toHaveURL(/\/dashboard\/products\?page=1$/)
  await expect(page.getByRole('row', { name: /Weaving workshop/ })).toBeVisible()
})

test('requested silently without consent offers another try', async ({ browserName, page }) => {
  test.skip(browserName === 'firefox', 'WebDriver BiDi cannot change a request body.')
  await page.goto('/')
  await page.getByRole('radio', { name: 'All my organizations' }).check()
  await page.route('**/bff/authorize', async (route) => {
    // As an app would that calls connect({ prompt: 'none' }).
    const body = route.request().postDataJSON() as Record<string, unknown>
    await route.continue({ postData: JSON.stringify({ ...body, prompt: 'none' }) })
  })
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await expect(page.getByRole('heading', { name: 'Polar needs your approval' })).toBeVisible()
  await page.unroute('**/bff/authorize')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expectConsent(page)
})

test.describe('shows who is connected', () => {
  test('as a user', async ({ page }) => {
    await connect(page, 'user')
    await page.goto('/dashboard/profile')
    await expect(page.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible()
    await expect(page.getByRole('main').getByText('ada@example.com').first()).toBeVisible()
    await expect(page.getByText('Email verified')).toBeVisible()
  })

  test('as an organization of today', async ({ page }) => {
    await comeConnected(page, '/dashboard/profile')
    await expect(page.getByRole('heading', { level: 1, name: 'Acme Books' })).toBeVisible()
    await expect(page.getByText('acme-books').first()).toBeVisible()
    await expect(page.getByRole('main').getByText('ada@example.com').first()).toBeVisible()
  })

  test('with an organization token of the older kind', async ({ page, polar }) => {
    await polar.control('PATCH', '/settings', { organization_tokens: 'documented' })
    await comeConnected(page)
    expect((await polar.grants())[0]?.kind).toBe('organization')
    await page.goto('/dashboard/profile')
    await expect(page.getByRole('heading', { level: 1, name: 'Acme Books' })).toBeVisible()
    await expect(page.getByText('ada@example.com')).toHaveCount(0)
  })
})
