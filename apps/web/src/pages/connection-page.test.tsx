// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ACME, createFakeServer, problem, sessionOf } from '../testing/fake-server.ts'
import { faultsDuring } from '../testing/faults.ts'
import { openApp } from '../testing/open-app.tsx'

afterEach(() => vi.restoreAllMocks())

const PATH = '/dashboard/connection'

/** A server that ends the session when asked to, and says `revoked`. */
function leavingServer(revoked: boolean) {
  const server = createFakeServer(ACME)
  server.on('/bff/logout', () => {
    server.on('/bff/session', () => Response.json(sessionOf()))
    return Response.json({ revoked })
  })
  return server
}

describe('The connection', () => {
  it('says what it is and what it may do', async () => {
    openApp(PATH, createFakeServer(ACME))
    const status = await screen.findByRole('region', { name: 'Status' })
    expect(within(status).getByText('Connected to Acme Books')).toBeTruthy()
    expect(within(status).getByText('Renews automatically in 43 minutes')).toBeTruthy()
    expect(within(status).getByText(/2 minutes ago/)).toBeTruthy()
    const permissions = screen.getByRole('region', { name: 'What Polar Connect can do' })
    expect(within(permissions).getByText('See your products')).toBeTruthy()
    expect(
      screen.getByText("Asked for, but Polar didn't include: See your email address."),
    ).toBeTruthy()
  })

  it('separates permissions that change data from those that read it', async () => {
    const scopes = ['checkout_links:write', 'checkout_links:read', 'products:read']
    openApp(PATH, createFakeServer({ ...ACME, scopes }))
    const permissions = await screen.findByRole('region', { name: 'What Polar Connect can do' })
    expect(within(permissions).getAllByRole('heading', { level: 3 })).toHaveLength(1)
    const [reads, changes] = within(permissions).getAllByRole('list')
    expect(reads?.textContent).toBe('See checkout linksSee your products')
    expect(changes?.textContent).toBe('Create and edit checkout links')
    expect(changes?.previousElementSibling?.textContent).toBe('Can make changes')
  })

  it('is refreshed at the next use if less than a minute is left', async () => {
    const soon = { ...ACME, access_token_expires_at: '2026-11-23T14:02:59Z' }
    openApp(PATH, createFakeServer(soon))
    const status = await screen.findByRole('region', { name: 'Status' })
    expect(within(status).getByText('At next use')).toBeTruthy()
  })

  it('is refreshed on demand, and then not again for a while', async () => {
    const server = createFakeServer(ACME)
    server.on('/bff/refresh', () =>
      Response.json({ session: sessionOf({ ...ACME, generation: 2 }) }),
    )
    const { user } = openApp(PATH, server)
    await user.click(await screen.findByRole('button', { name: 'Renew access now' }))
    await screen.findByText('Access renewed.')
    const button = screen.getByRole('button', { name: 'Renew access now' })
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await user.click(button)
    expect(server.calls.filter((call) => call === 'POST /bff/refresh')).toHaveLength(1)
  })

  it('gets another permission after one is chosen', async () => {
    const server = createFakeServer(ACME)
    server.on('/bff/authorize', () => problem(429, 'rate_limited', { retry_after: 20 }))
    const { user } = openApp(PATH, server)
    const button = await screen.findByRole('button', { name: 'Add permissions' })
    expect(screen.getByText('Choose at least one permission.')).toBeTruthy()
    await user.click(button)
    expect(server.calls).not.toContain('POST /bff/authorize')
    await user.click(screen.getByRole('checkbox', { name: 'See your email address' }))
    await user.click(button)
    await screen.findByRole('heading', { name: 'Loading too fast' })
  })

  it('stays unchanged if the person denies another permission', async () => {
    const server = createFakeServer(ACME)
    const url = 'http://127.0.0.1:4567/oauth2/authorize'
    server.on('/bff/authorize', () =>
      Response.json({ authorization_url: url, state: 's', expires_at: ACME.connected_at }),
    )
    server.on('/bff/callback', () =>
      problem(400, 'authorization_error', { error: 'access_denied' }),
    )
    const first = openApp(PATH, server)
    const email = { name: 'See your email address' }
    await first.user.click(await screen.findByRole('checkbox', email))
    await first.user.click(screen.getByRole('button', { name: 'Add permissions' }))
    await expect.poll(() => first.left).toEqual([url])
    cleanup()
    openApp('/auth/callback?error=access_denied&state=s', server)
    await screen.findByText('Permission not granted. Nothing changed.')
    expect(location.pathname).toBe(PATH)
  })

  it('ends without a question on Log out', async () => {
    const { user } = openApp(PATH, leavingServer(false))
    await user.click(await screen.findByRole('button', { name: 'Log out' }))
    await screen.findByRole('heading', { level: 1, name: "You're logged out" })
    expect(location.pathname).toBe('/signed-out')
    expect(document.body.textContent).not.toContain('ada@example.com')
  })

  it('that ended is not called a failure if its last page does not open', async () => {
    // The router passes on this one.
    const fault = new DOMException('not a state', 'DataCloneError')
    const { user } = openApp(PATH, leavingServer(false))
    const button = await screen.findByRole('button', { name: 'Log out' })
    vi.spyOn(history, 'pushState').mockImplementation(() => {
      throw fault
    })
    const faults = await faultsDuring(async () => {
      await user.click(button)
      await screen.findByRole('button', { name: 'Connect with Polar' })
    })
    expect(faults).toEqual([fault])
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('asks before it disconnects, and says that Polar confirmed', async () => {
    const { user } = openApp(PATH, leavingServer(true))
    await user.click(await screen.findByRole('button', { name: 'Disconnect' }))
    const dialog = screen.getByRole('dialog', { name: 'Disconnect from Polar?' })
    expect(within(dialog).getAllByRole('button')[0]?.textContent).toBe('Keep connected')
    await user.click(within(dialog).getByRole('button', { name: 'Disconnect' }))
    await screen.findByRole('heading', { level: 1, name: "You're disconnected" })
    screen.getByText(
      'Disconnected. Polar Connect no longer has access to Acme Books from this browser.',
    )
    expect(document.body.textContent).not.toContain('ada@example.com')
  })

  it('asks for consent at the next connection after a disconnect, also as a user', async () => {
    const server = leavingServer(true)
    server.on('/bff/authorize', () => problem(429, 'rate_limited', { retry_after: 20 }))
    const { user } = openApp(PATH, server)
    await user.click(await screen.findByRole('button', { name: 'Disconnect' }))
    const dialog = screen.getByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: 'Disconnect' }))
    await screen.findByRole('heading', { level: 1, name: "You're disconnected" })
    await user.click(screen.getByRole('link', { name: 'Polar Connect home' }))
    await user.click(await screen.findByRole('radio', { name: 'All my organizations' }))
    await user.click(screen.getByRole('button', { name: 'Connect with Polar' }))
    await screen.findByText('Wait a moment and try again.')
    expect(server.bodies.at(-1)).toMatchObject({ subject: 'user', prompt: 'consent' })
  })

  it('does not claim what Polar did not confirm', async () => {
    const { user } = openApp(PATH, leavingServer(false))
    await user.click(await screen.findByRole('button', { name: 'Disconnect' }))
    const dialog = screen.getByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: 'Disconnect' }))
    await screen.findByRole('heading', {
      level: 1,
      name: "You're disconnected here, but Polar didn't confirm",
    })
    expect(screen.getByRole('link', { name: 'Back to start' })).toBeTruthy()
  })
})
