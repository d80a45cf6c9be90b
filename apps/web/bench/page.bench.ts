/**
 * How soon people see something: the built app in Chromium, with the network and the processor of a
 * slow phone, in front of a slow emulator.
 */
import { chromium, type CDPSession, type Page } from '@playwright/test'
import { createEmulator, DEFAULT_CLIENT_ID } from '@polar-connect/emulator'
import { startApp } from '../e2e/app-process.ts'
import { allow, toConsent } from '../e2e/consent.ts'
import { createPolar } from '../e2e/polar.ts'

const ROUNDS = 10
/** Slow 4G and an average phone, as Lighthouse defines them. */
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
}
const CPU_SLOWDOWN = 4
const POLAR_LATENCY_MS = 150
/** A phone. On wider screens e2e/calm.spec.ts checks that nothing moves. */
const VIEWPORT = { width: 390, height: 844 }
/** The largest paint should come this early in three of four loads: milliseconds. */
const LCP_MS = 1800

interface Seen {
  readonly lcp?: number
  /** The largest paint of the page that waits for the exchange. */
  readonly waiting?: number
  readonly cls?: number
  /** The largest paint, which is the last one. */
  readonly largest?: string
  /** Transfers of this origin, until the page could be used. */
  readonly requests?: readonly string[]
  /** From the exchange to the page after it. */
  readonly arrival?: number
  /** The slowest answer to a click. */
  readonly inp?: number
}

type Look = (page: Page, throttle: () => Promise<void>) => Promise<Seen>

const polarServer = await createEmulator().listen()
const app = await startApp('node', polarServer.url)
const polar = createPolar(polarServer.url)
await polar.control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, {
  redirect_uris: [`${app.url}/auth/callback`],
})
await polar.control('POST', '/faults', {
  path_contains: '/v1/',
  delay_ms: POLAR_LATENCY_MS,
})
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})

const ENTRIES: readonly (readonly [string, Look])[] = [
  ['/', lookAtIndex],
  ['the overview after the return', lookAtArrival],
  ['/dashboard, nothing in the cache', async (page, throttle) => lookAtOverview(page, throttle)],
  ['/dashboard, opened again', async (page, throttle) => lookAtOverview(page, throttle, true)],
]

try {
  console.log('web, slow 4G and a processor four times slower, 75th of 10 runs')
  for (const [name, look] of ENTRIES) {
    const seen = await series(look)
    if (look === lookAtArrival) row('LCP of the return', quarter(seen, 'waiting'), LCP_MS, 'ms')
    row(`LCP of ${name}`, quarter(seen, 'lcp'), LCP_MS, 'ms')
    row(`CLS of ${name}`, Math.max(...seen.map(({ cls = NaN }) => cls)), 0, '')
    console.log(`    ${seen[0]?.largest} · ${seen[0]?.requests?.length} requests`)
    if (look === lookAtArrival) row('slowest answer to a click', quarter(seen, 'inp'), 200, 'ms')
  }
  const quick = await series(lookAtReturn)
  console.log('web, as fast as this machine')
  row('from the exchange to the skeleton', quarter(quick, 'arrival'), 400, 'ms')
  row('slowest answer to a click', quarter(quick, 'inp'), 100, 'ms')
  row('requests in between', quick[0]?.requests?.length ?? NaN, 1, '')
  console.log(`    ${quick[0]?.requests?.join(' ')}`)
} finally {
  await browser.close()
  await app.stop()
  await polarServer.close()
}

async function series(look: Look): Promise<readonly Seen[]> {
  const all: Seen[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    // Nothing in the cache, as at the first visit.
    const context = await browser.newContext({ baseURL: app.url, viewport: VIEWPORT })
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    all.push(await look(page, () => slowDown(session)))
    await context.close()
  }
  return all
}

async function slowDown(session: CDPSession): Promise<void> {
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', NETWORK)
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
}

async function lookAtIndex(page: Page, throttle: () => Promise<void>): Promise<Seen> {
  await throttle()
  const requests = noteRequests(page)
  await page.goto('/')
  // The frame that the build drew cannot be pressed.
  await page.getByRole('button', { name: 'Connect with Polar' }).click({ trial: true })
  return { ...(await measure(page)), requests }
}

/** With the cache as the front page left it, as for a new visitor who comes back. */
async function lookAtArrival(page: Page, throttle: () => Promise<void>): Promise<Seen> {
  await toConsent(page)
  await throttle()
  const returned = page.waitForRequest((request) => request.url().includes('/auth/callback'))
  await allow(page, 'Acme Books')
  await returned
  const requests = noteRequests(page)
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  await settle(page)
  return { ...(await measure(page)), requests, inp: await clickAbout(page) }
}

