// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Figures, Question } from '../data/figures.ts'
import { METRICS, type ChartedSlug, type MetricSlug } from '../data/metric.ts'
import { addDays, type CalendarDay } from '../format/calendar-day.ts'
import type { MetricType } from '../format/metric-value.ts'
import { decideForm, MetricChart } from './metric-chart.tsx'

const TODAY = '2026-11-23'

afterEach(() => {
  cleanup()
  localStorage.clear()
  vi.restoreAllMocks()
})

const types = Object.fromEntries(
  Object.entries(METRICS).map(([slug, { type }]) => [slug, type]),
) as Record<MetricSlug, MetricType>

/** Days that end today, or at `to`, with these values; undefined where Polar sent none. */
function figuresOf(
  slug: MetricSlug,
  values: readonly (number | undefined)[],
  { to = TODAY, ...question }: { readonly to?: CalendarDay } & Partial<Question> = {},
): Figures {
  const from = addDays(to, 1 - values.length)
  const known = values.filter((value) => value !== undefined)
  return {
    question: { period: '7d', span: { from, to }, interval: 'day', ...question },
    buckets: values.map((value, index) => ({
      day: addDays(from, index),
      values: value === undefined ? {} : { [slug]: value },
    })),
    totals: known.length === 0 ? {} : { [slug]: known.reduce((sum, value) => sum + value, 0) },
    types,
  }
}

const WEEK = [62_000, 0, undefined, 12_345, 100, 5, 4000]

function show(
  slug: ChartedSlug,
  figures: Figures,
  {
    product,
    before,
  }: { readonly product?: string | undefined; readonly before?: Figures | undefined } = {},
) {
  const shown = render(
    <MetricChart slug={slug} figures={figures} before={before} today={TODAY} product={product} />,
  )
  return { ...shown, user: userEvent.setup() }
}

