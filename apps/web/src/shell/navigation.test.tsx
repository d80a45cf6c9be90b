// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { createFakeServer, page, SHOP } from '../testing/fake-server.ts'
import { openApp } from '../testing/open-app.tsx'

function open(scopes: readonly string[] = SHOP.scopes) {
  const server = createFakeServer({ ...SHOP, scopes: [...scopes] })
  for (const list of ['products', 'customers']) server.on(`/bff/api/v1/${list}/`, () => page([]))
  return openApp('/dashboard/products', server)
}

describe('The navigation', () => {
  it('leads to eight pages, and keeps those that lack their permission', async () => {
    open(SHOP.scopes.filter((scope) => !/^(orders|metrics)/.test(scope)))
    const links = within(await screen.findByRole('navigation', { name: 'Main' }))
    expect(
      links.getAllByRole('link').map((link) => link.getAttribute('aria-label') ?? link.textContent),
    ).toEqual([
      'Overview',
      'Products',
      'Orders (needs permission)',
      'Customers',
      'Subscriptions',
      'Metrics (needs permission)',
      'Checkout links',
      'Connection',
    ])
    const current = links.getByRole('link', { current: 'page' })
    expect(current.textContent).toBe('Products')
  })

  it('is in a menu too, which closes when the page changes', async () => {
    const { user } = open()
    const button = await screen.findByRole('button', { name: 'Menu' })
    expect(button.getAttribute('aria-expanded')).toBe('false')
    await user.click(button)
    const menu = await screen.findByRole('dialog', { name: 'Menu' })
    await user.click(within(menu).getByRole('link', { name: 'Customers' }))
    // The heading shows before the page does, and is another element then.
    await waitFor(() =>
      expect(document.activeElement).toBe(
        screen.getByRole('heading', { level: 1, name: 'Customers' }),
      ),
    )
    expect((menu as HTMLDialogElement).open).toBe(false)
  })
})
