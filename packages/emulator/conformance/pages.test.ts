/** The pages for people, as HTML. They work without scripts. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parsePage, violationsOf, type Page, type PageElement } from './accessible.ts'
import { ACME, CALLBACK, NORD, startPolar, type Polar } from './polar.ts'

let polar: Polar
beforeEach(async () => {
  // These tests are about pages, so every write is committed immediately.
  polar = await startPolar({ commitDelayMs: [0, 0] })
})
afterEach(() => polar.close())

type Extra = Record<string, string | null>
const organization = { sub_type: 'organization' }
const textOf = (element: PageElement | null | undefined) =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim()
const signIn = (person: string) => polar.control('POST', '/sign-in', { person })

async function open(path: string) {
  const response = await polar.get(path)
  const html = await response.text()
  return { response, html, page: parsePage(html) }
}
const openConsent = (extra?: Extra) => open(`/oauth2/authorize?${polar.query(extra)}`)

/** Sends the form of the page, as a browser without scripts does. */
async function submit(page: Page, fields: Record<string, string>) {
  const form = page.querySelector('form[data-returning]')
  return polar.post(form?.getAttribute('action') ?? '', fields)
}
/** Goes from the first step to the second. */
async function review(page: Page, fields: Record<string, string> = { which: 'all' }) {
  const form = page.querySelector('form[data-choose]')
  const response = await polar.post(form?.getAttribute('action') ?? '', {
    step: 'permissions',
    ...fields,
  })
  const html = await response.text()
  return { response, html, page: parsePage(html) }
}
const backOf = (response: Response) => {
  const { origin, pathname, searchParams } = new URL(response.headers.get('Location') ?? '')
  return { address: origin + pathname, parameters: Object.fromEntries(searchParams) }
}

