import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { polar as polarOf } from './polar-sdk.ts'
import { createTestBrowser, sessionOf } from '../testing/browser.ts'
import { ACME, allowing, createLocalPolar } from '../testing/local-polar.ts'

/** An app with a route of its own beside the BFF's. */
async function createApp() {
  const local = await createLocalPolar({
    scopes: ['openid', 'products:read', 'checkouts:write'],
  })
  const { bff } = local
  const app = new Hono()
  app.route('/', bff)
  app.use('/own/*', bff.gate)
  app.get('/own/names', async (c) => {
    const organizationId = c.req.query('organization')
    const sdk = polarOf(bff, c, organizationId === undefined ? {} : { organizationId })
    const { items } = await sdk.products.list({ limit: 3 })
    return c.json(items.map(({ name }) => name))
  })
  app.get('/own/crooked', (c) =>
    bff.callPolar(c, c.req.query('path') ?? '').then(
      ({ status }) => c.text(String(status)),
      (error: unknown) => c.text(String(error)),
    ),
  )
  app.post('/own/checkout', async (c) => {
    const sdk = polarOf(bff, c)
    const { items } = await sdk.products.list({ is_archived: false })
    const checkout = await sdk.checkouts.create({ products: [items[0]?.id ?? ''] })
    return c.json({ url: checkout.url }, 201)
  })
  const browser = createTestBrowser(app)
  await sessionOf(await browser.signIn(allowing(local, [ACME])))
  return { local, browser }
}

describe('the official SDK on the server', () => {
  it('lists products with the token of the connection', async () => {
    const { browser } = await createApp()
    const answer = await browser.fetch('/own/names')
    expect(await answer.json()).toHaveLength(3)
  })

  it('creates a checkout, and gives no token away', async () => {
    const { local, browser } = await createApp()
    const answer = await browser.post('/own/checkout')
    expect(answer.status).toBe(201)
    const { url } = (await answer.json()) as { url: string }
    expect(url).toMatch(/\/checkout\/polar_c_/)
    const calls = await local.requests('/v1/checkouts/')
    expect(calls.map(({ status }) => status)).toEqual([201])
  })

  it('refreshes, and the answer of the route carries the new session', async () => {
    const { local, browser } = await createApp()
    local.emulator.clock.advance(864_000)
    const answer = await browser.fetch('/own/names')
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie()).toHaveLength(1)
    expect(await browser.session()).toMatchObject({ connection: { generation: 1 } })
  })

  it.each([
    '/v1/products/../oauth2/token',
    '//evil.example/v1/products/',
    '/v1/products/#fragment',
    '/v1\\products/',
  ])('S32: calls what is written or nothing, as for %s', async (path) => {
    const { local, browser } = await createApp()
    await local.control('DELETE', '/requests')
    const answer = await browser.fetch(`/own/crooked?path=${encodeURIComponent(path)}`)
    expect(await answer.text()).toBe('TypeError: not a path of the API')
    expect(await local.requests()).toEqual([])
  })

  it('limits its calls to an organization', async () => {
    const { local, browser } = await createApp()
    expect(await (await browser.fetch(`/own/names?organization=${ACME}`)).json()).toHaveLength(3)
    const calls = await local.requests('/v1/products/')
    expect(calls.map((call) => call.request_headers['polar-organization'])).toEqual([ACME])
  })

  it('is behind the gate', async () => {
    const { browser } = await createApp()
    const answer = await browser.fetch('/own/names', { headers: { 'X-CSRF': '0' } })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'csrf_rejected' })
  })
})
