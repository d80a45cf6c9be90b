/** The emulator's own pages, as its users meet them: without script, by keyboard, by axe. */
import { faultsInThemes } from './axe.ts'
import { allow, expect, test, toConsent } from './fixtures.ts'

test('asks for consent without script, and returns with the choice', async ({
  page,
  browser,
  polar,
  appUrl,
}) => {
  await page.goto('/')
  const request = page.waitForRequest((candidate) => candidate.url().startsWith(polar.url))
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  const address = (await request).url()

  const plain = await browser.newContext({ javaScriptEnabled: false })
  const bare = await plain.newPage()
  await bare.goto(address)
  await bare.getByRole('button', { name: 'Switch user' }).click()
  await expect(bare.getByRole('heading', { name: 'Sign in to the emulator' })).toBeVisible()
  await bare.getByRole('button', { name: 'Continue as Grace Hopper' }).click()
  // Grace belongs to one organization, so it is chosen for her.
  await expect(bare.getByRole('radio', { name: 'Acme Books' })).toBeChecked()
  const back = bare.waitForRequest((candidate) => candidate.url().startsWith(`${appUrl}/auth`))
  await allow(bare)
  expect(new URL((await back).url()).searchParams.get('code')).toMatch(/^polar_ac_/)
  await plain.close()
})

test('lets a person without an organization create one', async ({ page, polar }) => {
  await polar.control('POST', '/sign-in', { person: 'noor@example.com' })
  await page.goto('/')
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await expect(page.getByRole('heading', { name: 'Create an organization' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('Noor and Sons')
  await page.getByRole('textbox', { name: 'Slug' }).fill('noor-and-sons')
  await page.getByRole('button', { name: 'Create organization' }).click()
  await allow(page, 'Noor and Sons')
  await expect(page.getByText('Connected to Noor and Sons').first()).toBeVisible()
  await page.getByRole('link', { name: 'Products' }).first().click()
  await expect(page.getByRole('heading', { name: 'No products yet' })).toBeVisible()
})

test('tells the developer how an address differs from the registered one', async ({ page }) => {
  await toConsent(page)
  const url = new URL(page.url())
  const callback = url.searchParams.get('redirect_uri') ?? ''
  url.searchParams.set('redirect_uri', callback.replace('localhost', '127.0.0.1'))
  await page.goto(url.href)
  await expect(page.getByRole('heading', { name: "This app can't connect" })).toBeVisible()
  await expect(page.getByText('localhost and 127.0.0.1 are not the same to Polar')).toBeVisible()
})

/** The panel's tabs, as their addresses name them. */
const PANEL = [
  '',
  '_panel/faults',
  '_panel/requests',
  '_panel/clients',
  '_panel/people',
  '_panel/data',
]

test('has no tab with a fault that axe can see, in either theme', async ({ page, polar }) => {
  for (const tab of PANEL) {
    await page.goto(`${polar.url}/${tab}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await faultsInThemes(page), tab).toEqual([])
  }
})

test('has no page with a fault that axe can see, in either theme', async ({ page, polar }) => {
  await toConsent(page)
  const consent = page.url()
  const paths = [
    consent.replace('sub_type=organization', 'sub_type=user'),
    `${polar.url}/oauth2/authorize?client_id=unknown&response_type=code`,
    `${polar.url}/auth?return_to=/`,
    consent,
  ]
  for (const path of paths) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await faultsInThemes(page), path).toEqual([])
  }
  await page.getByRole('radio', { name: 'Acme Books' }).check()
  await page.getByRole('button', { name: 'Review scopes' }).click()
  await expect(page.getByRole('heading', { name: 'Review requested scopes' })).toBeVisible()
  expect(await faultsInThemes(page), 'permissions').toEqual([])
})