describe('the consent page', () => {
  it('shows the app, the person, and where the answer goes', async () => {
    const uri = 'https://ledger.example/about'
    const { client } = await polar.register({
      client_name: 'Ledger Sync',
      redirect_uris: [CALLBACK],
      client_uri: uri,
      tos_uri: `${uri}/terms`,
      policy_uri: `${uri}/privacy`,
    })
    const { page, html } = await openConsent({ client_id: client.client_id })
    expect(textOf(page.querySelector('h1'))).toBe('Select organizations')
    const text = textOf(page.body)
    expect(text).toContain('Ledger Sync would like to access your Polar account.')
    expect(text).toContain('Local emulator. Not the real Polar.')
    expect(text).toContain('Signed in as ada@example.com Switch user')
    expect(await violationsOf(html)).toEqual([])
    const second = await review(page)
    expect(
      [...second.page.querySelectorAll('a')].map((link) => [
        textOf(link),
        link.getAttribute('href'),
      ]),
    ).toEqual([
      ['Terms of Service', `${uri}/terms`],
      ['Privacy Policy', `${uri}/privacy`],
    ])
    expect(await violationsOf(second.html)).toEqual([])
  })

  it('C88: asks for organizations first, and for scopes second, where one can deny', async () => {
    const { page } = await openConsent(organization)
    const buttons = (shown: Page) => [...shown.querySelectorAll('main button')].map(textOf)
    expect(buttons(page)).toEqual(['Switch user', 'Review scopes'])
    const second = await review(page, { organizations: ACME })
    expect(textOf(second.page.querySelector('h1'))).toBe('Review requested scopes')
    expect(buttons(second.page)).toEqual(['Switch user', 'Back', 'Deny', 'Authorize'])
    const form = second.page.querySelector('form[data-returning]')
    expect(form?.getAttribute('action')).toBe(`/v1/oauth2/consent?${polar.query(organization)}`)
    const fields = [...(form?.querySelectorAll('[name]') ?? [])].map(({ name, value }) => [
      name,
      value,
    ])
    expect(fields).toEqual([
      ['organizations', ACME],
      ['action', 'deny'],
      ['action', 'allow'],
    ])
    const back = await polar.post(`/oauth2/authorize?${polar.query(organization)}`, {
      step: 'organizations',
      organizations: ACME,
    })
    expect(parsePage(await back.text()).querySelector('input:checked')?.value).toBe(ACME)
  })

  it('has one row for each area, with the access and what is new', async () => {
    await polar.connect({ scope: 'openid products:read' })
    const scope = 'openid products:read products:write checkout_links:read'
    const { page } = await review((await openConsent({ scope })).page, { which: 'all' })
    expect([...page.querySelectorAll('.scopes li')].map(textOf)).toEqual([
      'Checkout Links Read New',
      'OpenID Read',
      'Products Write New',
    ])
  })

  it('offers each organization with name and slug, and selects none', async () => {
    const { page, html } = await openConsent(organization)
    const options = [...page.querySelectorAll('fieldset .option')]
    expect(options.map(textOf)).toEqual([
      'AB Acme Booksacme-books',
      'NS Nord Studionord-studio',
      'SW Sakura Workssakura-works',
    ])
    expect(page.querySelectorAll('input:checked')).toHaveLength(0)
    expect(await violationsOf(html)).toEqual([])
  })

  it('selects the only organization', async () => {
    await signIn('grace@example.com')
    const { page } = await openConsent(organization)
    expect(page.querySelector('input:checked')?.value).toBe(ACME)
  })

  it('returns with a reason if no organization is selected', async () => {
    const { page } = await openConsent(organization)
    const again = await review(page, {})
    expect(again.response.status).toBe(422)
    expect(textOf(again.page.querySelector('[role=alert]'))).toBe('Choose an organization first.')
    expect(again.page.querySelector('[role=alert] a')?.getAttribute('href')).toBe('#organizations')
    expect(again.page.querySelector('[autofocus]')?.id).toBe('organizations')
    expect(await violationsOf(again.html)).toEqual([])
    const second = await review(again.page, { organizations: ACME })
    const allowed = await submit(second.page, { action: 'allow', organizations: ACME })
    expect(backOf(allowed).parameters['code']).toMatch(/^polar_ac_/)
  })

  it('accepts a denial after the first step', async () => {
    const { page } = await review((await openConsent(organization)).page, { organizations: ACME })
    expect(backOf(await submit(page, { action: 'deny' })).parameters).toMatchObject({
      error: 'access_denied',
      state: 'the-state',
    })
  })

  it('lets a person without organizations create one', async () => {
    await signIn('noor@example.com')
    const { page, html } = await openConsent(organization)
    expect(textOf(page.querySelector('h1'))).toBe('Create an organization')
    expect(textOf(page.body)).not.toContain('Deny')
    const form = page.querySelector('form[action="/auth/organizations"]')
    const returnTo = form?.querySelector('[name=return_to]')?.value ?? ''
    const created = await polar.post('/auth/organizations', {
      name: 'Noor Lab',
      slug: 'noor-lab',
      return_to: returnTo,
    })
    const again = await open(created.headers.get('Location') ?? '')
    expect(textOf(again.page.querySelector('fieldset .option'))).toContain('Noor Lab')
    expect(await violationsOf(html)).toEqual([])
  })

  describe('the consent page without sub_type', () => {
    const choose = async (fields: Record<string, string>) => {
      const { page } = await openConsent({ prompt: 'consent' })
      const second = await review(page, fields)
      if (second.response.status !== 200) return second.response.status
      const [hidden] = second.page.querySelectorAll('form[data-returning] [type=hidden]')
      const response = await submit(second.page, {
        action: 'allow',
        ...(hidden && { [hidden.name]: hidden.value }),
      })
      const { parameters } = backOf(response)
      const tokens = await polar.json(await polar.exchange(String(parameters['code'])))
      return (await polar.introspect(String(tokens['access_token'])))['organizations']
    }

    it('offers all organizations, or selected ones', async () => {
      const { page, html } = await openConsent()
      const [all, ...others] = [...page.querySelectorAll('[role=switch]')]
      expect(textOf(all?.parentElement)).toBe('All current and future organizations')
      expect(page.querySelectorAll('input:checked')).toHaveLength(1)
      expect(others.map(({ name }) => name)).toEqual(others.map(() => 'organizations'))
      expect(others).toHaveLength(3)
      expect(await violationsOf(html)).toEqual([])
    })

    it('limits nothing if all are selected, even with others selected below', async () => {
      expect(await choose({ which: 'all', organizations: NORD })).toEqual([])
    })

    it('limits to the selected ones, and needs at least one', async () => {
      expect(await choose({ organizations: NORD })).toEqual([NORD])
      expect(await choose({})).toBe(422)
    })
  })

  it('runs only its own script', async () => {
    const { response, page } = await openConsent()
    const script = page.querySelector('script')?.textContent ?? ''
    const hash = createHash('sha256').update(script).digest('base64')
    expect(response.headers.get('Content-Security-Policy')).toContain(`script-src 'sha256-${hash}'`)
  })

  it('leads to other people and back to the same request', async () => {
    const path = `/oauth2/authorize?${polar.query()}`
    const switched = await polar.post('/auth/switch', { return_to: path })
    const { page, html } = await open(switched.headers.get('Location') ?? '')
    expect(textOf(page.querySelector('h1'))).toBe('Sign in to the emulator')
    expect(page.querySelector('[name=return_to]')?.value).toBe(path)
    expect(await violationsOf(html)).toEqual([])
  })
})