describe('A chart', () => {
  it('describes itself in a sentence, with the total next to its heading', () => {
    show('revenue', figuresOf('revenue', WEEK))
    expect(screen.getByRole('heading', { level: 3, name: 'Revenue per day' })).toBeTruthy()
    expect(screen.getByText('$784.50').parentElement?.textContent).toBe(
      '$784.50 in the last 7 days',
    )
    const caption =
      'Revenue per day, Nov 17 to Nov 23, 2026. Total $784.50. Highest $620.00 on Nov 17. Lowest $0.00 on Nov 18.'
    expect(screen.getByText(caption)).toBeTruthy()
    expect(screen.getByRole('img', { name: `Revenue per day ${caption}` })).toBeTruthy()
    expect(screen.getByRole('figure')).toBeTruthy()
  })

  it('of a level shows the value now and before', () => {
    const { unmount } = show('active_subscriptions', figuresOf('active_subscriptions', [3, 5]))
    expect(screen.getByRole('heading', { name: 'Active subscriptions' })).toBeTruthy()
    expect(screen.getByText(/Now 8\./)).toBeTruthy()
    expect(screen.getByText('now')).toBeTruthy()
    unmount()
    const past = figuresOf('active_subscriptions', [3, 5], { to: '2026-03-02', period: 'custom' })
    show('active_subscriptions', past)
    expect(screen.getByText(/8 at the end\./)).toBeTruthy()
    expect(screen.getByText('on Mar 2, 2026')).toBeTruthy()
  })

  it('draws nothing for unknown days, a line for zero, and hatches today', () => {
    const { container } = show('revenue', figuresOf('revenue', WEEK))
    const bars = [...container.querySelectorAll<SVGElement>('.pc-plot__bar')]
    expect(bars).toHaveLength(3)
    // Zero, and a value too small for a visible bar.
    expect(container.querySelectorAll('.pc-plot__zero')).toHaveLength(3)
    const hatched = bars.filter((bar) => bar.style.fill.startsWith('url('))
    expect(hatched).toEqual([bars.at(-1)])
  })

  it('of finished days hatches none of them', () => {
    const figures = figuresOf('revenue', WEEK, { to: '2026-11-22', period: 'custom' })
    const { container } = show('revenue', figures)
    const bars = [...container.querySelectorAll<SVGElement>('.pc-plot__bar')]
    expect(bars.some((bar) => bar.style.fill !== '')).toBe(false)
    expect(screen.getByText(/from Nov 16 to Nov 22, 2026/)).toBeTruthy()
  })

  it('is one stop of the Tab key, and reads out the point that the arrows select', async () => {
    const { user } = show('revenue', figuresOf('revenue', WEEK))
    await user.tab()
    const plot = screen.getByRole('group', { name: 'Revenue per day' })
    expect(document.activeElement).toBe(plot)
    expect(plot.getAttribute('aria-roledescription')).toBe('chart')
    const readout = screen.getByRole('status')
    expect(readout.getAttribute('aria-live')).toBe('polite')
    const press = async (keys: string) => {
      await user.keyboard(keys)
      return readout.textContent
    }
    expect(readout.textContent).toBe('')
    expect(await press('{ArrowRight}')).toBe('November 17, $620.00')
    expect(await press('{ArrowRight}{ArrowRight}')).toBe('November 19, no data')
    expect(await press('{End}')).toBe('November 23, $40.00 so far')
    expect(await press('{ArrowLeft}')).toBe('November 22, $0.05')
    expect(await press('{Home}')).toBe('November 17, $620.00')
    expect(await press('{Escape}')).toBe('')
    await user.tab()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Show table' }))
  })

  it('shows the value of the point below the pointer, until the pointer leaves', async () => {
    const { container, user } = show('revenue', figuresOf('revenue', WEEK))
    const svg = container.querySelector<SVGSVGElement>('.pc-plot > svg')!
    svg.getBoundingClientRect = () => new DOMRect(100, 0, 700, 100)
    await user.pointer({ target: svg, coords: { clientX: 450, clientY: 10 } })
    expect(screen.getByRole('status').textContent).toBe('November 20, $123.45')
    const strip = container.querySelector('.pc-plot__readout')!
    expect(strip.textContent).toBe('Nov 20, $123.45')
    expect(strip.querySelector('span')?.style.insetInlineStart).toBe('50%')
    await user.pointer({ target: document.body, coords: { clientX: 0, clientY: 0 } })
    expect(screen.getByRole('status').textContent).toBe('')
    expect(strip.textContent).toBe('')
  })

  it('shows the same values as a table, and remembers that choice', async () => {
    const { unmount, user } = show('revenue', figuresOf('revenue', WEEK))
    expect(screen.queryByRole('table')).toBeNull()
    const button = screen.getByRole('button', { name: 'Show table', expanded: false })
    await user.click(button)
    expect(screen.getByRole('button', { name: 'Hide table', expanded: true })).toBe(button)
    const texts = (row: HTMLElement) => [...row.children].map((cell) => cell.textContent)
    const rows = within(screen.getByRole('table', { name: 'Revenue per day' })).getAllByRole('row')
    expect(texts(rows[0]!)).toEqual(['Day', 'Revenue'])
    expect(texts(rows[1]!)).toEqual(['Nov 17, 2026', '$620.00'])
    expect(texts(rows[3]!)).toEqual(['Nov 19, 2026', 'no data'])
    expect(texts(rows[7]!)).toEqual(['Nov 23, 2026So far', '$40.00'])
    unmount()
    show('revenue', figuresOf('revenue', WEEK))
    expect(screen.getByRole('table')).toBeTruthy()
    cleanup()
    show('orders', figuresOf('orders', WEEK))
    expect(screen.queryByRole('table')).toBeNull()
  })

  it.each([
    [
      'revenue',
      'Shop "A"',
      'day,revenue,currency,product',
      '2026-11-17,62000,usd,"Shop ""A"""',
      [],
    ],
    ['revenue', '=1+1', 'day,revenue,currency,product', "2026-11-17,62000,usd,'=1+1", []],
    ['orders', undefined, 'day,orders', '2026-11-17,62000', []],
    ['orders', undefined, 'day,orders,previous_period', '2026-11-17,62000,5', [5]],
  ] as const)('gives %s of %s as a file', async (slug, product, head, first, past) => {
    const saved: Blob[] = []
    const names: string[] = []
    URL.createObjectURL = (blob) => {
      saved.push(blob as Blob)
      return 'blob:chart'
    }
    URL.revokeObjectURL = () => undefined
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      names.push(this.download)
    })
    const before = past.length > 0 ? figuresOf(slug, past) : undefined
    const { user } = show(slug, figuresOf(slug, WEEK), { product, before })
    await user.click(screen.getByRole('button', { name: 'Download CSV' }))
    const lines = (await saved[0]!.text()).replace('\u{feff}', '').split('\r\n')
    expect(lines.slice(0, 2)).toEqual([head, first])
    expect(lines[3]).toMatch(/^2026-11-19,(,|$)/)
    expect(names).toEqual([`${slug}-2026-11-17-2026-11-23.csv`])
  })

  it('draws the previous period next to this one, names it, and has it in the table', async () => {
    const before = figuresOf('revenue', [54_000, 1000, 2000], { to: '2026-11-16' })
    const { container, user } = show('revenue', figuresOf('revenue', WEEK), { before })
    expect(container.querySelectorAll('.pc-plot__before')).toHaveLength(1)
    // Once for a narrow chart, and once for a wide one: the styles show one of them.
    expect(screen.getAllByText('Previous period')).toHaveLength(2)
    screen.getByRole('group', { name: 'Revenue per day' }).focus()
    await user.keyboard('{Home}')
    expect(screen.getByRole('status').textContent).toBe('November 17, $620.00, before $540.00')
    await user.click(screen.getByRole('button', { name: 'Show table' }))
    const rows = screen.getAllByRole('row').map((row) => row.textContent)
    expect(rows[0]).toBe('DayRevenueBefore')
    expect(rows[1]).toBe('Nov 17, 2026$620.00$540.00')
    expect(rows[4]).toContain('Not provided')
  })

  it('puts the name of the previous period above what is drawn at its end', () => {
    const before = figuresOf('revenue', [0, 0, 0, 0, 0, 0, 0])
    const y = (container: HTMLElement) =>
      Number.parseFloat(container.querySelector('.pc-plot__before-name')!.getAttribute('y')!)
    const low = figuresOf('revenue', [90_000, 0, 0, 0, 0, 0, 0])
    expect(y(show('revenue', low, { before }).container)).toBe(100)
    cleanup()
    const high = figuresOf('revenue', [90_000, 0, 0, 0, 0, 50_000, 45_000])
    expect(y(show('revenue', high, { before }).container)).toBe(50)
  })

  it('of an average without values has a gap instead of zero', async () => {
    const figures = figuresOf('average_order_value', [500, undefined, 700])
    const { container, user } = show('average_order_value', figures)
    expect(screen.getByText(/Highest \$7\.00 on Nov 23\. Lowest \$5\.00 on Nov 21\./)).toBeTruthy()
    // A line of its own before the gap, and one after it.
    expect(container.querySelector('.pc-plot__line')?.getAttribute('d')?.match(/M/g)).toHaveLength(
      2,
    )
    screen.getByRole('group', { name: 'Average order value' }).focus()
    await user.keyboard('{Home}{ArrowRight}')
    expect(screen.getByRole('status').textContent).toBe('November 22, No orders')
  })

  it('of days without sales says so instead of the highest and the lowest', () => {
    show('revenue', figuresOf('revenue', [0, 0, 0], { to: '2026-11-22' }))
    expect(
      screen.getByText('Revenue per day, Nov 20 to Nov 22, 2026. No sales in this period.'),
    ).toBeTruthy()
  })

  it('says so if nothing is known', () => {
    show('revenue', figuresOf('revenue', [undefined, undefined]))
    expect(screen.getByText(/No data in this period\./)).toBeTruthy()
    expect(screen.getByText('no data')).toBeTruthy()
  })
})

describe('The form of a chart', () => {
  it.each([
    ['revenue', 31, 'bars'],
    ['revenue', 32, 'area'],
    ['orders', 31, 'bars'],
    ['orders', 90, 'area'],
    ['monthly_recurring_revenue', 30, 'line'],
    ['checkouts_conversion', 30, 'line'],
  ] as const)('of %s with %d points is %s', (slug, count, form) => {
    expect(decideForm(slug, count)).toBe(form)
  })
})
