/** Callbacks that are reloaded, repeated, forged or broken: never a dead end. */
import type { Page } from '@playwright/test'
import { allow, catchRedirect, connect, expect, test, toConsent } from './fixtures.ts'

const NO_FETCH = 'Over WebDriver BiDi a routed call cannot be fetched: it never answers.'

async function startsAgain(page: Page) {
  await page.getByRole('button', { name: 'Try again' }).click()
  await allow(page, 'Acme Books')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
}

test('opened a second time goes on to the app', async ({ page, polar }) => {
  await toConsent(page)
  const url = await catchRedirect(page, 'Acme Books')
  await page.goto(url)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await page.goto(url)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  expect(await polar.tokenRequests('authorization_code')).toBe(1)
})

test('opened in a second tab does not connect that tab, and still works in its own', async ({
  page,
  context,
  polar,
}) => {
  await toConsent(page)
  const url = await catchRedirect(page, 'Acme Books')
  const other = await context.newPage()
  await other.goto(url)
  await expect(other.getByRole('heading', { name: 'We lost track of this sign-in' })).toBeVisible()
  expect(await polar.tokenRequests('authorization_code')).toBe(0)
  // The tab that began holds the verifier.
  await page.goto(url)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await startsAgain(other)
})

test('reloaded after its use, without a session, offers another try', async ({ page }) => {
  await toConsent(page)
  const url = await catchRedirect(page, 'Acme Books')
  await page.route('**/bff/callback', (route) => route.abort())
  await page.goto(url)
  await expect(
    page.getByRole('heading', { name: "This app's server isn't answering" }),
  ).toBeVisible()
  await page.unroute('**/bff/callback')
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'This link was already used' })).toBeVisible()
  await startsAgain(page)
})

test('whose answer is lost after the cookie was set still signs in', async ({
  browserName,
  page,
  polar,
}) => {
  test.skip(browserName === 'firefox', NO_FETCH)
  await toConsent(page)
  await page.route('**/bff/callback', async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  })
  await allow(page, 'Acme Books')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(page.getByText('Connected to Acme Books').first()).toBeVisible()
  expect(await polar.tokenRequests('authorization_code')).toBe(1)
})

test('that a proxy answers instead of the app still signs in', async ({ browserName, page }) => {
  test.skip(browserName === 'firefox', NO_FETCH)
  await toConsent(page)
  await page.route('**/bff/callback', async (route) => {
    await route.fetch()
    await route.fulfill({ status: 504, contentType: 'text/html', body: '<h1>Gateway timeout</h1>' })
  })
  await allow(page, 'Acme Books')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

test('whose tokens are lost on a broken connection offers another try, and promises nothing', async ({
  page,
  polar,
}) => {
  await toConsent(page)
  await polar.control('POST', '/faults', {
    path_contains: '/v1/oauth2/token',
    grant_type: 'authorization_code',
    kind: 'drop_after_commit',
    times: 1,
  })
  await allow(page, 'Acme Books')
  await expect(
    page.getByRole('heading', { name: "Polar isn't responding right now" }),
  ).toBeVisible()
  // The pair exists, and no one has it: no word may say that nothing was connected.
  expect((await polar.grants())[0]?.access_token.live).toBe(true)
  await expect(page.getByRole('main')).not.toContainText(/nothing|revoked|no access/i)
  await startsAgain(page)
})

test('with another state is refused, and offers another try', async ({ page, polar }) => {
  await toConsent(page)
  const url = new URL(await catchRedirect(page, 'Acme Books'))
  url.searchParams.set('state', 'x'.repeat(43))
  await page.goto(url.href)
  await expect(
    page.getByRole('heading', { name: "We couldn't confirm this came from you" }),
  ).toBeVisible()
  expect(await polar.tokenRequests('authorization_code')).toBe(0)
  await startsAgain(page)
})

test('without a code offers another try', async ({ page }) => {
  await page.goto('/auth/callback')
  await expect(
    page.getByRole('heading', { name: 'The link from Polar is incomplete' }),
  ).toBeVisible()
  await startsAgain(page)
})

test('with an error that this tab did not cause shows none of its words', async ({ page }) => {
  await page.goto('/auth/callback?error=access_denied&error_description=Call+0800+FAKE&state=x')
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expect(page.getByText('0800')).toHaveCount(0)
})

test('of another person does not connect this browser, even if it is complete', async ({
  page,
  browser,
  appUrl,
}) => {
  const attacker = await browser.newContext({ baseURL: appUrl })
  const theirs = await attacker.newPage()
  await toConsent(theirs)
  const url = await catchRedirect(theirs, 'Sakura Works')
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'We lost track of this sign-in' })).toBeVisible()
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Connect with Polar' })).toBeVisible()
  await attacker.close()
})

test('replaces a live session', async ({ page, polar }) => {
  await connect(page)
  await page.goto('/')
  await page.getByRole('button', { name: 'Connect a different organization' }).click()
  await allow(page, 'Nord Studio')
  await expect(page.getByText('Connected to Nord Studio').first()).toBeVisible()
  await expect(page.getByText('Weaving workshop')).toHaveCount(0)
  await expect
    .poll(async () => (await polar.grants()).map(({ ended }) => ended))
    .toEqual(['revoked', null])
})
