// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ACME, createFakeServer, problem, sessionOf } from '../testing/fake-server.ts'
import { openApp } from '../testing/open-app.tsx'

const AUTHORIZE = {
  authorization_url: 'http://127.0.0.1:4567/oauth2/authorize?state=s',
  state: 's',
  expires_at: '2026-11-23T14:12:00Z',
}

afterEach(() => vi.restoreAllMocks())

describe('The index', () => {
  it('says what it will ask for and sends the person to Polar', async () => {
    const server = createFakeServer()
    server.on('/bff/authorize', () => Response.json(AUTHORIZE))
    const { user, left } = openApp('/', server)
    await screen.findByText("You'll confirm in the Polar emulator. No account needed.")
    await waitFor(() => expect(document.title).toBe('Connect your Polar account · Polar Connect'))
    const asks = screen.getByRole('region', { name: 'It will be able to see' })
    expect(within(asks).getByText('your products')).toBeTruthy()
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'One organization' }).checked).toBe(
      true,
    )
    await user.dblClick(screen.getByRole('button', { name: 'Connect with Polar' }))
    await screen.findByRole('button', { name: 'Opening Polar…' })
    await expect.poll(() => left).toEqual([AUTHORIZE.authorization_url])
    expect(server.calls.filter((call) => call === 'POST /bff/authorize')).toHaveLength(1)
  })

  it('offers the dashboard to a connected person', async () => {
    openApp('/', createFakeServer(ACME))
    await screen.findByRole('link', { name: 'Open dashboard' })
    expect(screen.getByRole('button', { name: 'Connect a different organization' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Account: Acme Books' })).toBeTruthy()
  })

  it('replaces a page that needs a connection, at the same address', async () => {
    openApp('/dashboard/products?page=2', createFakeServer())
    await screen.findByText('Connect to continue to Products.')
    expect(location.pathname + location.search).toBe('/dashboard/products?page=2')
    expect(screen.queryByRole('navigation', { name: 'Main' })).toBeNull()
  })

  it('brings the person to the full address that was opened', async () => {
    const server = createFakeServer()
    server.on('/bff/authorize', () => Response.json(AUTHORIZE))
    const path = '/dashboard/connection?from=mail#permissions'
    const { user, left } = openApp(path, server)
    await user.click(await screen.findByRole('button', { name: 'Connect with Polar' }))
    await expect.poll(() => left).toHaveLength(1)
    cleanup()
    server.on('/bff/callback', () => {
      server.on('/bff/session', () => Response.json(sessionOf(ACME)))
      return Response.json({ session: sessionOf(ACME) })
    })
    openApp('/auth/callback?code=fake&state=s', server)
    await screen.findByText('Connected to Acme Books.')
    await waitFor(() => expect(location.pathname + location.search + location.hash).toBe(path))
    // The heading shows before the page does, and is another element then.
    const h1 = () => screen.getByRole('heading', { level: 1, name: 'Connection' })
    await waitFor(() => expect(document.activeElement).toBe(h1()))
    expect(server.calls.filter((call) => call === 'POST /bff/callback')).toHaveLength(1)
  })

  it('says when the server does not answer, and asks again', async () => {
    const server = createFakeServer()
    server.on('/bff/session', () => Promise.reject(new TypeError('refused')))
    const { user } = openApp('/', server)
    await screen.findByRole('heading', { name: "This app's server isn't answering" })
    server.on('/bff/session', () => Response.json(sessionOf()))
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('button', { name: 'Connect with Polar' })).toBeTruthy()
  })

  it('shows a failed start next to the button, which is ready again', async () => {
    const server = createFakeServer()
    server.on('/bff/authorize', () => problem(500, 'invalid_client'))
    const { user } = openApp('/', server)
    await user.click(await screen.findByRole('button', { name: 'Connect with Polar' }))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain("Polar Connect isn't set up correctly")
    expect(alert.textContent).toContain('0abc1def')
    expect(screen.getByRole('button', { name: 'Connect with Polar' })).toBeTruthy()
  })

  it('says which permissions the app asks for, and for whom', async () => {
    const asks = { scopes: ['openid', 'refunds:read'], allowed_scopes: [], subject: 'user' }
    const server = createFakeServer()
    server.on('/bff/session', () => Response.json({ ...sessionOf(), asks }))
    openApp('/', server)
    const list = await screen.findByRole('region', { name: 'It will be able to see' })
    await within(list).findByText('your refunds')
    expect(within(list).queryByText('your products')).toBeNull()
    const user = screen.getByRole<HTMLInputElement>('radio', { name: 'All my organizations' })
    expect(user.checked).toBe(true)
  })

  it('promises to be read-only only if it asks for nothing that changes data', async () => {
    const server = createFakeServer()
    openApp('/', server)
    await screen.findByRole('button', { name: 'Connect with Polar' })
    expect(screen.getAllByText('Read-only to start. You can disconnect at any time.')).toHaveLength(
      2,
    )
    cleanup()
    const asks = { scopes: ['openid', 'orders:write'], allowed_scopes: [], subject: 'user' }
    server.on('/bff/session', () => Response.json({ ...sessionOf(), asks }))
    openApp('/', server)
    const list = await screen.findByRole('region', { name: 'It will be able to change' })
    expect(within(list).getByText('your orders')).toBeTruthy()
    expect(screen.queryByText(/Read-only/)).toBeNull()
  })

  it('says what happened if the person returns from Polar without an answer', async () => {
    const server = createFakeServer()
    server.on('/bff/authorize', () => Response.json(AUTHORIZE))
    const { user, left } = openApp('/', server)
    await user.click(await screen.findByRole('button', { name: 'Connect with Polar' }))
    await expect.poll(() => left).toHaveLength(1)
    cleanup()
    openApp('/', server)
    await screen.findByText('You left Polar before finishing. Nothing changed.')
    expect(screen.getByRole('button', { name: 'Connect with Polar' })).toBeTruthy()
    cleanup()
    // If Polar itself returns people, the page has other words for it.
    openApp('/auth/callback?error=access_denied&state=s', server)
    await screen.findByRole('link', { name: 'Back to start' })
    cleanup()
    openApp('/', server)
    await screen.findByRole('button', { name: 'Connect with Polar' })
    expect(screen.queryByText(/^You left Polar/)).toBeNull()
  })

  it.each([
    ['2026-10-24', 'For your safety, a connection ends after 30 days. Connect again to continue.'],
    ['2026-10-25', 'You were logged out, or cookies were cleared. Connect again to continue.'],
  ])('says why a connection of %s is over', async (day, text) => {
    localStorage.setItem('polar-connect:signed-in', day)
    openApp('/dashboard/products', createFakeServer())
    expect(await screen.findByText(text)).toBeTruthy()
  })

  it('says who is connected', async () => {
    openApp('/', createFakeServer(ACME))
    await screen.findByRole('heading', { level: 1, name: "You're connected to Acme Books" })
    expect(screen.queryByText('It will be able to see')).toBeNull()
  })

  it('suggests a page for a wrong address', async () => {
    openApp('/orders', createFakeServer())
    const link = await screen.findByRole('link', { name: 'Did you mean Orders?' })
    expect(link.getAttribute('href')).toBe('/dashboard/orders')
    cleanup()
    openApp('/nowhere', createFakeServer())
    await screen.findByText('Check the address, or go back to the start.')
  })

  it('says what a page without a secure connection lacks', async () => {
    vi.spyOn(crypto, 'subtle', 'get').mockReturnValue(undefined as never)
    openApp('/', createFakeServer())
    await screen.findByRole('heading', { name: 'This page needs a secure connection' })
    expect(screen.getByText('Open it over https, or on localhost.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Connect with Polar' })).toBeNull()
  })

  it('says that a browser without cookies cannot connect', async () => {
    vi.spyOn(navigator, 'cookieEnabled', 'get').mockReturnValue(false)
    openApp('/', createFakeServer())
    await screen.findByRole('heading', { name: 'Your browser is blocking cookies' })
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
  })

  it('says if the app has no settings yet, and where a developer sees which', async () => {
    const server = createFakeServer()
    server.on('/bff/session', () => problem(500, 'invalid_client'))
    openApp('/', server)
    await screen.findByRole('heading', { name: "This app isn't set up yet" })
    expect(screen.getByRole('link', { name: 'Open diagnostics' })).toBeTruthy()
  })

  it('has a page for unknown addresses', async () => {
    openApp('/nowhere', createFakeServer())
    const name = 'Page not found'
    expect(await screen.findByRole('heading', { level: 1, name })).toBeTruthy()
  })
})

describe('Another tab', () => {
  it('that logs out empties this one', async () => {
    const server = createFakeServer(ACME)
    const { hear } = openApp('/dashboard/connection', server)
    await screen.findByRole('heading', { level: 2, name: 'Status' })
    server.on('/bff/session', () => Response.json(sessionOf()))
    act(() => hear({ type: 'session', session: sessionOf() }))
    await screen.findByText('You logged out in another tab.')
    expect(document.body.textContent).not.toContain('Acme Books')
    expect(document.body.textContent).not.toContain('ada@example.com')
  })

  it('that connects another account is named here', async () => {
    const { hear } = openApp('/dashboard/connection', createFakeServer(ACME))
    await screen.findByRole('heading', { level: 2, name: 'Status' })
    const nord = { type: 'organization', id: 'org-2', name: 'Nord Studio' } as const
    const session = sessionOf({ ...ACME, id: 'connection-2', subject: nord })
    act(() => hear({ type: 'session', session }))
    await screen.findByText('You connected Nord Studio in another tab.')
    expect(screen.getByRole('button', { name: 'Reload this page' })).toBeTruthy()
    expect(document.body.textContent).not.toContain('Acme Books')
  })
})
