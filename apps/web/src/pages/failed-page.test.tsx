// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { createFakeServer } from '../testing/fake-server.ts'
import { openApp } from '../testing/open-app.tsx'

describe('A failed connection', () => {
  it('has its title, its action and its reference', async () => {
    openApp(
      '/connect/failed?reason=authorization_error.access_denied&ref=0abc1def',
      createFakeServer(),
    )
    const heading = await screen.findByRole('heading', {
      level: 1,
      name: "You didn't allow access",
    })
    await waitFor(() => expect(document.activeElement).toBe(heading))
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Back to start' })).toBeTruthy()
    expect(screen.getByText('Reference: 0abc1def')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Copy reference' })).toBeTruthy()
  })

  it.each([
    ['/connect/oops?reason=authorization_error.access_denied', "You didn't allow access"],
    ['/connect/oops', 'Page not found'],
    ['/connect', 'Page not found'],
  ])('tells what happened at %s: %s', async (path, name) => {
    openApp(path, createFakeServer())
    await screen.findByRole('heading', { level: 1, name })
    expect(screen.getByRole('link', { name: 'Back to start' })).toBeTruthy()
  })

  it('shows no text from the address', async () => {
    const words = 'Call+555-0100'
    openApp(
      `/connect/failed?reason=${words}&ref=${words}&error_description=${words}`,
      createFakeServer(),
    )
    await screen.findByRole('heading', { level: 1, name: "That didn't work" })
    expect(document.body.textContent).not.toContain('555')
  })

  it('leads a developer of the app to the checks', async () => {
    openApp('/connect/failed?reason=invalid_client', createFakeServer())
    await screen.findByRole('heading', { level: 1, name: "Polar Connect isn't set up correctly" })
    const links = screen.getAllByRole('link', { name: 'Open diagnostics' })
    expect(links.map((link) => link.getAttribute('href'))).toEqual(['/diagnostics', '/diagnostics'])
  })

  it('is the result of a return without parameters', async () => {
    openApp('/auth/callback', createFakeServer())
    await screen.findByRole('heading', { level: 1, name: 'The link from Polar is incomplete' })
    expect(location.pathname).toBe('/connect/failed')
  })
})
