/** A person's way through Polar's consent page. */
import { expect, type Page } from '@playwright/test'

/** From the index page to Polar's consent page. */
export async function toConsent(page: Page, subject: 'organization' | 'user' = 'organization') {
  await page.goto('/')
  if (subject === 'user') await page.getByRole('radio', { name: 'My user account' }).check()
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await expect(page.getByRole('heading', { name: /wants to connect to Polar/ })).toBeVisible()
}

export async function allow(page: Page, organization?: string) {
  if (organization !== undefined) await page.getByRole('radio', { name: organization }).check()
  await page.getByRole('button', { name: 'Allow' }).click()
}

/** All the way from the index page to the dashboard. */
export async function connect(page: Page, subject: 'organization' | 'user' = 'organization') {
  await toConsent(page, subject)
  await allow(page, subject === 'organization' ? 'Acme Books' : undefined)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
}

/** Allows as the consent page would, and holds the redirect back: its address, not visited yet. */
export async function catchRedirect(page: Page, organization: string): Promise<string> {
  const { origin, search } = new URL(page.url())
  const option = page.getByRole('radio', { name: organization })
  const answer = await page.request.post(`${origin}/v1/oauth2/consent${search}`, {
    form: { action: 'allow', organizations: (await option.getAttribute('value')) ?? '' },
    maxRedirects: 0,
  })
  const location = answer.headers()['location']
  if (location === undefined) throw new Error(await answer.text())
  return location
}
