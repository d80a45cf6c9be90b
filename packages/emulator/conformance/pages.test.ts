/** The pages that a person sees, as HTML: all of it works without script. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parsePage, violationsOf, type Page, type PageElement } from './accessible.ts'
import { ACME, CALLBACK, NORD, startPolar, type Polar } from './polar.ts'

let polar: Polar
beforeEach(async () => {
  // What the pages show is the subject here, so every write is committed at once.
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

/** Sends the page's own form, as a browser without script does. */
async function submit(page: Page, fields: Record<string, string>) {
  const form = page.querySelector('form[data-returning]')
  return polar.post(form?.getAttribute('action') ?? '', fields)
}
const backOf = (response: Response) => {
  const { origin, pathname, searchParams } = new URL(response.headers.get('Location') ?? '')
  return { address: origin + pathname, parameters: Object.fromEntries(searchParams) }
}

describe('the consent page', () => {
  it('says who asks, of whom, and where the answer goes', async () => {
    const uri = 'https://ledger.example/about'
    const { client } = await polar.register({
      client_name: 'Ledger Sync',
      redirect_uris: [CALLBACK],
      client_uri: uri,
      tos_uri: `${uri}/terms`,
      policy_uri: `${uri}/privacy`,
    })
    const { page, html } = await openConsent({ client_id: client.client_id })
    expect(textOf(page.querySelector('h1'))).toBe('Ledger Sync wants to connect to Polar')
    expect(
      [...page.querySelectorAll('a')].map((link) => [textOf(link), link.getAttribute('href')]),
    ).toEqual([
      ['Visit ledger.example', uri],
      ['Terms of Service', `${uri}/terms`],
      ['Privacy Policy', `${uri}/privacy`],
    ])
    const text = textOf(page.body)
    expect(text).toContain('Local emulator. Not the real Polar.')
    expect(text).toContain('Signed in as Ada Lovelace (ada@example.com) Switch user')
    expect(text).toContain("You'll return to app.example.")
    expect(await violationsOf(html)).toEqual([])
  })

  it('lists what is asked for in words, with what can change data and what is new', async () => {
    await polar.connect({ scope: 'openid products:read' })
    const { page } = await openConsent({ scope: 'openid products:read products:write' })
    expect([...page.querySelectorAll('li')].map(textOf)).toEqual([
      'OpenID Read',
      'Products Write New',
    ])
  })

  it('offers each organization with its name, address and role, and chooses none', async () => {
    const { page, html } = await openConsent(organization)
    const options = [...page.querySelectorAll('fieldset .option')]
    expect(options.map(textOf)).toEqual([
      'AB Acme Booksacme-books · owner',
      'NS Nord Studionord-studio · admin',
      'SW Sakura Workssakura-works · member',
    ])
    expect(page.querySelectorAll('input:checked')).toHaveLength(0)
    expect(textOf(page.querySelector('#choose-hint'))).toBe(
      'The app gets access to this organization only.',
    )
    expect(await violationsOf(html)).toEqual([])
  })

  it('chooses the only one there is', async () => {
    await signIn('grace@example.com')
    const { page } = await openConsent(organization)
    expect(page.querySelector('input:checked')?.value).toBe(ACME)
  })

  it('comes back with its reason where no organization was chosen', async () => {
    const { page } = await openConsent(organization)
    const response = await submit(page, { action: 'allow' })
    const html = await response.text()
    const again = parsePage(html)
    expect(response.status).toBe(422)
    expect(textOf(again.querySelector('[role=alert]'))).toBe('Choose an organization')
    expect(again.querySelector('[role=alert] a')?.getAttribute('href')).toBe('#organizations')
    expect(again.querySelector('[autofocus]')?.id).toBe('organizations')
    expect(await violationsOf(html)).toEqual([])
    const allowed = await submit(again, { action: 'allow', organizations: ACME })
    expect(backOf(allowed).parameters['code']).toMatch(/^polar_ac_/)
  })

  it('takes a denial with nothing chosen', async () => {
    const { page } = await openConsent(organization)
    expect(backOf(await submit(page, { action: 'deny' })).parameters).toMatchObject({
      error: 'access_denied',
      state: 'the-state',
    })
  })

  it('lets a person without organizations create one', async () => {
    await signIn('noor@example.com')
    const { page, html } = await openConsent(organization)
    expect(textOf(page.body)).toContain("You don't have an organization yet")
    const form = page.querySelector('form[action="/auth/organizations"]')
    const returnTo = form?.querySelector('[name=return_to]')?.value ?? ''
    const created = await polar.post('/auth/organizations', {
      name: 'Noor Lab',
      return_to: returnTo,
    })
    const again = await open(created.headers.get('Location') ?? '')
    expect(textOf(again.page.querySelector('fieldset .option'))).toContain('Noor Lab')
    expect(await violationsOf(html)).toEqual([])
  })

  describe('for a person', () => {
    const choose = async (fields: Record<string, string>) => {
      const { page } = await openConsent({ prompt: 'consent' })
      const response = await submit(page, { action: 'allow', ...fields })
      if (response.status !== 302) return response.status
      const { parameters } = backOf(response)
      const tokens = await polar.json(await polar.exchange(String(parameters['code'])))
      return (await polar.introspect(String(tokens['access_token'])))['organizations']
    }

    it('offers all organizations, or the ones they choose', async () => {
      const { page, html } = await openConsent()
      expect(textOf(page.querySelector('#which'))).toBe('Which organizations?')
      const ways = [...page.querySelectorAll('[name=which]')].map((radio) => radio.parentElement)
      expect(ways.map(textOf)).toEqual([
        'All my organizations Including ones you join later.',
        'Only the ones I choose',
      ])
      expect(page.querySelectorAll('[type=checkbox]')).toHaveLength(3)
      expect(await violationsOf(html)).toEqual([])
    })

    it('restricts nothing for all of them, whatever is ticked below', async () => {
      expect(await choose({ which: 'all', organizations: NORD })).toEqual([])
    })

    it('restricts to the ones they choose, and wants at least one', async () => {
      expect(await choose({ which: 'chosen', organizations: NORD })).toEqual([NORD])
      expect(await choose({ which: 'chosen' })).toBe(422)
    })
  })

  it('runs its own script and no other', async () => {
    const { response, page } = await openConsent()
    const script = page.querySelector('script')?.textContent ?? ''
    const hash = createHash('sha256').update(script).digest('base64')
    expect(response.headers.get('Content-Security-Policy')).toContain(`script-src 'sha256-${hash}'`)
  })

  it('leads to the other people and back to the same request', async () => {
    const path = `/oauth2/authorize?${polar.query()}`
    const switched = await polar.post('/auth/switch', { return_to: path })
    const { page, html } = await open(switched.headers.get('Location') ?? '')
    expect(textOf(page.querySelector('h1'))).toBe('Sign in to the emulator')
    expect(page.querySelector('[name=return_to]')?.value).toBe(path)
    expect(await violationsOf(html)).toEqual([])
  })
})

