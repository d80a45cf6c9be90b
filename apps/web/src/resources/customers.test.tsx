// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import {
  ACME,
  createFakeServer,
  customer,
  order,
  page,
  product,
  SHOP,
  subscription,
} from '../testing/fake-server.ts'
import { limitsAnswer, metricsAnswer } from '../testing/metrics-answer.ts'
import { openApp } from '../testing/open-app.tsx'

const CUSTOMERS = '/bff/api/v1/customers/'
const SUBSCRIPTIONS = '/bff/api/v1/subscriptions/'
const UUID = 'b6c1f7aa-3d2e-4f6b-8e9d-0a1b2c3d4e44'

const rowOf = async (name: RegExp | string) =>
  (await screen.findByRole('rowheader', { name })).closest('tr')!
const told = (row: HTMLElement) =>
  within(row)
    .getAllByRole('cell')
    .map((cell) => cell.lastElementChild?.textContent)

describe('Customers', () => {
  it('are shown by their name, their email, or what is left of it', async () => {
    const server = createFakeServer(SHOP)
    const from = (country: string) => ({ billing_address: { country } })
    server.on(CUSTOMERS, () =>
      page([
        customer('one', { name: 'Ada Example', email: 'ada@example.com', ...from('JP') }),
        customer('two', { email: 'bo@example.com', ...from('XQ') }),
        customer('three-and-more', { type: 'team' }),
      ]),
    )
    openApp('/dashboard/customers', server)
    expect(told(await rowOf(/^Ada Example/))).toEqual([
      'ada@example.com',
      'Japan',
      'Nov 1, 2026Nov 1, 2026, 10:00 AM',
    ])
    expect(told(await rowOf(/^bo@example.com/))[1]).toBe('XQ')
    expect(told(await rowOf('three-an'))[0]).toContain('Not provided')
    expect(screen.getByText('3 customers')).toBeTruthy()
  })

  it('are searched by Polar', async () => {
    const server = createFakeServer(SHOP)
    server.on(CUSTOMERS, () => page([]))
    const { user } = openApp('/dashboard/customers', server)
    await screen.findByRole('heading', { name: 'No customers yet' })
    expect(screen.getByText('Your first customer shows up after the first order.')).toBeTruthy()
    await user.type(screen.getByRole('searchbox', { name: 'Search customers' }), 'ada')
    await screen.findByRole('heading', { name: 'No matches' })
    expect(server.calls.some((call) => /customers.*[?&]query=ada(&|$)/.test(call))).toBe(true)
  })
})

