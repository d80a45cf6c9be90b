// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ACME,
  createFakeServer,
  customer,
  order,
  page,
  problem,
  product,
  SHOP,
} from '../testing/fake-server.ts'
import { faultsDuring } from '../testing/faults.ts'
import { openApp } from '../testing/open-app.tsx'

const ORDERS = '/bff/api/v1/orders/'
const CUSTOMERS = '/bff/api/v1/customers/'
const UUID = '8f3d2b5e-4b1c-4c58-9d3e-1f0a6c7b2d11'

function open(path: string, orders: readonly object[], total = orders.length, connection = SHOP) {
  const server = createFakeServer(connection)
  server.on(ORDERS, () => page(orders, total))
  server.on('/bff/api/v1/products/', () => page([product('Workshop', { id: UUID })]))
  const asked = (list = ORDERS) =>
    server.calls
      .filter((call) => call.startsWith(`GET ${list}?`))
      .map((call) => new URLSearchParams(call.slice(call.indexOf('?'))))
  return { server, asked, ...openApp(path, server) }
}

const rowOf = async (name: string) =>
  (await screen.findByRole('rowheader', { name })).closest('tr')!
const told = (row: HTMLElement) =>
  within(row)
    .getAllByRole('cell')
    .map((cell) => cell.lastElementChild?.textContent)