describe('the sign-in page', () => {
  it('leads back to the app that waits, which hears that nothing was allowed', async () => {
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

  it('leads nowhere for a request that is not in order', async () => {
    const returnTo = `/oauth2/authorize?${polar.query({ redirect_uri: 'https://evil.example/' })}`
    const { page } = await open(`/auth?${new URLSearchParams({ return_to: returnTo }).toString()}`)
    expect(page.querySelector('main a')).toBeNull()
  })
})

describe('the error page', () => {
  const requested = CALLBACK.replace('/auth/callback', '/auth/callback/')

  it('shows where the requested address differs, and what to do', async () => {
    const { page, html } = await openConsent({ redirect_uri: requested })
    expect(textOf(page.querySelector('h1'))).toBe("This app can't connect")
    expect(textOf(page.querySelector('pre'))).toContain('trailing slash differs')
    expect(textOf(page.body)).toContain('Fix: register the requested address')
    expect(await violationsOf(html)).toEqual([])
  })

  it('registers the requested address on the spot', async () => {
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
    expect(textOf(again.page.querySelector('h1'))).toBe('Polar Connect wants to connect to Polar')
  })

  it('has nothing to register for a client that does not exist', async () => {
    const { page } = await openConsent({ client_id: 'polar_ci_unknown' })
    expect(page.querySelector('main form')).toBeNull()
    expect(textOf(page.body)).toContain('The client does not exist on this server.')
  })
})