describe('A customer', () => {
  function serve(connection = SHOP) {
    const server = createFakeServer(connection)
    server.on('/bff/api/v1/metrics/limits', limitsAnswer)
    server.on('/bff/api/v1/metrics/', (url) => metricsAnswer(url, 2000))
    server.on(SUBSCRIPTIONS, () => page([]))
    server.on('/bff/api/v1/orders/', () => page([]))
    server.on(`${CUSTOMERS}${UUID}`, () => Response.json(customer(UUID, { name: 'Ada Example' })))
    return server
  }

  it('has their facts and their orders', async () => {
    const server = serve()
    const address = { line1: '1 Invented Street', city: 'Reimachi', state: 'JP-13', country: 'JP' }
    server.on(`${CUSTOMERS}${UUID}`, () =>
      Response.json(customer(UUID, { name: 'Ada Example', billing_address: address })),
    )
    server.on('/bff/api/v1/orders/', () => page([order('ACME-1')]))
    openApp(`/dashboard/customers/${UUID}`, server)
    await screen.findByRole('heading', { level: 1, name: 'Ada Example' })
    expect(screen.getByText('1 Invented Street, Reimachi 13, Japan')).toBeTruthy()
    expect(screen.getByText('Nov 1, 2026, 10:00 AM UTC')).toBeTruthy()
    const copy = screen.getByRole('button', { name: 'Copy customer ID' })
    expect(copy.previousElementSibling?.textContent).toBe(UUID)
    await rowOf('ACME-1')
    expect(server.calls.some((call) => call.includes(`customer_id=${UUID}`))).toBe(true)
  })

  it('has their revenue and subscriptions, in five calls', async () => {
    const server = serve()
    server.on(SUBSCRIPTIONS, () => page([subscription('active')]))
    openApp(`/dashboard/customers/${UUID}`, server)
    expect(await screen.findByText('All time, in US dollars, as Polar counts it.')).toBeTruthy()
    const figures = within(screen.getByRole('region', { name: 'Key figures' }))
    expect(figures.getByText('Revenue').nextElementSibling?.textContent).toMatch(/^\$/)
    expect(figures.getAllByRole('term').map(({ textContent }) => textContent)).toEqual([
      'Revenue',
      'Orders',
      'Active subscriptions',
    ])
    const table = await screen.findByRole('table', { name: 'Subscriptions' })
    const heads = within(table).getAllByRole('columnheader')
    expect(heads.map(({ textContent }) => textContent)).toEqual([
      'Product',
      'Amount',
      'Status',
      'Renews',
    ])
    expect(within(table).getByRole('rowheader').textContent).toBe('Reader plan')
    await screen.findByRole('heading', { name: 'No orders yet' })
    const calls = server.calls.filter((call) => call.includes('/bff/api/'))
    expect(calls).toHaveLength(5)
    const asked = calls.filter((call) => !call.includes('limits') && !call.includes('/customers/'))
    for (const call of asked) expect(call).toContain(`customer_id=${UUID}`)
    const [all] = screen.getAllByRole('link', { name: 'View all' })
    expect(all?.getAttribute('href')).toBe(`/dashboard/subscriptions?customer=${UUID}`)
  })

  it('asks for all missing permissions in one consent', async () => {
    const scopes = [...ACME.scopes, 'customers:read', 'orders:read']
    const server = serve({ ...SHOP, scopes })
    server.on('/bff/authorize', () =>
      Response.json({ authorization_url: 'http://127.0.0.1:4567/oauth2/authorize?state=s' }),
    )
    const { user, left } = openApp(`/dashboard/customers/${UUID}`, server)
    await screen.findByText(
      'Polar Connect needs your permission to see metrics and your subscriptions.',
    )
    expect(screen.queryByRole('heading', { name: 'Subscriptions' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Allow access' }))
    await waitFor(() => expect(left).toHaveLength(1))
    expect(server.bodies.at(-1)).toMatchObject({
      scopes: expect.arrayContaining(['metrics:read', 'subscriptions:read']) as string[],
    })
    const button = screen.getByRole('button', { name: 'Opening Polar…' })
    // Back from Polar, the browser shows the page as it was.
    act(() => void dispatchEvent(new Event('pageshow')))
    expect(button.textContent).toBe('Allow access')
  })

  it('has the parts that a write permission includes', async () => {
    const scopes = SHOP.scopes.map((scope) =>
      scope.replace('subscriptions:read', 'subscriptions:write'),
    )
    openApp(`/dashboard/customers/${UUID}`, serve({ ...SHOP, scopes }))
    await screen.findByRole('heading', { name: 'Subscriptions' })
    expect(screen.queryByRole('button', { name: 'Allow access' })).toBeNull()
  })

  it('filters a list, which shows their name until the filter is removed', async () => {
    const server = serve()
    server.on('/bff/api/v1/products/', () => page([]))
    server.on('/bff/api/v1/orders/', () => page([order('ACME-1')]))
    const { user } = openApp(`/dashboard/orders?customer=${UUID}`, server)
    await screen.findByText('Customer: Ada Example')
    const asked = () => server.calls.findLast((call) => call.startsWith('GET /bff/api/v1/orders/?'))
    expect(asked()).toContain(`customer_id=${UUID}`)
    // The name of another customer finds none of this one's orders.
    server.on(CUSTOMERS, () => page([customer('somebody-else')]))
    await user.type(screen.getByRole('searchbox', { name: 'Search orders' }), 'bo')
    await screen.findByText('No orders for "bo".')
    await user.click(screen.getByRole('button', { name: 'Remove customer' }))
    await rowOf('ACME-1')
    expect(location.search).toBe('?q=bo')
  })

  it('keeps their facts if their orders fail', async () => {
    const server = serve()
    server.on('/bff/api/v1/orders/', () => new Response(null, { status: 503 }))
    openApp(`/dashboard/customers/${UUID}`, server)
    await screen.findByRole('heading', { name: "Polar isn't responding right now" })
    expect(screen.getByRole('heading', { level: 1, name: 'Ada Example' })).toBeTruthy()
  })
})

describe('A product', () => {
  it('has its description, its benefits, and a way to sell it', async () => {
    const server = createFakeServer(SHOP)
    const benefits = [{ id: 'b1', description: 'Monthly letter' }]
    server.on(`/bff/api/v1/products/${UUID}`, () =>
      Response.json(product('Workshop', { id: UUID, description: 'All of it.', benefits })),
    )
    openApp(`/dashboard/products/${UUID}`, server)
    await screen.findByRole('heading', { level: 1, name: 'Workshop' })
    expect(screen.getByText('All of it.')).toBeTruthy()
    expect(screen.getByText('Monthly letter')).toBeTruthy()
    const sell = screen.getByRole('link', { name: 'Create checkout link' })
    expect(sell.getAttribute('href')).toBe(`/dashboard/checkout-links/new?product=${UUID}`)
  })
})

describe('Subscriptions', () => {
  it('show their price, status and next date', async () => {
    const server = createFakeServer(SHOP)
    server.on(SUBSCRIPTIONS, () =>
      page([
        subscription('active'),
        subscription('canceling', {
          cancel_at_period_end: true,
          ends_at: '2027-03-03T10:00:00Z',
          recurring_interval: 'year',
        }),
        subscription('canceled', { status: 'canceled', ended_at: '2026-10-01T10:00:00Z' }),
        subscription('paused', { status: 'paused', recurring_interval_count: 3 }),
        subscription('newer', { status: 'frozen_solid', recurring_interval: 'fortnight' }),
      ]),
    )
    openApp('/dashboard/subscriptions', server)
    const of = async (id: string) => told(await rowOf(`Customer of ${id}`))
    expect(await of('active')).toEqual(['Reader plan', '$20.00 / month', 'Active', 'Dec 1, 2026'])
    expect((await of('canceling')).slice(1)).toEqual([
      '$20.00 / year',
      'Canceling',
      'Ends Mar 3, 2027',
    ])
    expect((await of('canceled')).slice(2)).toEqual(['Canceled', 'Ended Oct 1, 2026'])
    expect((await of('paused')).slice(1)).toEqual(['$20.00 / 3 months', 'Paused', '–Not provided'])
    expect((await of('newer')).slice(1, 3)).toEqual(['$20.00 / fortnight', 'Frozen solid'])
  })

  it('that end differ from those that continue, although Polar lists them as one', async () => {
    const server = createFakeServer(SHOP)
    server.on(SUBSCRIPTIONS, () => page([]))
    const { user } = openApp('/dashboard/subscriptions', server)
    await screen.findByRole('heading', { name: 'No subscriptions yet' })
    expect(screen.getByRole('link', { name: 'View products' })).toBeTruthy()
    const asked = () => server.calls.findLast((call) => call.includes(SUBSCRIPTIONS))
    const filter = screen.getByRole('combobox', { name: 'Status' })
    await user.selectOptions(filter, 'Canceling')
    await waitFor(() => expect(asked()).toMatch(/status=active.*cancel_at_period_end=true/))
    await user.selectOptions(filter, 'Active')
    await waitFor(() => expect(asked()).toMatch(/status=active.*cancel_at_period_end=false/))
    await user.selectOptions(filter, 'Past due')
    await waitFor(() => expect(asked()).toMatch(/status=past_due/))
    expect(asked()).not.toContain('cancel_at_period_end')
  })
})
