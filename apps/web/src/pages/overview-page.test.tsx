// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import {
  ACME,
  createFakeServer,
  order,
  page,
  product,
  type Answer,
  type FakeServer,
} from '../testing/fake-server.ts'
import { metricsAnswer } from '../testing/metrics-answer.ts'
import { openApp } from '../testing/open-app.tsx'

const METRICS = '/bff/api/v1/metrics/'
const ORDERS = '/bff/api/v1/orders/'
const PRODUCTS = '/bff/api/v1/products/'

const connection = {
  ...ACME,
  scopes: [...ACME.scopes, 'orders:read', 'metrics:read'],
}

/** Twice as much in the last 30 days as in those before. */
const growing: Answer = (url) =>
  metricsAnswer(url, (url.searchParams.get('start_date') ?? '') >= '2026-10-25' ? 2000 : 1000)

function open(path = '/dashboard', metrics: Answer = growing, orders: Answer = () => page([])) {
  const server = createFakeServer(connection)
  server.on(METRICS, metrics)
  server.on(ORDERS, orders)
  server.on(PRODUCTS, () => page([product('Workshop')]))
  return { server, ...openApp(path, server) }
}

const tile = async (name: string) => {
  const list = (await screen.findAllByRole('term')).map((term) => term.closest('div')!)
  return list.find((each) => within(each).queryByText(name))!
}

const asked = (calls: readonly string[], path: string) =>
  calls
    .filter((call) => call.startsWith(`GET ${path}`))
    .map((call) => new URLSearchParams(call.split('?')[1]))

/** Products to choose from are a look-up, not a figure. */
const figureCalls = ({ calls }: FakeServer) =>
  calls.filter((call) => call.includes('/bff/api/') && !call.includes(PRODUCTS))

/** The finished days of the last 30, and the same number of days before. */
const COMPARED = "Oct 25–Nov 22 compared with Sep 25–Oct 23. Today isn't compared yet."

