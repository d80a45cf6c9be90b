// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ACME, createFakeServer, page, type Answer } from '../testing/fake-server.ts'
import { metricsAnswer } from '../testing/metrics-answer.ts'
import { openApp } from '../testing/open-app.tsx'

const METRICS = '/bff/api/v1/metrics/'
const ORDERS = '/bff/api/v1/orders/'

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

describe('The overview', () => {
  it('tells four figures, and how each of them moved', async () => {
    open()
    const revenue = await tile('Revenue')
    expect(revenue.textContent).toContain('$600.00')
    await within(revenue).findByText('Up 100% from the previous 30 days')
    expect(within(revenue).getByText('▲ 100%').getAttribute('aria-hidden')).toBe('true')
    for (const name of ['Orders', 'Monthly recurring revenue', 'Active subscriptions']) {
      expect(await tile(name)).toBeTruthy()
    }
    expect(screen.getByText('Connected to Acme Books')).toBeTruthy()
    await waitFor(() => expect(document.title).toBe('Overview · Polar Connect'))
  })

  it('draws revenue, orders and recurring revenue', async () => {
    open()
    await screen.findByRole('heading', { name: 'Revenue per day' })
    const titles = screen.getAllByRole('heading', { level: 3 }).map((each) => each.textContent)
    expect(titles).toEqual(['Revenue per day', 'Orders per day', 'Monthly recurring revenue'])
  })

  it('asks Polar for the figures that it shows, twice, and for five orders', async () => {
    const { server } = open()
    await screen.findByRole('heading', { name: 'No orders yet' })
    await screen.findAllByText('Up 100% from the previous 30 days')
    const calls = server.calls.filter((call) => call.includes('/bff/api/'))
    expect(calls).toHaveLength(3)
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
    expect(before?.get('end_date')).toBe('2026-10-24')
    expect(asked(server.calls, ORDERS)[0]?.get('limit')).toBe('5')
  })

  it('keeps the period in the address', async () => {
    const { user, server } = open('/dashboard?period=7d')
    await screen.findAllByText(/in the last 7 days/)
    expect(screen.getByRole('radio', { name: '7 days', checked: true })).toBeTruthy()
    expect(screen.getByRole('group', { name: 'Period' })).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: '12 months' }))
    await screen.findByRole('heading', { name: 'Revenue per month' })
    expect(location.search).toBe('?period=12m')
    expect(asked(server.calls, METRICS).at(-1)?.get('interval')).toBe('month')
    await user.click(screen.getByRole('radio', { name: '30 days' }))
    expect(location.search).toBe('')
  })

  it('compares with nothing where the period before cannot be had', async () => {
    open('/dashboard', (url) =>
      (url.searchParams.get('start_date') ?? '') >= '2026-10-25'
        ? metricsAnswer(url, 5)
        : new Response(null, { status: 500 }),
    )
    expect((await tile('Orders')).textContent).toBe('Orders150')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it.each([
    ['New: nothing in the previous 30 days', 5, 0],
    ['No change from the previous 30 days', 5, 5],
    ['Down 80% from the previous 30 days', 1, 5],
  ])('says "%s" of %d each day after %d', async (text, now, before) => {
    open('/dashboard', (url) =>
      metricsAnswer(url, (url.searchParams.get('start_date') ?? '') >= '2026-10-25' ? now : before),
    )
    expect(await screen.findAllByText(text)).toHaveLength(4)
  })

  it('shortens what is long, and keeps all of it for those who listen', async () => {
    open('/dashboard', (url) => metricsAnswer(url, 123_456))
    const revenue = await tile('Revenue')
    expect(within(revenue).getByText('$37K').getAttribute('aria-hidden')).toBe('true')
    expect(within(revenue).getByText('$37,036.80').className).toBe('pc-visually-hidden')
  })

  it('goes on with the orders where there are no figures', async () => {
    const { user } = open('/dashboard', () => new Response(null, { status: 503 }))
    await screen.findByRole('heading', { name: "Polar isn't responding right now" })
    expect(await screen.findByRole('heading', { name: 'No orders yet' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
    await user.click(screen.getAllByRole('link', { name: 'Create checkout link' })[0]!)
    expect(location.pathname).toBe('/dashboard/checkout-links/new')
  })

  it('goes on with the figures where there are no orders', async () => {
    open('/dashboard', growing, () => new Response(null, { status: 503 }))
    await screen.findByRole('heading', { name: "Polar isn't responding right now" })
    expect(await screen.findByRole('heading', { name: 'Revenue per day' })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'View all orders' })).toBeTruthy()
  })

  it('asks for the permission that the figures take', async () => {
    const challenge = 'Bearer error="insufficient_scope", scope="metrics:read metrics:write"'
    open(
      '/dashboard',
      () => new Response('{}', { status: 403, headers: { 'WWW-Authenticate': challenge } }),
    )
    await screen.findByRole('heading', { name: 'Allow access to see this' })
    expect(screen.getByText(/needs your permission to see metrics/)).toBeTruthy()
  })
})
