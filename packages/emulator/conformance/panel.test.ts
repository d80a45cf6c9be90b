/** The control panel: plain forms, each with its HTTP call. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parsePage, violationsOf, type PageElement } from './accessible.ts'
import { ACME, ADA, startPolar, type Polar } from './polar.ts'

let polar: Polar
beforeEach(async () => {
  // These tests read logs and lists right away, so every write is committed immediately.
  polar = await startPolar({ commitDelayMs: [0, 0] })
})
afterEach(() => polar.close())

const TABS = [
  ['Clock and tokens', '/'],
  ['Faults', '/_panel/faults'],
  ['Requests', '/_panel/requests'],
  ['Clients', '/_panel/clients'],
  ['People', '/_panel/people'],
  ['Data', '/_panel/data'],
] as const

const textOf = (element: PageElement | null | undefined) =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim()

async function open(path: string) {
  const html = await (await polar.get(path)).text()
  return { html, page: parsePage(html) }
}

async function controlOf(path: string, label: string): Promise<PageElement> {
  const { page } = await open(path)
  const controls = [...page.querySelectorAll('.control')]
  const control = controls.find((entry) => textOf(entry.querySelector('form button')) === label)
  if (control === undefined) throw new Error(`No control "${label}" on ${path}`)
  return control
}

/** Sends the form of a control as a browser does, with `changes` as input. */
async function press(path: string, label: string, changes: Record<string, string> = {}) {
  const control = await controlOf(path, label)
  const fields = [...control.querySelectorAll('form [name]')].map(({ name, value }) => [
    name,
    value,
  ])
  return polar.post(
    '/_panel/call',
    { ...(Object.fromEntries(fields) as Record<string, string>), ...changes },
    { Origin: polar.url },
  )
}
const state = async (path: string) => polar.json(await polar.get(`/_emulator${path}`))

