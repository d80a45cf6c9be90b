/** A person's way through Polar's consent page. */
import { expect, type Page } from '@playwright/test'
import type { AuthorizeAnswer, AuthorizeRequest } from '@polar-connect/protocol'
import { challengeOf, randomVerifier } from './pkce.ts'

/** Acme Books at the emulator, in each data set. */
const ACME = '1dbfc517-0bbf-4301-9ba8-555ca42b9731'

/** From the index page to Polar's consent page. */
export async function toConsent(page: Page, subject: 'organization' | 'user' = 'organization') {
  await page.goto('/')
  if (subject === 'user') await page.getByRole('radio', { name: 'All my organizations' }).check()
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await expectConsent(page)
}

/** Polar's consent page, in its first step. */
export async function expectConsent(page: Page) {
  await expect(page.getByRole('heading', { name: 'Select organizations' })).toBeVisible()
}

/** Both steps: the organization, if one is to be chosen, then the permissions. */
export async function allow(page: Page, organization?: string) {
  await reviewScopes(page, organization)
  await page.getByRole('button', { name: 'Authorize' }).click()
}

/** Only the second step lets a person deny, so the first one is answered before. */
export async function deny(page: Page, organization?: string) {
  await reviewScopes(page, organization)
  await page.getByRole('button', { name: 'Deny' }).click()
}

async function reviewScopes(page: Page, organization?: string) {
  await expectConsent(page)
  if (organization !== undefined) await page.getByRole('radio', { name: organization }).check()
  await page.getByRole('button', { name: 'Review scopes' }).click()
}

/** All the way from the index page to the dashboard. */
export async function connect(page: Page, subject: 'organization' | 'user' = 'organization') {
  await toConsent(page, subject)
  await allow(page, subject === 'organization' ? 'Acme Books' : undefined)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
}

/**
 * Connected already, and on a page of the dashboard: by the calls that the pages make, for journeys
 * that begin there. Those of the sign-in itself click their way, by {@link connect}.
 */
export async function comeConnected(
  page: Page,
  path = '/dashboard',
  wish: Pick<AuthorizeRequest, 'scopes'> = {},
) {
  const verifier = randomVerifier()
  const post = async (call: string, data: Readonly<Record<string, unknown>>) => {
    const headers = { 'X-CSRF': '1', 'Sec-Fetch-Site': 'same-origin' }
    const answer = await page.request.post(call, { data, headers })
    if (!answer.ok()) throw new Error(`${call}: ${await answer.text()}`)
    return (await answer.json()) as unknown
  }
  const begun = (await post('/bff/authorize', {
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
    ...wish,
  })) as AuthorizeAnswer
  const { searchParams } = await answerConsent(new URL(begun.authorization_url))
  await post('/bff/callback', { ...Object.fromEntries(searchParams), code_verifier: verifier })
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
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

/** Allows without a browser, and gives the address that Polar sends the person back to. */
export async function answerConsent(url: URL): Promise<URL> {
  const shown = await fetch(url, { redirect: 'manual' })
  // To its end, or its connection closes when no one looks at it any more.
  await shown.text()
  const skipped = shown.headers.get('Location')
  if (skipped !== null) return new URL(skipped)
  const form = new URLSearchParams({ action: 'allow', organizations: ACME })
  if (url.searchParams.get('sub_type') === 'user') form.delete('organizations')
  const posted = await fetch(`${url.origin}/v1/oauth2/consent${url.search}`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  })
  const location = posted.headers.get('Location')
  if (location === null) throw new Error(`no redirect: ${await posted.text()}`)
  return new URL(location)
}