describe('Orders', () => {
  it('are in a table, even with missing and unknown values', async () => {
    open('/dashboard/orders', [
      order('ACME-1'),
      order('ACME-2', {
        status: 'on_hold_by_a_newer_polar',
        currency: 'jpy',
        customer: customer('c2', { name: ' ', email: 'ada@example.com' }),
      }),
      order('0f9e8d7c-6b5a', { invoice_number: null, status: 'partially_refunded', product: null }),
    ])
    expect(told(await rowOf('ACME-1'))).toEqual([
      'Ada Example',
      'Workshop',
      '$20.00',
      'Paid',
      'Nov 1, 2026, 10:00 AM',
    ])
    const [name, , amount, status] = told(await rowOf('ACME-2'))
    expect([name, amount, status]).toEqual([
      'ada@example.com',
      '¥2,000',
      'On hold by a newer polar',
    ])
    expect(told(await rowOf('0f9e8d7c')).slice(1, 4)).toEqual([
      'Workshop',
      '$20.00',
      'Partly refunded',
    ])
    expect(screen.getByText('3 orders')).toBeTruthy()
    expect(screen.getByRole('region', { name: 'Orders table' }).tabIndex).toBe(0)
    expect(await screen.findByText('Orders loaded, 3 of 3.')).toBeTruthy()
  })

  it('cost three calls: a page, the page after it, and the products to choose from', async () => {
    const { server, asked, user } = open('/dashboard/orders', [order('ACME-1')], 134)
    const toPolar = () => server.calls.filter((call) => call.includes('/bff/api/'))
    await waitFor(() => expect(toPolar()).toHaveLength(3))
    expect(asked().map((query) => query.get('page'))).toEqual(['1', '2'])
    await user.click(await screen.findByRole('button', { name: 'Next page' }))
    await screen.findByRole('region', { name: 'Orders table, page 2 of 7' })
    await waitFor(() => expect(toPolar()).toHaveLength(4))
    await user.click(screen.getByRole('button', { name: 'Previous page' }))
    await screen.findByRole('region', { name: 'Orders table' })
    expect(toPolar()).toHaveLength(4)
  })

  it('are sorted by a press on a head, and the other way by the next', async () => {
    const { asked, user } = open('/dashboard/orders', [order('ACME-1')])
    await rowOf('ACME-1')
    const head = (name: string) => screen.getByRole('columnheader', { name })
    expect(head('Date').getAttribute('aria-sort')).toBe('descending')
    await user.click(within(head('Amount')).getByRole('button'))
    await waitFor(() => expect(head('Amount').getAttribute('aria-sort')).toBe('descending'))
    expect(location.search).toBe('?sort=-amount')
    expect(head('Date').getAttribute('aria-sort')).toBe('none')
    await user.click(within(head('Amount')).getByRole('button'))
    await waitFor(() => expect(location.search).toBe('?sort=amount'))
    await waitFor(() => expect(asked().at(-1)?.get('sorting')).toBe('amount'))
  })

  it('are filtered by status and product, from the first page', async () => {
    const { asked, user } = open('/dashboard/orders?page=2', [order('ACME-1')], 134)
    await rowOf('ACME-1')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Status' }), 'Refunded')
    await screen.findByRole('option', { name: 'Workshop' })
    await user.selectOptions(screen.getByRole('combobox', { name: 'Product' }), 'Workshop')
    await waitFor(() => expect(location.search).toBe(`?status=refunded&product=${UUID}`))
    await waitFor(() => expect(asked().at(-1)?.get('product_id')).toBe(UUID))
    expect(Object.fromEntries(asked().at(-1)!)).toMatchObject({ status: 'refunded' })
  })

  it('are found by customer, because Polar searches only customers', async () => {
    const { server, asked, user } = open('/dashboard/orders', [order('ACME-1')])
    server.on(CUSTOMERS, () => page([customer('c1'), customer('c2')], 70))
    const box = await screen.findByRole('searchbox', { name: 'Search orders' })
    await user.type(box, 'ada')
    await waitFor(() => expect(location.search).toBe('?q=ada'))
    await waitFor(() => expect(asked().at(-1)?.getAll('customer_id')).toEqual(['c1', 'c2']))
    // No call was made for the text on the way.
    expect(asked(CUSTOMERS).map((query) => query.get('query'))).toEqual(['ada'])
    expect(
      await screen.findByText(/^Showing orders of the first 50 matching customers/),
    ).toBeTruthy()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(location.search).toBe(''))
    expect((box as HTMLInputElement).value).toBe('')
    expect(document.activeElement).toBe(box)
  })

  it('without a match say so, and one press clears the search', async () => {
    const { server, asked, user } = open('/dashboard/orders?q=nobody&status=paid', [])
    server.on(CUSTOMERS, () => page([]))
    await screen.findByRole('heading', { name: 'No matches' })
    expect(screen.getByText('No orders for "nobody".')).toBeTruthy()
    expect(asked()).toEqual([])
    server.on(ORDERS, () => page([order('ACME-1')]))
    await user.click(screen.getByRole('button', { name: 'Clear filters' }))
    await rowOf('ACME-1')
    expect(location.search).toBe('')
    const box = screen.getByRole('searchbox', { name: 'Search orders' })
    expect((box as HTMLInputElement).value).toBe('')
  })

  it('are found only by their number without the permission to see customers', async () => {
    const scopes = [...ACME.scopes, 'orders:read']
    const { asked, user } = open('/dashboard/orders?q=ada', [order('ACME-1')], 1, {
      ...ACME,
      scopes,
    })
    await screen.findByText('No orders for "ada".')
    expect(asked()).toEqual([])
    const box = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search orders' })
    expect(box.placeholder).toBe('Order number or ID')
    await user.clear(box)
    await user.type(box, 'acme-1')
    await rowOf('ACME-1')
  })

  it('are found by their number, and Enter opens a single match', async () => {
    const found = order(UUID, { invoice_number: 'ACME-0042' })
    const { asked, user } = open('/dashboard/orders?status=paid', [order('ACME-0041'), found], 2)
    const box = await screen.findByRole<HTMLInputElement>('searchbox', { name: 'Search orders' })
    expect(box.placeholder).toBe('Order number, ID, customer name or email')
    await user.type(box, 'acme0042{Enter}')
    await waitFor(() => expect(screen.getAllByRole('rowheader')).toHaveLength(1))
    await rowOf('ACME-0042')
    expect(screen.getByText('1 order')).toBeTruthy()
    expect(Object.fromEntries(asked().at(-1)!)).toMatchObject({
      sorting: 'invoice_number',
      limit: '100',
      status: 'paid',
    })
    await user.type(box, '{Enter}')
    await screen.findByRole('heading', { level: 1, name: 'Order ACME-0042' })
    await user.click(screen.getByRole('link', { name: 'Back to orders' }))
    await rowOf('ACME-0042')
    expect(location.search).toBe('?status=paid&q=acme0042')
  })

  it('are found by their ID, if Polar knows it', async () => {
    const { server, asked } = open(`/dashboard/orders?q=${UUID.toUpperCase()}`, [])
    server.on(`${ORDERS}${UUID}`, () => Response.json(order(UUID, { invoice_number: 'ACME-9' })))
    await rowOf('ACME-9')
    expect(asked()).toEqual([])
    cleanup()
    const gone = open(`/dashboard/orders?q=${UUID}`, [])
    gone.server.on(`${ORDERS}${UUID}`, () => problem(404, 'not_found'))
    gone.server.on(CUSTOMERS, () => page([]))
    await screen.findByText(`No orders for "${UUID}".`)
  })

  it('are filtered by date, which a chip shows and removes', async () => {
    const { asked, user } = open('/dashboard/orders', [order('ACME-1')])
    await rowOf('ACME-1')
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-11-02' } })
    await waitFor(() => expect(location.search).toBe('?from=2026-11-02'))
    expect(asked().at(-1)?.get('created_after')).toBe('2026-11-02T00:00:00.000Z')
    fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-11-01' } })
    expect(screen.getByText('The start date must be before the end date.')).toBeTruthy()
    expect(location.search).toBe('?from=2026-11-02')
    fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-11-03' } })
    await waitFor(() => expect(location.search).toBe('?from=2026-11-02&to=2026-11-03'))
    await waitFor(() =>
      expect(asked().at(-1)?.get('created_before')).toBe('2026-11-03T23:59:59.999Z'),
    )
    expect(screen.getByText('Nov 2, 2026 to Nov 3, 2026')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Remove dates' }))
    await waitFor(() => expect(location.search).toBe(''))
    expect(screen.queryByRole('button', { name: 'Remove dates' })).toBeNull()
  })

  it('open by a click anywhere in their row, but not by selecting text', async () => {
    open('/dashboard/orders', [order(UUID, { invoice_number: 'ACME-7' })])
    const amount = within(await rowOf('ACME-7')).getByText('$20.00')
    getSelection()?.selectAllChildren(amount)
    fireEvent.click(amount)
    expect(location.pathname).toBe('/dashboard/orders')
    getSelection()?.removeAllRanges()
    fireEvent.click(amount)
    await screen.findByRole('heading', { level: 1, name: 'Order ACME-7' })
  })

  it('are sorted by any column, even if its head is hidden', async () => {
    const { user } = open('/dashboard/orders', [order('ACME-1')])
    await rowOf('ACME-1')
    const sort = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Sort by' })
    expect(sort.selectedOptions[0]?.text).toBe('Date, descending')
    await user.selectOptions(sort, 'Customer, ascending')
    await waitFor(() => expect(location.search).toBe('?sort=customer'))
  })

  it('change page by number, and their table gets the focus', async () => {
    const { user } = open('/dashboard/orders', [order('ACME-1')], 134)
    await rowOf('ACME-1')
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Page' })
    await user.clear(field)
    await user.type(field, '99{Enter}')
    const table = await screen.findByRole('region', { name: 'Orders table, page 7 of 7' })
    await waitFor(() => expect(document.activeElement).toBe(table))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Rows' }), '50')
    await waitFor(() => expect(location.search).toBe('?rows=50'))
  })

  it('return the focus to the link that was followed', async () => {
    const { user } = open('/dashboard/orders', [order(UUID, { invoice_number: 'ACME-7' })])
    await user.click(await screen.findByRole('link', { name: 'ACME-7' }))
    await screen.findByRole('heading', { level: 1, name: 'Order ACME-7' })
    history.back()
    const link = await screen.findByRole('link', { name: 'ACME-7' })
    await waitFor(() => expect(document.activeElement).toBe(link))
  })

  it('say how to begin if there are none', async () => {
    open('/dashboard/orders', [])
    await screen.findByRole('heading', { name: 'No orders yet' })
    expect(
      screen.getByText('When someone buys one of your products, the order shows up here.'),
    ).toBeTruthy()
    const link = screen.getByRole('link', { name: 'Create checkout link' })
    expect(link.getAttribute('href')).toBe('/dashboard/checkout-links/new')
  })

  it('show their last page for an address beyond it', async () => {
    open('/dashboard/orders?page=99', [], 134)
    await screen.findByRole('region', { name: 'Orders table, page 7 of 7' })
    expect(location.search).toBe('?page=7')
  })
})