describe('the sign-in page', () => {
  it('can return to the app with an error', async () => {
    await polar.control('POST', '/sign-out')
    const gate = await polar.get(`/oauth2/authorize?${polar.query()}`)
    const { page } = await open(gate.headers.get('Location') ?? '')
    const cancel = page.querySelector('main a')
    expect(textOf(cancel)).toBe('Cancel and return to Polar Connect')
    const { searchParams, origin } = new URL(cancel?.getAttribute('href') ?? '')
    expect([origin, Object.fromEntries(searchParams)]).toEqual([
      'https://app.example',
      { error: 'access_denied', state: 'the-state' },
    ])
  })

  it('has no link back to the app for a faulty request', async () => {
    const returnTo = `/oauth2/authorize?${polar.query({ redirect_uri: 'https://evil.example/' })}`
    const { page } = await open(`/auth?${new URLSearchParams({ return_to: returnTo }).toString()}`)
    expect(page.querySelector('main a')).toBeNull()
  })
})

describe('the error page', () => {
  const requested = CALLBACK.replace('/auth/callback', '/auth/callback/')

  it('shows the difference between the addresses, and how to fix it', async () => {
    const { page, html } = await openConsent({ redirect_uri: requested })
    expect(textOf(page.querySelector('h1'))).toBe("This app can't connect")
    expect(textOf(page.querySelector('pre'))).toContain('trailing slash differs')
    expect(textOf(page.body)).toContain('Fix: register the requested address')
    expect(await violationsOf(html)).toEqual([])
  })

  it('can register the requested address', async () => {
    const { page } = await openConsent({ redirect_uri: requested })
    const form = page.querySelector('form[action="/auth/redirect-uris"]')
    expect(textOf(form?.querySelector('button'))).toBe('Register this redirect URI here')
    const fields = [...(form?.querySelectorAll('input') ?? [])].map(({ name, value }) => [
      name,
      value,
    ])
    const response = await polar.post(
      '/auth/redirect-uris',
      Object.fromEntries(fields) as Record<string, string>,
    )
    const again = await open(response.headers.get('Location') ?? '')
    expect(textOf(again.page.querySelector('h1'))).toBe('Select organizations')
  })

  it('registers nothing for an unknown client', async () => {
    const { page } = await openConsent({ client_id: 'polar_ci_unknown' })
    expect(page.querySelector('main form')).toBeNull()
    expect(textOf(page.body)).toContain('The client does not exist on this server.')
  })
})