describe('The overview', () => {
  it('shows four figures, and how each changed on finished days', async () => {
    open()
    const revenue = await tile('Revenue')
    // Today counts in the figure: 30 days. It is on neither side of the comparison: 29 days.
    expect(revenue.textContent).toContain('$600.00')
    await within(revenue).findByText('Up 100% on finished days: $580.00 against $290.00')
    expect(within(revenue).getByText('▲ 100% from $290.00').getAttribute('aria-hidden')).toBe(
      'true',
    )
    for (const name of ['Orders', 'Monthly recurring revenue', 'Active subscriptions']) {
      expect(await tile(name)).toBeTruthy()
    }
    expect(screen.getByText(COMPARED)).toBeTruthy()
    expect(screen.getByText('Amounts in US dollars. Days in UTC.')).toBeTruthy()
    expect(screen.getByText('Connected to Acme Books')).toBeTruthy()
    await waitFor(() => expect(document.title).toBe('Overview · Polar Connect'))
  })

  it('compares the level of yesterday with that before the period', async () => {
    open()
    const subscriptions = await tile('Active subscriptions')
    expect(
      await within(subscriptions).findByText('Up 100% on finished days: 2,000 against 1,000'),
    ).toBeTruthy()
  })

  it('draws revenue, orders and recurring revenue next to the previous period', async () => {
    open()
    await screen.findByRole('heading', { name: 'Revenue per day' })
    const titles = screen.getAllByRole('heading', { level: 3 }).map((each) => each.textContent)
    expect(titles).toEqual(['Revenue per day', 'Orders per day', 'Monthly recurring revenue'])
    const narrow = { selector: '.pc-plot__before-name--narrow' }
    expect(await screen.findAllByText('Previous period', narrow)).toHaveLength(3)
    expect(screen.getAllByText('Striped: not finished yet')).toHaveLength(2)
  })

  it('asks Polar for the figures that it shows, twice, and for two lists of orders', async () => {
    const { server } = open()
    await screen.findByRole('heading', { name: 'No orders yet' })
    await screen.findAllByText(/^Up 100%/)
    await screen.findByText('No sales in this period.', { selector: 'p' })
    const calls = figureCalls(server)
    expect(calls).toHaveLength(4)
    const [now, before] = asked(server.calls, METRICS)
    expect(now?.getAll('metrics')).toEqual([
      'revenue',
      'orders',
      'monthly_recurring_revenue',
      'active_subscriptions',
    ])
    expect(Object.fromEntries(now ?? [])).toMatchObject({
      start_date: '2026-10-25',
      end_date: '2026-11-23',
      interval: 'day',
      timezone: 'UTC',
      organization_id: 'org-1',
    })
    expect(before?.get('start_date')).toBe('2026-09-25')
    expect(before?.get('end_date')).toBe('2026-10-23')
    const [top, latest] = asked(server.calls, ORDERS)
    expect(latest?.get('limit')).toBe('5')
    expect(Object.fromEntries(top ?? [])).toMatchObject({
      created_after: '2026-10-25T00:00:00.000Z',
      created_before: '2026-11-23T23:59:59.999Z',
      limit: '100',
    })
    expect(top?.getAll('status')).toEqual(['paid', 'refunded', 'partially_refunded'])
  })

  it('keeps the period in the address', async () => {
    const { user, server } = open('/dashboard?period=7d')
    await screen.findAllByText(/in the last 7 days/)
    expect(screen.getByRole('radio', { name: '7 days', checked: true })).toBeTruthy()
    expect(screen.getByRole('group', { name: 'Period' })).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: '12 months' }))
    await screen.findByRole('heading', { name: 'Revenue per month' })
    expect(location.search).toBe('?period=12m')
    // Still by the day: only days show which ones are finished.
    expect(asked(server.calls, METRICS).map((query) => query.get('interval'))).not.toContain(
      'month',
    )
    await user.click(screen.getByRole('radio', { name: 'Last month' }))
    await screen.findByText('Oct 1–31 (31 days) compared with Sep 1–30 (30 days).')
    expect(location.search).toBe('?period=last-month')
    await user.click(screen.getByRole('radio', { name: 'Year to date' }))
    await screen.findByText(
      "Jan 1–Nov 22, 2026 compared with Jan 1–Nov 22, 2025. Today isn't compared yet.",
    )
    await user.click(screen.getByRole('radio', { name: '30 days' }))
    expect(location.search).toBe('')
  })

  it("compares with nothing if the period before can't be loaded", async () => {
    open('/dashboard', (url) =>
      (url.searchParams.get('start_date') ?? '') >= '2026-10-25'
        ? metricsAnswer(url, 5)
        : new Response(null, { status: 500 }),
    )
    expect((await tile('Orders')).textContent).toBe('Orders150')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it.each([
    ['Up on finished days: 145 against 0', 5, 0],
    ['Up on finished days: 3,190 against 290', 110, 10],
    ['No change', 5, 5],
    ['Down 80% on finished days: 29 against 145', 1, 5],
  ])('says "%s" of %d each day after %d', async (text, now, before) => {
    open('/dashboard', (url) =>
      metricsAnswer(url, (url.searchParams.get('start_date') ?? '') >= '2026-10-25' ? now : before),
    )
    expect(await within(await tile('Orders')).findByText(text)).toBeTruthy()
  })

  it('shortens long figures, and keeps them in full for screen readers', async () => {
    open('/dashboard', (url) => metricsAnswer(url, 123_456))
    const revenue = await tile('Revenue')
    expect(within(revenue).getByText('$37K').getAttribute('aria-hidden')).toBe('true')
    expect(within(revenue).getByText('$37,036.80').className).toBe('pc-visually-hidden')
  })

  it('continues with the orders if there are no figures', async () => {
    const { user } = open('/dashboard', () => new Response(null, { status: 503 }))
    await screen.findByRole('heading', { name: "Polar isn't responding right now" })
    expect(await screen.findByRole('heading', { name: 'No orders yet' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
    await user.click(screen.getAllByRole('link', { name: 'Create checkout link' })[0]!)
    expect(location.pathname).toBe('/dashboard/checkout-links/new')
  })

  it('leads to Polar first if there is no product to sell', async () => {
    const { server } = open()
    server.on(PRODUCTS, () => page([]))
    await screen.findByRole('heading', { name: 'No orders yet' })
    const links = await screen.findAllByRole('link', { name: /^Create a product in Polar/ })
    expect(links).toHaveLength(2)
    expect(screen.queryByRole('link', { name: 'Create checkout link' })).toBeNull()
  })

  it('shows one cause once, and one button retries everything', async () => {
    let down = true
    const { user } = open(
      '/dashboard',
      (url) => (down ? new Response(null, { status: 503 }) : growing(url)),
      () => (down ? new Response(null, { status: 503 }) : page([])),
    )
    await waitFor(() => expect(screen.getAllByText('Not loaded.')).toHaveLength(2))
    expect(
      screen.getAllByRole('heading', { name: "Polar isn't responding right now" }),
    ).toHaveLength(1)
    down = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByRole('heading', { name: 'Revenue per day' })
    expect(await screen.findByRole('heading', { name: 'No orders yet' })).toBeTruthy()
    expect(screen.queryByText('Not loaded.')).toBeNull()
  })

  it('continues with the figures if orders cannot be loaded, and says so once', async () => {
    open('/dashboard', growing, () => new Response(null, { status: 503 }))
    await screen.findByRole('heading', { name: "Polar isn't responding right now" })
    expect(await screen.findByRole('heading', { name: 'Revenue per day' })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'View all orders' })).toBeTruthy()
    expect(screen.getAllByText('Not loaded.')).toHaveLength(1)
  })

  it('asks for all permissions that it lacks in one consent', async () => {
    const refuse = (resource: string): Answer => {
      const challenge = `Bearer error="insufficient_scope", scope="${resource}:read ${resource}:write"`
      return () => new Response('{}', { status: 403, headers: { 'WWW-Authenticate': challenge } })
    }
    const { user, server, left } = open('/dashboard', refuse('metrics'), refuse('orders'))
    server.on('/bff/authorize', () =>
      Response.json({
        authorization_url: 'http://127.0.0.1:4567/oauth2/authorize',
        state: 's',
        expires_at: ACME.connected_at,
      }),
    )
    await screen.findByText('Polar Connect needs your permission to see metrics and your orders.')
    expect(screen.getAllByRole('heading', { name: 'Allow access to see this' })).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Allow access' }))
    await expect.poll(() => left).toHaveLength(1)
    expect(server.bodies).toMatchObject([
      { scopes: expect.arrayContaining(['metrics:read', 'orders:read']) },
    ])
  })

  it('has the products that sold best, with their share and the rest', async () => {
    const sale = (name: string, net: number, currency = 'usd') => ({
      id: crypto.randomUUID(),
      product_id: `id-of-${name}`,
      product: { name },
      description: name,
      net_amount: net,
      currency,
    })
    const names = ['One', 'Two', 'Three', 'Four', 'Five', 'Six']
    const sales = names.map((name, index) => sale(name, 6000 - index * 1000))
    open('/dashboard', growing, (url) =>
      url.searchParams.has('created_after') ? page([...sales, sale('Yen', 500, 'jpy')]) : page([]),
    )
    const table = await screen.findByRole('table', { name: 'Top products in USD' })
    const rows = within(table)
      .getAllByRole('row')
      .map((row) =>
        [...row.querySelectorAll('th, td')].map(
          (cell) => cell.lastElementChild?.textContent ?? cell.textContent,
        ),
      )
    expect(rows[0]).toEqual(['Product', 'Orders', 'Revenue', 'Share'])
    expect(rows[1]).toEqual(['One', '1', '$60.00', '29%'])
    expect(rows[6]).toEqual(['Other products', '1', '$10.00', '5%'])
    expect(screen.getByRole('table', { name: 'Top products in JPY' }).textContent).toContain('¥500')
    expect(within(table).getByRole('link', { name: 'One' }).getAttribute('href')).toBe(
      '/dashboard/products/id-of-One',
    )
    expect(screen.getByText('Before tax and refunds.')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'See products in Metrics' }).getAttribute('href')).toBe(
      '/dashboard/metrics?period=30d',
    )
  })

  it('with many orders asks Polar for the sales of four products', async () => {
    const sale = (name: string, net: number) => ({
      product_id: name,
      product: { name },
      description: name,
      net_amount: net,
      currency: 'usd',
    })
    const many = { total_count: 4800, max_page: 48 }
    const metrics: Answer = (url) => {
      const product = url.searchParams.get('product_id')
      return product === null ? growing(url) : metricsAnswer(url, product === 'B' ? 500 : 100)
    }
    const { server } = open('/dashboard', metrics, (url) =>
      url.searchParams.has('created_after')
        ? Response.json({
            items: ['A', 'B', 'C', 'D', 'E'].map((name, index) => sale(name, 5 - index)),
            pagination: many,
          })
        : page([]),
    )
    await screen.findByText(/^Picked from the latest 100 orders\./)
    const rows = within(screen.getByRole('table', { name: 'Top products' })).getAllByRole('row')
    // 30 days of each: the order is by Polar's figures, not by those of the latest orders.
    expect(rows[1]?.textContent).toContain('B')
    expect(rows[1]?.textContent).toContain('$150.00')
    expect(rows[5]?.textContent).toContain('Other products')
    expect(rows[5]?.textContent).toContain('$360.00')
    const asking = asked(server.calls, METRICS).filter((query) => query.has('product_id'))
    expect(new Set(asking.map((query) => query.get('product_id')))).toEqual(
      new Set(['A', 'B', 'C', 'D']),
    )
    expect(asking).toHaveLength(4)
  })

  it('has a product once that is sold in two currencies', async () => {
    const sale = (name: string, currency: string) => ({
      product_id: name,
      product: { name },
      description: name,
      net_amount: 500,
      currency,
    })
    const metrics: Answer = (url) =>
      url.searchParams.has('product_id') ? metricsAnswer(url, 100) : growing(url)
    const items = [sale('A', 'usd'), sale('A', 'jpy'), sale('B', 'jpy')]
    open('/dashboard', metrics, (url) =>
      url.searchParams.has('created_after')
        ? Response.json({ items, pagination: { total_count: 4800, max_page: 48 } })
        : page([]),
    )
    await screen.findByText(/^Picked from the latest 100 orders\./)
    const table = screen.getByRole('table', { name: 'Top products' })
    const names = within(table).getAllByRole('rowheader')
    expect(names.map(({ textContent }) => textContent)).toEqual(['A', 'B', 'Other products'])
  })

  it('says how old it is, and loads all of it again', async () => {
    const { user, server } = open()
    await screen.findAllByText(/^Up 100%/)
    await screen.findByText('Updated just now')
    const before = figureCalls(server).length
    await user.click(screen.getByRole('button', { name: 'Refresh' }))
    await screen.findByText('Just refreshed.')
    const after = figureCalls(server).length
    expect(after - before).toBe(4)
    expect(screen.getByRole('heading', { name: 'Revenue per day' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Refresh' }))
    expect(figureCalls(server)).toHaveLength(after)
  })
})

describe('The overview of a shop that sold nothing', () => {
  const nothing: Answer = (url) => metricsAnswer(url, 0)
  const LINKS = '/bff/api/v1/checkout-links/'

  async function steps(): Promise<readonly string[]> {
    const card = await screen.findByRole('region', { name: 'Get started' })
    return (await within(card).findAllByRole('listitem')).map(({ textContent }) => textContent)
  }

  it('has the first steps in place of charts, until they are hidden', async () => {
    const { server, user } = open('/dashboard', nothing)
    server.on(LINKS, () => page([]))
    expect(await steps()).toEqual([
      'Connect your organizationDone',
      'Create a productDone',
      'Create a checkout linkCreate checkout link',
      'Get your first orderOpen the link and pay with test data.',
    ])
    expect(screen.queryByRole('figure')).toBeNull()
    expect(screen.queryByRole('heading', { name: 'No orders yet' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Hide' }))
    expect(await screen.findAllByRole('figure')).toHaveLength(3)
    cleanup()
    open('/dashboard', nothing)
    await screen.findByRole('heading', { name: 'No orders yet' })
    expect(screen.queryByRole('heading', { name: 'Get started' })).toBeNull()
  })

  it('offers a product first, and a link only with one', async () => {
    const { server } = open('/dashboard', nothing)
    server.on(PRODUCTS, () => page([]))
    server.on(LINKS, () => page([]))
    expect((await steps()).slice(1, 3)).toEqual([
      'Create a productCreate a product in Polar (opens in a new tab)',
      'Create a checkout link',
    ])
  })

  it('has charts once there is an order', async () => {
    const { server } = open('/dashboard', nothing, () => page([order('ACME-1')]))
    expect(await screen.findAllByRole('figure')).toHaveLength(3)
    expect(server.calls.filter((call) => call.includes(LINKS))).toEqual([])
  })
})