describe('the control panel', () => {
  it.each(TABS)('has a page "%s" without accessibility faults', async (title, path) => {
    await polar.connect({ sub_type: 'organization' }, { organizations: ACME })
    await polar.control('POST', '/faults/presets/clock-off')
    const { page, html } = await open(path)
    expect(textOf(page.querySelector('h1'))).toBe('Polar emulator')
    const links = [...page.querySelectorAll('nav a')]
    expect(links.map((link) => [textOf(link), link.getAttribute('href')])).toEqual(TABS)
    expect(textOf(page.querySelector('[aria-current]'))).toBe(title)
    expect(html).toContain('noindex')
    expect(await violationsOf(html)).toEqual([])
  })

  it('moves the clock, and shows the offset', async () => {
    const response = await press('/', 'Forward 59 minutes')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/'])
    await press('/', 'Forward 1 minute')
    expect(textOf((await open('/')).page.querySelector('.bar'))).toContain('+1 h 0 min ahead')
    await press('/', 'Back to real time')
    expect((await state('/clock'))['offset_seconds']).toBe(0)
  })

  it('ends grants, tokens and scopes', async () => {
    const grant = async () =>
      (
        (await state('/grants'))['items'] as { access_token: { live: boolean }; scopes: string[] }[]
      )[0]
    const { refresh_token: token } = await polar.connect()
    expect(textOf((await open('/')).page.querySelector('tbody'))).toContain('expires in 10 days')
    await press('/', 'Remove permission…', { 'text:scope': 'openid' })
    expect((await grant())?.scopes).toEqual(['products:read'])
    await press('/', 'Expire access token')
    expect((await grant())?.access_token.live).toBe(false)
    await press('/', 'Expire refresh token')
    expect(await polar.json(await polar.refresh(token))).toEqual({ error: 'invalid_grant' })
    await press('/', 'Revoke grant')
    expect(textOf((await open('/')).page.body)).toContain('No grants yet')
  })

  it('turns faults on, lists them, and turns them off', async () => {
    await press('/_panel/faults', 'Turn on: Polar is down (503)')
    expect((await polar.get('/v1/products/')).status).toBe(503)
    const { page } = await open('/_panel/faults')
    expect(textOf(page.querySelector('.card .badge'))).toBe('Active')
    await press('/_panel/faults', 'Turn off all faults')
    expect((await polar.get('/v1/products/')).status).toBe(401)
  })

  it('adds a custom fault, and says what is wrong with a bad one', async () => {
    const fields = { 'number:status': '418', 'text:method': 'get', 'number:times': '3' }
    await press('/_panel/faults', 'Add fault', fields)
    expect((await polar.get('/v1/products/')).status).toBe(418)
    const refused = await press('/_panel/faults', 'Add fault', { 'number:status': '99' })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('The body is not valid')
  })

  it('lists the requests in plain words, and masks secrets until revealed', async () => {
    const empty = 'No requests yet. Open the app and choose "Connect with Polar".'
    expect(textOf((await open('/_panel/requests')).page.querySelector('#log'))).toBe(empty)
    const { access_token: token } = await polar.connect()
    await polar.api('/v1/products/', token)
    const { page, html } = await open('/_panel/requests')
    expect(textOf(page.querySelector('tbody'))).toContain('Code exchanged for tokens')
    expect(html).not.toContain(token)
    const revealed = await open(page.querySelector('tbody a')?.getAttribute('href') ?? '')
    expect(revealed.html).toContain(token)
    const brief = (await state('/requests?brief=1&limit=2'))['items'] as object[]
    expect(brief).toHaveLength(2)
    expect(brief[0]).toMatchObject({ path: '/v1/products/', status: 200 })
    expect(brief[0]).not.toHaveProperty('request_headers')
    const unclear = await polar.get('/_emulator/requests?limit=abc')
    expect(unclear.status).toBe(400)
    expect((await polar.json(unclear))['issues']).toMatchObject([{ member: 'limit' }])
    const errors = await open('/_panel/requests?path=token&errors=1')
    expect(textOf(errors.page.querySelector('#log'))).toBe(empty)
    await press('/_panel/requests', 'Clear log')
    expect((await state('/requests'))['items']).toEqual([])
  })

  it('shows request and response, without secrets', async () => {
    const { access_token: token, refresh_token: refresh } = await polar.connect()
    await polar.api('/v1/products/?limit=1', token)
    await polar.get('/v1/products/', { Authorization: `Basic ${btoa('id:hidden')}` })
    const { page, html } = await open('/_panel/requests')
    const texts = [...page.querySelectorAll('pre')].map(textOf)
    expect(texts.join(' ')).toContain('grant_type=authorization_code')
    expect(texts.join(' ')).toContain('"pagination":{"total_count":')
    for (const secret of [token, refresh, polar.codeVerifier, btoa('id:hidden')]) {
      expect(html).not.toContain(secret)
    }
    const items = (await state('/requests'))['items'] as Record<string, unknown>[]
    expect(items.find(({ grant_type: grant }) => grant !== null)).toMatchObject({
      request_headers: { 'content-type': expect.stringContaining('urlencoded') },
      request_body: expect.stringContaining('client_secret=polar_cs_…'),
      response_headers: { 'cache-control': 'no-store' },
      response_body: expect.stringContaining('"token_type":"Bearer"'),
    })
  })

  it('adds a client that can connect at once', async () => {
    await press('/_panel/clients', 'Add client', {
      'text:name': 'Ledger',
      'text:auth_method': 'none',
    })
    const items = (await state('/clients'))['items'] as { id: string; name: string }[]
    const added = items.find(({ name }) => name === 'Ledger')
    const request = { client_id: added?.id ?? '', redirect_uri: 'http://localhost:3000/callback' }
    expect((await polar.authorize(request)).status).toBe(200)
  })

  it('signs people in and out', async () => {
    await press('/_panel/people', 'Sign in as Grace Hopper')
    const { page } = await open('/_panel/people')
    expect(textOf([...page.querySelectorAll('.card h3')][1])).toBe('Grace Hopper Signed in')
    await press('/_panel/people', 'Log out of emulator')
    expect((await state('/people'))['signed_in']).toBeNull()
  })

  it('buys and cancels without the app', async () => {
    const token = await polar.mint(ADA, ['orders:read', 'subscriptions:read'], [ACME])
    const newest = async (path: string) => {
      const { items } = await polar.json(await polar.api(path, token))
      return (items as Record<string, unknown>[])[0]
    }
    await press('/_panel/data', 'Create test order', { 'text:email': 'panel@example.com' })
    expect(await newest('/v1/orders/?limit=1')).toMatchObject({
      status: 'paid',
      customer: { email: 'panel@example.com' },
    })
    const active = '/v1/subscriptions/?status=active&cancel_at_period_end=false'
    const { pagination: before } = await polar.json(await polar.api(active, token))
    await press('/_panel/data', 'Cancel a subscription')
    const { pagination: after } = await polar.json(await polar.api(active, token))
    const count = (page: unknown) => (page as { total_count: number }).total_count
    expect(count(after)).toBe(count(before) - 1)
    expect(await newest('/v1/subscriptions/?cancel_at_period_end=true')).toMatchObject({
      status: 'active',
    })
    await press('/_panel/data', 'Cancel a subscription', { 'flag:immediately': 'true' })
    const { pagination: last } = await polar.json(await polar.api(active, token))
    expect(count(last)).toBe(count(before) - 2)
  })

  it('resets everything', async () => {
    await polar.connect()
    await press('/_panel/data', 'Reset')
    expect((await state('/grants'))['items']).toEqual([])
  })

  it('loads another data set', async () => {
    await press('/_panel/data', 'Awkward')
    const { access_token: token } = await polar.connect({ scope: 'orders:read' })
    const awkward = await polar.json(await polar.api('/v1/orders/', token))
    await press('/_panel/data', 'Empty')
    const { access_token: other } = await polar.connect({ scope: 'orders:read' })
    const empty = await polar.json(await polar.api('/v1/orders/', other))
    expect(awkward['pagination']).not.toMatchObject({ total_count: 0 })
    expect(empty['pagination']).toMatchObject({ total_count: 0 })
  })

  it('prints the HTTP call of a control, ready to run', async () => {
    const control = await controlOf('/', 'Forward 1 hour')
    expect(textOf(control.querySelector('summary'))).toBe('Show the HTTP call: Forward 1 hour')
    await promisify(execFile)('sh', [
      '-c',
      `${control.querySelector('pre')?.textContent ?? ''} -sf`,
    ])
    expect((await state('/clock'))['offset_seconds']).toBe(3600)
  })

  it.each(['/dashboard', '/dashboard/acme-books/products/new'])(
    "shows the data at %s, an address of Polar's dashboard",
    async (path) => {
      expect((await polar.get(path)).headers.get('Location')).toBe('/_panel/data')
    },
  )

  it('refuses forms from other sites', async () => {
    const form = { _method: 'POST', _path: '/reset', _back: '/' }
    const response = await polar.post('/_panel/call', form, { Origin: 'https://evil.example' })
    expect(response.status).toBe(403)
  })

  it('redirects only to its own pages', async () => {
    const form = { _method: 'POST', _path: '/sign-out', _back: '//evil.example/' }
    const response = await polar.post('/_panel/call', form, { Origin: polar.url })
    expect(response.headers.get('Location')).toBe('/')
  })
})