/** @param again with all that the first visit left in the cache. */
async function lookAtOverview(
  page: Page,
  throttle: () => Promise<void>,
  again = false,
): Promise<Seen> {
  await toConsent(page)
  await allow(page, 'Acme Books')
  await settle(page)
  if (!again) {
    const session = await page.context().newCDPSession(page)
    await session.send('Network.clearBrowserCache')
  }
  await throttle()
  const requests = noteRequests(page)
  await page.goto('/dashboard')
  await settle(page)
  return { ...(await measure(page)), requests }
}

/** Until the figures are there, and nothing else is loading. */
async function settle(page: Page): Promise<void> {
  await page.getByRole('radio', { name: '7 days' }).click({ trial: true })
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
}

function noteRequests(page: Page): string[] {
  const requests: string[] = []
  page.on('request', (request) => {
    const name = nameOf(request.url())
    if (!name.includes('favicon')) requests.push(name)
  })
  return requests
}

/** What people wait for after Polar and the exchange: from its answer to the skeleton. */
async function lookAtReturn(page: Page): Promise<Seen> {
  await toConsent(page)
  const requests: string[] = []
  const exchanged = page.waitForResponse((response) => response.url().endsWith('/bff/callback'))
  await allow(page, 'Acme Books')
  await exchanged
  const startedAt = performance.now()
  page.on('request', (request) => requests.push(nameOf(request.url())))
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  const arrival = performance.now() - startedAt
  const data = requests.findIndex((name) => name.startsWith('/bff/api/'))
  const before = data < 0 ? [...requests] : requests.slice(0, data)
  // The script of the charts comes after the skeleton, beside the data.
  const needed = before.filter((name) => !/favicon|\/assets\/page\.js$/.test(name))
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  return { requests: needed, arrival, inp: await clickAbout(page) }
}

/** Each click waits for its result, so that it does not slow the next one. Milliseconds. */
async function clickAbout(page: Page): Promise<number> {
  await page.evaluate(() => {
    const seen = { slowest: 0 }
    Object.assign(window, { seen })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.slowest = Math.max(seen.slowest, duration)
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  })
  await page.getByRole('radio', { name: '7 days' }).click()
  await page
    .getByText(/^Revenue per day, /)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Show table' }).first().click()
  await page.getByRole('table').first().waitFor()
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: 'Orders' }).click()
  await page.getByText('120 orders').waitFor()
  return page.evaluate(() => (window as unknown as { seen: { slowest: number } }).seen.slowest)
}

/** The entries that the browser has for this document. */
async function measure(page: Page): Promise<Pick<Seen, 'lcp' | 'waiting' | 'cls' | 'largest'>> {
  return page.evaluate(async () => {
    const entries = async (type: string) =>
      new Promise<PerformanceEntryList>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries())).observe({
          type,
          buffered: true,
        })
        // Without one, none is reported.
        setTimeout(() => resolve([]), 500)
      })
    const paints = (await entries('largest-contentful-paint')) as (PerformanceEntry & {
      readonly element?: Element
      readonly size: number
    })[]
    const { element, size = 0 } = paints.at(-1) ?? {}
    const [exchange] = performance.getEntriesByName(`${location.origin}/bff/callback`)
    const answeredAt = exchange && exchange.startTime + exchange.duration
    const shifts = (await entries('layout-shift')) as (PerformanceEntry & {
      readonly value: number
      readonly hadRecentInput: boolean
    })[]
    const moved = shifts.filter(({ hadRecentInput }) => !hadRecentInput)
    return {
      lcp: paints.at(-1)?.startTime ?? NaN,
      waiting: paints.findLast(({ startTime }) => startTime < (answeredAt ?? 0))?.startTime ?? NaN,
      largest: `${element?.textContent?.slice(0, 60) ?? 'gone since'} (${size} px²)`,
      cls: moved.reduce((sum, { value }) => sum + value, 0),
    }
  })
}

function nameOf(url: string): string {
  return new URL(url).pathname.replace(/-[\w-]{8}\./, '.')
}

/** The 75th percentile: three of four loads are at least this fast. */
function quarter(all: readonly Seen[], key: 'lcp' | 'waiting' | 'arrival' | 'inp'): number {
  const values = all.map((one) => one[key] ?? NaN).toSorted((left, right) => left - right)
  return values[Math.ceil(0.75 * values.length) - 1] ?? NaN
}

function row(name: string, value: number, budget: number, unit: string): void {
  const figure = value.toFixed(budget === 0 ? 3 : 0)
  const verdict = value <= budget ? '' : '   OVER'
  console.log(
    `  ${name.padEnd(58)} ${figure.padStart(6)} ${unit.padEnd(2)}   at most ${budget}${verdict}`,
  )
}
