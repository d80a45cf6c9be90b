// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ACME, createFakeServer, page, product, type Answer } from '../testing/fake-server.ts'
import { limitsAnswer, metricsAnswer } from '../testing/metrics-answer.ts'
import { openApp } from '../testing/open-app.tsx'

const METRICS = '/bff/api/v1/metrics/'
const WORKSHOP = '8f3d2b5e-4b1c-4c58-9d3e-1f0a6c7b2d11'

const connection = { ...ACME, scopes: [...ACME.scopes, 'metrics:read'] }

function open(path = '/dashboard/metrics', metrics: Answer = (url) => metricsAnswer(url, 7)) {
  const server = createFakeServer(connection)
  server.on(METRICS, metrics)
  server.on('/bff/api/v1/metrics/limits', limitsAnswer)
  server.on('/bff/api/v1/products/', () => page([product('Workshop', { id: WORKSHOP })]))
  const asked = () =>
    server.calls
      .filter((call) => call.startsWith(`GET ${METRICS}?`))
      .map((call) => new URLSearchParams(call.split('?')[1]))
  return { server, asked, ...openApp(path, server) }
}

describe('Metrics', () => {
  it('are nine charts, each with a table and a file, and cause no other calls', async () => {
    const { server, asked } = open()
    await screen.findByRole('heading', { name: 'Revenue per day' })
    expect(screen.getAllByRole('heading', { level: 3 }).map((each) => each.textContent)).toEqual([
      'Revenue per day',
      'Net revenue per day',
      'Orders per day',
      'Average order value',
      'Monthly recurring revenue',
      'Active subscriptions',
      'New subscriptions per day',
      'Canceled subscriptions per day',
      'Checkout conversion',
    ])
    expect(screen.getAllByRole('button', { name: 'Show table' })).toHaveLength(9)
    expect(screen.getAllByRole('button', { name: 'Download CSV' })).toHaveLength(9)
    expect(asked()[0]?.getAll('metrics')).toHaveLength(10)
    expect(screen.getByText('Amounts in US dollars. Days in UTC.')).toBeTruthy()
    const calls = server.calls.filter((call) => call.includes('/bff/api/'))
    expect(calls).toHaveLength(4)
    expect(new Set(calls.map((call) => call.split('?')[0]))).toEqual(
      new Set([
        'GET /bff/api/v1/metrics/',
        'GET /bff/api/v1/metrics/limits',
        'GET /bff/api/v1/products/',
      ]),
    )
  })

  it('are of the period, the buckets and the product in the address', async () => {
    const { asked, user } = open(`/dashboard/metrics?period=90d&interval=week&product=${WORKSHOP}`)
    await screen.findByRole('heading', { name: 'Revenue per week' })
    expect(Object.fromEntries(asked()[0] ?? [])).toMatchObject({
      start_date: '2026-08-26',
      interval: 'week',
      product_id: WORKSHOP,
    })
    await screen.findByRole('option', { name: 'Workshop' })
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Product' }).value).toBe(
      WORKSHOP,
    )
    await user.selectOptions(screen.getByRole('combobox', { name: 'Interval' }), 'Month')
    await screen.findByRole('heading', { name: 'Revenue per month' })
    expect(new URLSearchParams(location.search).get('interval')).toBe('month')
    await user.click(screen.getByRole('radio', { name: '7 days' }))
    await screen.findByRole('heading', { name: 'Revenue per day' })
    expect(location.search).toBe(`?period=7d&product=${WORKSHOP}`)
  })

  it('of too many days cannot be split by day, and the page says why', async () => {
    const { asked } = open(
      '/dashboard/metrics?period=custom&from=2025-01-01&to=2026-01-03&interval=day',
    )
    await screen.findByRole('heading', { name: 'Revenue per week' })
    const select = screen.getByRole('combobox', { name: 'Interval' })
    expect(within(select).getByRole<HTMLOptionElement>('option', { name: 'Day' }).disabled).toBe(
      true,
    )
    expect(within(select).getByRole<HTMLOptionElement>('option', { name: 'Week' }).disabled).toBe(
      false,
    )
    const hint = document.getElementById(select.getAttribute('aria-describedby') ?? '')
    expect(hint?.textContent).toBe('Too many days to chart. Showing weeks.')
    // No call has days that Polar would refuse, also before the limits are known.
    expect(new Set(asked().map((query) => query.get('interval')))).toEqual(new Set(['week']))
  })

  it('of typed days are loaded once they make a period', async () => {
    const { asked, user } = open()
    await screen.findByRole('heading', { name: 'Revenue per day' })
    await user.click(screen.getByRole('radio', { name: 'Custom' }))
    const from = await screen.findByLabelText<HTMLInputElement>('From')
    expect(from.value).toBe('2026-10-25')
    expect(from.min).toBe('2023-01-01')
    const problem = screen.getByRole('alert')
    const type = (input: HTMLElement, value: string) => {
      fireEvent.change(input, { target: { value } })
      return problem.textContent
    }
    expect(type(from, '0002-10-25')).toBe('Polar has figures from Jan 1, 2023 on.')
    expect(from.getAttribute('aria-invalid')).toBe('true')
    const charts = screen.getByRole('heading', { name: 'Revenue per day' }).closest('section')
    expect(charts?.className).toBe('pc-stale')
    const to = screen.getByLabelText<HTMLInputElement>('To')
    expect(type(from, '2026-11-02')).toBe('')
    await waitFor(() => expect(asked().at(-2)?.get('start_date')).toBe('2026-11-02'))
    const before = asked().length
    expect(type(to, '2026-11-01')).toBe('The start date must be before the end date.')
    expect(type(to, '2026-11-24')).toBe("The end date can't be in the future.")
    expect(asked()).toHaveLength(before)
    expect(type(to, '2026-11-23')).toBe('')
    fireEvent.change(from, { target: { value: '2026-11-01' } })
    await screen.findAllByText('from Nov 1 to Nov 23, 2026')
    expect(screen.getByRole('alert').textContent).toBe('')
    expect(asked().map((query) => query.get('start_date'))).toContain('2026-11-01')
    expect(new URLSearchParams(location.search).get('from')).toBe('2026-11-01')
  })

  it('that are all empty say that data will come', async () => {
    open('/dashboard/metrics', (url) => metricsAnswer(url, 0))
    await screen.findByRole('heading', { name: 'Not enough data yet' })
    expect(screen.getByText('Charts fill in after your first order.')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Create checkout link' })).toBeTruthy()
  })

  it('that are empty for these filters offer to clear them', async () => {
    const { user } = open(`/dashboard/metrics?product=${WORKSHOP}`, (url) =>
      metricsAnswer(url, url.searchParams.has('product_id') ? 0 : 3),
    )
    await screen.findByRole('heading', { name: 'No matches' })
    await user.click(screen.getByRole('button', { name: 'Clear filters' }))
    await screen.findByRole('heading', { name: 'Revenue per day' })
    expect(location.search).toBe('')
  })

  it('are next to those of the previous period, until that is turned off', async () => {
    const { asked, user } = open('/dashboard/metrics?period=last-month')
    const narrow = { selector: '.pc-plot__before-name--narrow' }
    expect(await screen.findAllByText('Previous period', narrow)).toHaveLength(9)
    expect(screen.getByText('Oct 1–31 (31 days) compared with Sep 1–30 (30 days).')).toBeTruthy()
    expect(asked().map((query) => query.get('start_date'))).toEqual(['2026-10-01', '2026-09-01'])
    await user.click(screen.getByRole('checkbox', { name: 'Compare with the previous period' }))
    await waitFor(() => expect(screen.queryByText('Previous period')).toBeNull())
    expect(location.search).toBe('?period=last-month&compare=off')
  })
})