describe('The orders as a file', () => {
  async function exported(orders: readonly object[], total = orders.length, path = '') {
    const saved: Blob[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      saved.push(blob as Blob)
      return 'blob:file'
    })
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
    const opened = open(`/dashboard/orders${path}`, orders, total)
    await opened.user.click(await screen.findByRole('button', { name: 'Export CSV' }))
    return { ...opened, saved }
  }
  beforeEach(() => {
    URL.createObjectURL ??= () => ''
    URL.revokeObjectURL ??= () => undefined
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('need one call for a short list, with decimals, and no formulas', async () => {
    const { asked, saved } = await exported(
      [
        order('ACME-1', {
          total_amount: 2050,
          customer: customer('c1', { name: '=1+1', email: 'ada@example.com' }),
          customer_id: 'c1',
        }),
        order('ACME-2', { currency: 'jpy', status: 'refunded', refunded_amount: 2000 }),
      ],
      2,
      '?status=paid&sort=amount',
    )
    await screen.findByText('Exported 2 orders.')
    const text = await saved[0]!.text()
    const [head, one, two] = text.split('\r\n')
    expect(head).toMatch(
      /^\ufeff?Order,Customer,Email,Product,Amount,Currency,Status,Date,Subtotal,/,
    )
    expect(one).toMatch(
      /^ACME-1,'=1\+1,ada@example\.com,Workshop,20\.5,USD,Paid,2026-11-01T10:00:00Z,/,
    )
    expect(two).toMatch(/^ACME-2,Ada Example,,Workshop,2000,JPY,Refunded,/)
    const last = Object.fromEntries(asked().at(-1)!)
    expect(last).toMatchObject({
      limit: '100',
      page: '1',
      status: 'paid',
      sorting: 'amount',
      created_before: expect.stringMatching(/^2026-11-23T14:0/) as string,
    })
  })

  it('stop at a fault of ours, which is not hidden', async () => {
    const faults = await faultsDuring(async () => {
      await exported([order('ACME-1', { platform_fee_currency: 5 })])
      await screen.findByText('Export stopped at 1 of 1.', { selector: '.pc-export p' })
    })
    expect(faults).toMatchObject([expect.any(TypeError)])
  })

  it('stop if Polar fails, and can continue or be cancelled', async () => {
    const { server, user, saved } = await exported([order('ACME-1')], 1)
    await screen.findByText('Exported 1 order.')
    server.on(ORDERS, () => problem(403, 'not_permitted'))
    await user.click(screen.getByRole('button', { name: 'Export CSV' }))
    await screen.findByText('Export stopped at 0 of 0.', { selector: '.pc-export p' })
    expect(screen.getByRole('button', { name: 'Export CSV' }).getAttribute('aria-disabled')).toBe(
      'true',
    )
    server.on(ORDERS, () => page([order('ACME-1'), order('ACME-2')]))
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    await screen.findByText('Exported 2 orders.')
    expect(saved).toHaveLength(2)
  })
})

describe('An order', () => {
  async function userOpens(number: string) {
    fireEvent.click(await screen.findByRole('link', { name: number }))
    await screen.findByRole('heading', { level: 1, name: `Order ${number}` })
  }
  const sumsOf = (name: string) =>
    within(screen.getByRole('table', { name }))
      .getAllByRole('row')
      .slice(1)
      .map((row) => [...row.children].map((cell) => cell.textContent))

  it('from a list opens without another call, and leads back to the same list', async () => {
    const id = UUID
    const { server, user } = open('/dashboard/orders?status=paid', [
      order(id, {
        invoice_number: 'ACME-7',
        discount_amount: 500,
        discount: { name: 'Launch' },
        tax_amount: 120,
        net_amount: 1500,
        total_amount: 1620,
        platform_fee_amount: 105,
        refunded_amount: 1500,
        refunded_tax_amount: 120,
      }),
    ])
    const calls = () => server.calls.filter((call) => call.includes(id))
    await user.click(await screen.findByRole('link', { name: 'ACME-7' }))
    await screen.findByRole('heading', { level: 1, name: 'Order ACME-7' })
    await waitFor(() => expect(document.title).toBe('Order ACME-7 · Polar Connect'))
    const sums = screen
      .getAllByRole('row')
      .map((row) => [...row.children].map((cell) => cell.textContent))
    expect(sums).toEqual([
      ['Item', 'Amount'],
      ['Workshop', '$20.00'],
      ['Subtotal', '$20.00'],
      ['Discount: Launch', '-$5.00'],
      ['Tax', '$1.20'],
      ['Total', '$16.20'],
      ['Refunded', '-$16.20'],
      ['Item', 'Amount'],
      ['Net', '$15.00'],
      ['Refunded', '-$15.00'],
      ["Polar's fee", '-$1.05'],
      ['After fees', '-$1.05'],
    ])
    const polar = screen.getByRole('link', { name: 'Open in Polar (opens in a new tab)' })
    expect(polar.getAttribute('href')).toBe(
      `http://127.0.0.1:4567/dashboard/acme-books/sales/${id}`,
    )
    expect(calls()).toEqual([])
    await user.click(screen.getByRole('link', { name: 'Back to orders' }))
    await rowOf('ACME-7')
    expect(location.search).toBe('?status=paid')
  })

  it('with a fee in another currency has no sum, and says why', async () => {
    open('/dashboard/orders', [
      order(UUID, { invoice_number: 'ACME-7', currency: 'jpy', platform_fee_amount: 105 }),
    ])
    await userOpens('ACME-7')
    expect(sumsOf('You get')).toEqual([
      ['Net', '¥2,000'],
      ["Polar's fee", '-$1.05'],
    ])
    expect(screen.getByText("Polar's fee is in another currency.")).toBeTruthy()
  })

  it('with a fee without a currency uses that of the order', async () => {
    open('/dashboard/orders', [
      order(UUID, { invoice_number: 'ACME-7', currency: 'eur', platform_fee_currency: null }),
    ])
    await userOpens('ACME-7')
    expect(sumsOf('You get').at(-1)).toEqual(['After fees', '€18.80'])
  })

  it('that is not paid yet says so, and when the next attempt is', async () => {
    open('/dashboard/orders', [
      order(UUID, {
        invoice_number: 'ACME-7',
        paid: false,
        status: 'pending',
        next_payment_attempt_at: '2026-12-03T10:00:00Z',
      }),
    ])
    await userOpens('ACME-7')
    expect(screen.getByText('Not paid yet.')).toBeTruthy()
    expect(screen.getByText('Next try on Dec 3, 2026.')).toBeTruthy()
    expect(screen.queryByRole('row', { name: /^After fees/ })).toBeNull()
    expect(screen.queryByRole('heading', { name: 'Refunds' })).toBeNull()
  })

  const REFUNDED = order(UUID, {
    invoice_number: 'ACME-7',
    status: 'partially_refunded',
    refunded_amount: 1500,
    refunded_tax_amount: 120,
  })

  it('shows the sum of its refunds, and asks for the permission to see them', async () => {
    const { server, user, left } = open('/dashboard/orders', [REFUNDED])
    server.on('/bff/authorize', () =>
      Response.json({ authorization_url: 'http://127.0.0.1:4567/oauth2/authorize?state=s' }),
    )
    await userOpens('ACME-7')
    expect(screen.getByText('Refunded: $16.20')).toBeTruthy()
    expect(screen.getByText('Allow access to see dates and reasons.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Allow access' }))
    await waitFor(() => expect(left).toHaveLength(1))
    expect(server.bodies.at(-1)).toMatchObject({
      scopes: expect.arrayContaining(['refunds:read', 'orders:read']) as string[],
    })
  })

  it('shows each refund with its reason, even an unknown one', async () => {
    const { server } = open('/dashboard/orders', [REFUNDED], 1, {
      ...SHOP,
      scopes: [...SHOP.scopes, 'refunds:read'],
    })
    const refund = { created_at: '2026-11-02T10:00:00Z', currency: 'usd', amount: 1000 }
    server.on('/bff/api/v1/refunds/', () =>
      page([
        { ...refund, id: 'r1', tax_amount: 120, reason: 'customer_request', status: 'succeeded' },
        { ...refund, id: 'r2', amount: 500, tax_amount: 0, reason: 'moon_phase', status: 'failed' },
      ]),
    )
    await userOpens('ACME-7')
    const table = await screen.findByRole('table', { name: 'Refunds' })
    const rows = within(table).getAllByRole('row').slice(1)
    expect(rows.map(told)).toEqual([
      ['$10.00', '$1.20', 'Customer asked', 'Refunded'],
      ['$5.00', '$0.00', 'Moon phase', 'Failed'],
    ])
    expect(server.calls).toContain(
      `GET /bff/api/v1/refunds/?order_id=${UUID}&page=1&limit=100&sorting=-created_at`,
    )
  })

  describe('with an invoice', () => {
    const INVOICE = `${ORDERS}${UUID}/invoice`
    const opened = () => ({
      opener: window,
      close: vi.fn<() => void>(),
      location: { replace: vi.fn<(url: string) => void>() },
    })

    async function pressed(answer: () => Response) {
      const tab = opened()
      const openTab = vi.spyOn(window, 'open').mockReturnValue(tab as unknown as Window)
      const { server, user } = open('/dashboard/orders', [
        order(UUID, { invoice_number: 'ACME-7', is_invoice_generated: true }),
      ])
      server.on(INVOICE, answer)
      await userOpens('ACME-7')
      await user.click(screen.getByRole('button', { name: /^Open invoice/ }))
      return { tab, openTab }
    }
    afterEach(() => {
      vi.restoreAllMocks()
    })

    it('opens it in a tab without access to this one', async () => {
      const url = 'https://files.example/invoice.pdf?signature=1'
      const { tab, openTab } = await pressed(() => Response.json({ url }))
      await waitFor(() => expect(tab.location.replace).toHaveBeenCalledWith(url))
      expect(openTab.mock.calls).toEqual([['', '_blank']])
      expect(tab.opener).toBeNull()
    })

    it.each([
      ['Polar fails', () => problem(503, 'polar_unavailable'), "Polar isn't responding right now"],
      ['it is no page', () => Response.json({ url: 'javascript:1' }), "That didn't work"],
    ])('closes the tab where %s, and says why', async (_, answer, title) => {
      const { tab } = await pressed(answer)
      await screen.findByRole('heading', { name: title })
      expect(tab.close).toHaveBeenCalledOnce()
      expect(tab.location.replace).not.toHaveBeenCalled()
    })
  })

  it('without one says so, and leads to Polar', async () => {
    open('/dashboard/orders', [order(UUID, { invoice_number: 'ACME-7' })])
    await userOpens('ACME-7')
    expect(screen.getByText('No invoice yet.')).toBeTruthy()
    expect(screen.getByRole('link', { name: /^Open in Polar/ })).toBeTruthy()
  })

  it('that does not exist leads back to the list', async () => {
    const { server } = open(`/dashboard/orders/${UUID}`, [])
    server.on(`${ORDERS}${UUID}`, () => problem(404, 'not_found'))
    await screen.findByRole('heading', { name: "We couldn't find this order" })
    const back = screen.getByRole('link', { name: 'Back to orders' })
    expect(back.getAttribute('href')).toBe('/dashboard/orders')
    expect(screen.queryByRole('link', { name: /^Open in Polar/ })).toBeNull()
  })
})
