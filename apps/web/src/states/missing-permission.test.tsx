// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ACME, createFakeServer, problem, type FakeServer } from '../testing/fake-server.ts'
import { openApp } from '../testing/open-app.tsx'

const PATH = '/dashboard/products?page=2'
const NOT_GRANTED = 'Permission not granted. Nothing changed.'
const TITLE = 'Allow access to see this'

function narrowServer(error: 'access_denied' | 'invalid_scope'): FakeServer {
  const server = createFakeServer({ ...ACME, scopes: ['openid'] })
  const challenge = 'Bearer error="insufficient_scope", scope="products:read products:write"'
  server.on(
    '/bff/api/v1/products/',
    () => new Response('{}', { status: 403, headers: { 'WWW-Authenticate': challenge } }),
  )
  server.on('/bff/authorize', () =>
    Response.json({
      authorization_url: 'http://127.0.0.1:4567/oauth2/authorize',
      state: 's',
      expires_at: ACME.connected_at,
    }),
  )
  server.on('/bff/callback', () => problem(400, 'authorization_error', { error }))
  return server
}

/** To Polar by the page's button, and back without the permission. */
async function askInVain(server: FakeServer): Promise<void> {
  const { user, left } = openApp(PATH, server)
  await user.click(await screen.findByRole('button', { name: 'Allow access' }))
  await expect.poll(() => left).toHaveLength(1)
  cleanup()
  openApp('/auth/callback?error=whatever&state=s', server)
  await expect.poll(() => location.pathname + location.search).toBe(PATH)
}

describe('A page that lacks a permission', () => {
  it('asks for all granted permissions and the one that reads', async () => {
    const server = narrowServer('access_denied')
    const { user, left } = openApp(PATH, server)
    await screen.findByRole('heading', { name: TITLE })
    expect(
      screen.getByText('Polar Connect needs your permission to see your products.'),
    ).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Allow access' }))
    await expect.poll(() => left).toHaveLength(1)
    expect(server.bodies).toMatchObject([{ scopes: ['openid', 'products:read'] }])
  })

  it('offers another try once per visit', async () => {
    const server = narrowServer('access_denied')
    await askInVain(server)
    await screen.findByText(NOT_GRANTED)
    cleanup()
    await askInVain(server)
    await screen.findByText(NOT_GRANTED)
    expect(screen.getByRole('heading', { name: TITLE })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Allow access' })).toBeNull()
    expect(screen.getByRole('link', { name: 'Back to overview' })).toBeTruthy()
  })

  it('offers none if the app is not set up for it', async () => {
    const server = narrowServer('invalid_scope')
    await askInVain(server)
    const title = "Polar Connect asked for a permission it isn't set up for"
    await screen.findByRole('heading', { name: title })
    cleanup()
    openApp(PATH, server)
    await screen.findByRole('heading', { name: title })
    expect(screen.queryByRole('button', { name: 'Allow access' })).toBeNull()
  })
})
