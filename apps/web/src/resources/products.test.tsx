// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import {
  ACME,
  createFakeServer,
  fixed,
  page,
  problem,
  product,
  sessionOf,
  SHOP,
  type FakeServer,
} from '../testing/fake-server.ts'
import { metricsAnswer } from '../testing/metrics-answer.ts'
import { openApp } from '../testing/open-app.tsx'

const PRODUCTS = '/bff/api/v1/products/'

const refusal = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers })

function open(answer: () => Response, path = '/dashboard/products', server?: FakeServer) {
  const own = server ?? createFakeServer(ACME)
  own.on(PRODUCTS, answer)
  return { server: own, ...openApp(path, own) }
}

describe('Products', () => {
  it('are in a table with price, type and status in words', async () => {
    const monthly = { recurring_interval: 'month', recurring_interval_count: 1 }
    open(() =>
      page([
        product('Workshop'),
        product('Reader plan', { ...monthly, is_archived: true }),
        product('Sampler', { prices: [fixed(0)] }),
        product('Mystery', { prices: [{ amount_type: 'barter', is_archived: false }] }),
      ]),
    )
    const rows = async (name: string) => {
      const row = (await screen.findByRole('rowheader', { name })).closest('tr')!
      return within(row)
        .getAllByRole('cell')
        .map((cell) => cell.querySelector('span:last-of-type')?.textContent)
    }
    expect((await rows('Workshop')).slice(0, 3)).toEqual(['$20.00', 'One-time', 'Active'])
    const plan = await rows('Reader plan')
    expect(plan.slice(0, 4)).toEqual([
      '$20.00 / month',
      'Monthly',
      'Archived',
      'Nov 1, 2026Nov 1, 2026, 10:00 AM',
    ])
    expect((await rows('Sampler'))[0]).toBe('Free')
    const mystery = screen.getByRole('rowheader', { name: 'Mystery' }).closest('tr')!
    expect(within(mystery).getByText('Not provided')).toBeTruthy()
    expect(screen.getByText('4 products')).toBeTruthy()
    await waitFor(() => expect(document.title).toBe('Products · Polar Connect'))
  })

  it('say how old they are, and load again when they are asked to', async () => {
    let count = 0
    const { server, user } = open(() => page([product(`Edition ${(count += 1)}`)]))
    expect(await screen.findByRole('rowheader', { name: 'Edition 1' })).toBeTruthy()
    expect(await screen.findByText('Updated just now')).toBeTruthy()
    const calls = server.calls.length
    await user.click(screen.getByRole('button', { name: 'Refresh' }))
    expect(await screen.findByRole('rowheader', { name: 'Edition 2' })).toBeTruthy()
    expect(server.calls).toHaveLength(calls + 1)
  })

  it('show their sales of the last 30 days, in one call', async () => {
    const server = createFakeServer(SHOP)
    server.on(`${PRODUCTS}p1`, () => Response.json(product('p1', { benefits: [] })))
    server.on('/bff/api/v1/metrics/', (url) => metricsAnswer(url, 50_000))
    open(() => page([]), '/dashboard/products/p1', server)
    const sales = await screen.findByRole('region', { name: 'Last 30 days' })
    const tiles = await within(sales).findAllByRole('definition')
    // Thirty days of $500 are too long for a tile. The whole amount can still be read.
    await waitFor(() =>
      expect(tiles.map(({ textContent }) => textContent)).toEqual([
        '$15K$15,000.00',
        '1.5M1,500,000',
      ]),
    )
    const asked = server.calls.filter((call) => call.includes('/v1/metrics/?'))
    expect(asked).toHaveLength(1)
    expect(new URL(asked[0]!.slice(4), location.origin).searchParams.get('product_id')).toBe('p1')
    expect(screen.getByRole('button', { name: 'Refresh' })).toBeTruthy()
  })

  it('are asked for one organization, twenty at a time, by the page in the address', async () => {
    const { server, user } = open(
      () => page([product('Workshop')], 134),
      '/dashboard/products?page=2',
    )
    await screen.findByRole('region', { name: 'Products table, page 2 of 7' })
    const query = new URLSearchParams(
      server.calls.find((call) => call.includes(PRODUCTS))?.split('?')[1],
    )
    expect(Object.fromEntries(query)).toMatchObject({
      organization_id: 'org-1',
      page: '2',
      limit: '20',
    })
    await user.click(screen.getByRole('button', { name: 'Next page' }))
    await screen.findByRole('region', { name: 'Products table, page 3 of 7' })
    expect(location.search).toBe('?page=3')
    await user.click(screen.getByRole('button', { name: 'Previous page' }))
    await screen.findByRole('region', { name: 'Products table, page 2 of 7' })
  })

  it('say how to begin if there are none', async () => {
    open(() => page([]))
    await screen.findByRole('heading', { name: 'No products yet' })
    const link = screen.getByRole('link', {
      name: 'Create a product in Polar (opens in a new tab)',
    })
    expect(link.getAttribute('rel')).toContain('noopener')
  })

  it('offer another try if Polar is down', async () => {
    const { server, user } = open(() => refusal(503))
    await screen.findByRole('heading', { name: "Polar isn't responding right now" })
    expect(screen.getByText('upstream_error')).toBeTruthy()
    server.on(PRODUCTS, () => page([product('Workshop')]))
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByRole('rowheader', { name: 'Workshop' })
  })

  it('say that an answer could not be read', async () => {
    open(() => new Response('<html>', { headers: { 'Content-Type': 'application/json' } }))
    const title = "Polar answered in a way we didn't understand"
    expect(await screen.findByRole('heading', { name: title })).toBeTruthy()
  })

  it('name the missing permission, and ask for the one that only reads', async () => {
    const challenge = 'Bearer error="insufficient_scope", scope="products:write products:read"'
    const { server, user } = open(() => refusal(403, { 'WWW-Authenticate': challenge }))
    await screen.findByRole('heading', { name: 'Allow access to see this' })
    expect(
      screen.getByText('Polar Connect needs your permission to see your products.'),
    ).toBeTruthy()
    server.on('/bff/authorize', () => problem(400, 'invalid_request'))
    await user.click(screen.getByRole('button', { name: 'Allow access' }))
    await screen.findByRole('heading', { name: "Polar Connect sent something it shouldn't have" })
    expect(server.calls).toContain('POST /bff/authorize')
  })

  it('name the organization to a person who may not see them', async () => {
    open(() => refusal(403))
    await screen.findByRole('heading', { name: "You don't have access to this" })
    expect(screen.getByText('Ask an admin of Acme Books to give you access in Polar.')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Back to overview' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Connect a different organization' })).toBeTruthy()
  })

  it('wait as long as Polar asks, and load by themselves', async () => {
    let calls = 0
    open(() => (calls++ === 0 ? refusal(429, { 'Retry-After': '1' }) : page([product('Workshop')])))
    await screen.findByText('Polar asked us to slow down. Continuing in 1 second.')
    const button = screen.getByRole('button', { name: 'Try again now' })
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await screen.findByRole('rowheader', { name: 'Workshop' }, { timeout: 10_000 })
  })

  it('stay while Polar asks to wait for the next page, which then comes by itself', async () => {
    let paused = true
    const { server, user } = open(() => page([]))
    server.on(PRODUCTS, ({ searchParams }) => {
      if (searchParams.get('page') === '1') return page([product('Workshop')], 60)
      return paused ? refusal(429, { 'Retry-After': '1' }) : page([product('Sampler')], 60)
    })
    await user.click(await screen.findByRole('button', { name: 'Next page' }))
    await screen.findAllByText('Polar asked us to slow down. Continuing in 1 second.')
    expect(screen.getByRole('rowheader', { name: 'Workshop' })).toBeTruthy()
    expect(screen.getByText('60 products')).toBeTruthy()
    expect(screen.getByRole('region', { name: 'Products table, page 2 of 3' })).toBeTruthy()
    paused = false
    await screen.findByRole('rowheader', { name: 'Sampler' }, { timeout: 10_000 })
    expect(screen.queryByRole('button', { name: 'Try again now' })).toBeNull()
  })

  it.each([
    ['stay', 503, "Polar isn't responding right now"],
    ['go', 403, "You don't have access to this"],
  ])('%s after a %i for the next page', async (what, status, title) => {
    const server = createFakeServer(ACME)
    const { user } = open(() => page([]), '/dashboard/products', server)
    server.on(PRODUCTS, ({ searchParams }) =>
      searchParams.get('page') === '1' ? page([product('Workshop')], 60) : refusal(status),
    )
    await user.click(await screen.findByRole('button', { name: 'Next page' }))
    await screen.findByRole('heading', { name: title })
    const row = screen.queryByRole('rowheader', { name: 'Workshop' })
    expect(row === null).toBe(what === 'go')
  })

  it('stay on the screen when the session ends', async () => {
    const { server, user } = open(() => page([product('Workshop')], 60))
    await screen.findByRole('rowheader', { name: 'Workshop' })
    server.on(PRODUCTS, () => problem(401, 'reauthorization_required', { generation: 1 }))
    await user.click(screen.getByRole('button', { name: 'Next page' }))
    const banner = await screen.findByText(
      'Polar Connect no longer has access to Acme Books. Reconnect to keep working on this page.',
    )
    expect(within(banner.parentElement!).getByRole('button', { name: 'Reconnect' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Previous page' }))
    await screen.findByRole('rowheader', { name: 'Workshop' })
  })

  it('are marked in the navigation if the permission is missing', async () => {
    const server = createFakeServer()
    server.on('/bff/session', () => Response.json(sessionOf({ ...ACME, scopes: ['openid'] })))
    open(() => page([]), '/dashboard/products', server)
    const name = 'Products (needs permission)'
    expect(await screen.findByRole('link', { name })).toBeTruthy()
  })
})
