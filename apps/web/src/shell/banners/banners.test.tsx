// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ACME,
  createFakeServer,
  page,
  problem,
  product,
  sessionOf,
  type FakeServer,
} from '../../testing/fake-server.ts'
import { openApp } from '../../testing/open-app.tsx'

const PRODUCTS = '/bff/api/v1/products/'
const CLOCK = /^Your computer's clock is/

function productsServer(): FakeServer {
  const server = createFakeServer(ACME)
  server.on(PRODUCTS, () => page([product('Field notes')]))
  return server
}

/** From the next call on, as when a person comes back to the tab. */
async function loseNetwork(server: FakeServer): Promise<void> {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  for (const path of [PRODUCTS, '/bff/session', '/bff/refresh']) {
    server.on(path, () => Promise.reject(new TypeError('no network')))
  }
  await act(
    async () => void document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
  )
}

afterEach(() => vi.restoreAllMocks())

describe('Without a network', () => {
  it('loaded data stays with its time, nothing can be changed, and its return is announced', async () => {
    const server = productsServer()
    openApp('/dashboard/products', server)
    await screen.findByText('Field notes')
    await loseNetwork(server)
    const banner = await screen.findByText(
      /^You're offline\. Showing what we loaded at \d\d:\d\d\.$/,
    )
    expect(banner.closest('[role="status"]')).toBeTruthy()
    expect(screen.getByText('Field notes')).toBeTruthy()
    expect(screen.getByText(/^Last updated \d\d:\d\d$/)).toBeTruthy()

    vi.restoreAllMocks()
    server.on('/bff/session', () => Response.json(sessionOf(ACME)))
    server.on(PRODUCTS, () => page([product('Weaving workshop')]))
    act(() => void dispatchEvent(new Event('online')))
    await screen.findByText('Back online.')
    await screen.findByText('Weaving workshop')
    expect(screen.queryByText(/^You're offline/)).toBeNull()
  })

  it('buttons that change something say why they are disabled', async () => {
    const server = createFakeServer(ACME)
    const { user } = openApp('/dashboard/connection', server)
    const button = await screen.findByRole('button', { name: 'Disconnect' })
    await loseNetwork(server)
    await screen.findByText(/^You're offline\. Showing/)
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(
      screen.getByRole('button', { name: 'Disconnect', description: /^You're offline\./ }),
    ).toBeTruthy()
    await user.click(button)
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})

describe('On a front page', () => {
  it('a log out that failed is told', async () => {
    const server = createFakeServer(ACME)
    server.on('/bff/logout', () => Promise.reject(new TypeError('no server')))
    const { user } = openApp('/', server)
    await user.click(await screen.findByRole('button', { name: 'Account: Acme Books' }))
    await user.click(screen.getByRole('menuitem', { name: 'Log out', hidden: true }))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain("This app's server isn't answering")
  })

  it('what another tab did is told', async () => {
    const { hear } = openApp('/', createFakeServer(ACME))
    await screen.findByRole('heading', { level: 1, name: "You're connected to Acme Books" })
    act(() => hear({ type: 'session', session: sessionOf() }))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('You logged out in another tab.')
    screen.getByRole('heading', { level: 1, name: 'Connect your Polar account' })
  })

  it('a lost network is told, and its return', async () => {
    const server = createFakeServer(ACME)
    openApp('/', server)
    await screen.findByRole('heading', { level: 1, name: "You're connected to Acme Books" })
    await loseNetwork(server)
    await screen.findByText(/^You're offline\. Showing/)
    vi.restoreAllMocks()
    server.on('/bff/session', () => Response.json(sessionOf(ACME)))
    act(() => void dispatchEvent(new Event('online')))
    expect(await screen.findByText('Back online.')).toBeTruthy()
  })
})

describe('A session that ended', () => {
  it('keeps the page and offers the way back', async () => {
    const server = createFakeServer(ACME)
    server.on(PRODUCTS, () => problem(401, 'reauthorization_required', { generation: 1 }))
    openApp('/dashboard/products?page=2', server)
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain(
      'Polar Connect no longer has access to Acme Books. Reconnect to keep working on this page.',
    )
    expect(screen.getByRole('button', { name: 'Reconnect' })).toBeTruthy()
    expect(location.search).toBe('?page=2')
  })
})

describe('A pause that Polar asked for', () => {
  it('counts down above the data, once per page', async () => {
    const server = productsServer()
    openApp('/dashboard/products', server)
    await screen.findByText('Field notes')
    // When the network is back, the data on the screen is loaded once more.
    await loseNetwork(server)
    await screen.findByText(/^You're offline\. Showing/)
    vi.restoreAllMocks()
    server.on('/bff/session', () => Response.json(sessionOf(ACME)))
    server.on(PRODUCTS, () => new Response(null, { status: 429, headers: { 'Retry-After': '20' } }))
    act(() => void dispatchEvent(new Event('online')))
    await screen.findAllByText('Polar asked us to slow down. Continuing in 20 seconds.')
    expect(screen.getByText('Field notes')).toBeTruthy()
    const again = screen.getByRole('button', { name: 'Try again now' })
    expect(again.getAttribute('aria-disabled')).toBe('true')
  })

  it('stops the refresh of a page without data too', async () => {
    const server = createFakeServer(ACME)
    server.on(PRODUCTS, () => new Response(null, { status: 429, headers: { 'Retry-After': '20' } }))
    openApp('/dashboard/products', server)
    await screen.findByText(/^Polar asked us to slow down\./)
    const description = 'You can try again when the countdown ends.'
    const refresh = await screen.findByRole('button', { name: 'Refresh', description })
    expect(refresh.getAttribute('aria-disabled')).toBe('true')
  })
})

describe('A clock that is off', () => {
  beforeEach(() => sessionStorage.clear())

  it('is reported in minutes, until it is dismissed', async () => {
    const server = createFakeServer(ACME)
    const four = new Date(Date.now() + 4 * 60_000).toISOString()
    server.on('/bff/session', () => Response.json({ ...sessionOf(ACME), server_time: four }))
    const { user } = openApp('/dashboard/connection', server)
    await screen.findByText(
      "Your computer's clock is 4 minutes off. Times on this page are corrected.",
    )
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText(CLOCK)).toBeNull()
  })

  it('is not reported below a minute', async () => {
    const server = createFakeServer(ACME)
    const soon = new Date(Date.now() + 50_000).toISOString()
    server.on('/bff/session', () => Response.json({ ...sessionOf(ACME), server_time: soon }))
    openApp('/dashboard/connection', server)
    await screen.findByRole('heading', { level: 2, name: 'Status' })
    expect(screen.queryByText(CLOCK)).toBeNull()
  })
})

describe('A new permission of the app', () => {
  const TEXT = 'New: Polar Connect can also see your orders, if you allow it.'

  function newsServer(): FakeServer {
    const scopes = [...ACME.requested_scopes, 'orders:read']
    const asks = { scopes, allowed_scopes: scopes, subject: 'organization' }
    const server = createFakeServer(ACME)
    server.on('/bff/session', () => Response.json({ ...sessionOf(ACME), asks }))
    return server
  }

  it('leads to the permissions, or is dismissed for a while', async () => {
    const { user } = openApp('/dashboard/connection', newsServer())
    await screen.findByText(TEXT)
    expect(screen.getByRole('link', { name: 'Review permissions' }).getAttribute('href')).toBe(
      '/dashboard/connection#add',
    )
    await user.click(screen.getByRole('button', { name: 'Not now' }))
    expect(screen.queryByText(TEXT)).toBeNull()
    cleanup()
    openApp('/dashboard/connection', newsServer())
    await screen.findByRole('heading', { level: 2, name: 'Status' })
    expect(screen.queryByText(TEXT)).toBeNull()
  })

  it('is not reported or offered if a granted one includes it', async () => {
    const scopes = ['openid', 'discounts:read']
    const asks = { scopes, allowed_scopes: scopes, subject: 'organization' }
    const wide = {
      ...ACME,
      scopes: ['openid', 'discounts:write'],
      requested_scopes: scopes.slice(0, 1),
    }
    const server = createFakeServer(wide)
    server.on('/bff/session', () => Response.json({ ...sessionOf(wide), asks }))
    openApp('/dashboard/connection', server)
    await screen.findByText('Nothing more to add.')
    expect(screen.queryByText(/^New: /)).toBeNull()
  })

  it('is not reported if the person left it out', async () => {
    openApp('/dashboard/connection', createFakeServer(ACME))
    await screen.findByText("Asked for, but Polar didn't include: See your email address.")
    const asks = { scopes: ACME.requested_scopes, allowed_scopes: [], subject: 'organization' }
    cleanup()
    const server = createFakeServer(ACME)
    server.on('/bff/session', () => Response.json({ ...sessionOf(ACME), asks }))
    openApp('/dashboard/connection', server)
    await screen.findByRole('heading', { level: 2, name: 'Status' })
    expect(screen.queryByText(/^New: /)).toBeNull()
  })
})
