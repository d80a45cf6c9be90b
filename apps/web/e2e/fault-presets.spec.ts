/** Each fault preset of the emulator, and the words that it promises on the page. */
import type { Page } from '@playwright/test'
import { allow, catchRedirect, comeConnected, expect, test, toConsent } from './fixtures.ts'
import type { Polar } from './polar.ts'

interface Preset {
  readonly slug: string
  readonly effect: string
}

interface Journey {
  readonly page: Page
  /** Turns the preset on. */
  readonly fail: () => Promise<unknown>
  readonly polar: Polar
}

/** Polar has answered the person, and fails when the app asks for the tokens. */
async function atTheExchange({ page, fail }: Journey) {
  await toConsent(page)
  const url = await catchRedirect(page, 'Acme Books')
  await fail()
  await page.goto(url)
}

async function onTheWayBack({ page, fail }: Journey) {
  await toConsent(page)
  await fail()
  await allow(page, 'Acme Books')
}

async function atTheStart({ page, fail }: Journey) {
  await page.goto('/')
  await fail()
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
}

async function inTheOrders({ page, fail }: Journey) {
  await comeConnected(page, '/dashboard/customers')
  await fail()
  await page.goto('/dashboard/orders')
}

async function inAnOrder({ page, fail }: Journey) {
  await comeConnected(page, '/dashboard/orders')
  const order = page.getByRole('rowheader').first().getByRole('link')
  const address = (await order.getAttribute('href')) ?? ''
  await fail()
  await page.goto(address)
}

/** Before anything else happens. */
async function wholly({ page, fail }: Journey) {
  await fail()
  await toConsent(page)
  await allow(page, 'Acme Books')
}

/** Ten days later the tokens are due. */
async function atTheRefresh({ page, fail, polar }: Journey) {
  await comeConnected(page, '/dashboard/orders')
  await polar.control('POST', '/clock', { advance_seconds: 864_000 })
  await fail()
  await page.goto('/dashboard/orders')
}

const JOURNEYS: Readonly<Record<string, (journey: Journey) => Promise<unknown>>> = {
  'polar-is-down': atTheExchange,
  'drop-connections': atTheExchange,
  'token-endpoint-fails': atTheExchange,
  'code-already-used': atTheExchange,
  'code-expired': atTheExchange,
  'wrong-client-secret': atTheExchange,
  'malformed-json': atTheExchange,
  'id-token-of-another-client': atTheExchange,
  'id-token-of-another-key': atTheExchange,
  'authorization-server-error': atTheStart,
  'authorization-temporarily-unavailable': atTheStart,
  'state-altered': onTheWayBack,
  'slow-answers': inTheOrders,
  'permission-missing': inTheOrders,
  'not-permitted': inTheOrders,
  'not-found': inAnOrder,
  'answer-lost': atTheRefresh,
  'clock-off': wholly,
  // Last: the app's pause outlasts the test.
  'rate-limit': inTheOrders,
}

for (const slug of Object.keys(JOURNEYS)) {
  test(`the preset ${slug} leads to the words that it promises`, async ({ page, polar }) => {
    test.setTimeout(120_000)
    const { presets } = await polar.control<{ presets: Preset[] }>('GET', '/faults')
    const effect = presets.find((preset) => preset.slug === slug)?.effect ?? ''
    const fail = () => polar.control('POST', `/faults/presets/${slug}`)
    await JOURNEYS[slug]?.({ page, polar, fail })
    const [, words = slug] = /"(.+)"/.exec(effect) ?? []
    // A lost refresh is only told once Polar can no longer be at work on it.
    const timeout = slug === 'answer-lost' ? 60_000 : 20_000
    await expect(page.getByText(words).first()).toBeVisible({ timeout })
  })
}
