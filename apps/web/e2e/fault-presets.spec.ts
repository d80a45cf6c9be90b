/** Each fault preset of the emulator: the words that it promises on the page, and the verdict. */
import type { Page } from '@playwright/test'
import {
  allow,
  catchRedirect,
  comeConnected,
  expect,
  testWithDiagnostics as test,
  toConsent,
} from './fixtures.ts'
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

/** The app waits, and nothing more is to be seen. */
async function atTheRefreshUnseen(journey: Journey) {
  await atTheRefresh(journey)
  await expect(journey.page.getByRole('rowheader').first()).toBeVisible()
  expect(await journey.polar.tokenRequests('refresh_token')).toBe(1)
}

async function inTheRows({ page, fail }: Journey) {
  await fail()
  await comeConnected(page, '/dashboard/orders')
  await expect(page.getByRole('row')).toHaveCount(21)
  await expect(page.getByRole('row').nth(1)).toContainText(UNKNOWN_STATUS)
}

async function inAForm({ page, fail }: Journey) {
  await comeConnected(page, '/dashboard/checkout-links', { scopes: WRITES_LINKS })
  await page.getByRole('rowheader').first().getByRole('link').click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Renamed')
  await fail()
  await page.getByRole('button', { name: 'Save changes' }).click()
}

const WRITES_LINKS = ['checkout_links:read', 'checkout_links:write', 'products:read']
/** As the app writes what the emulator made up. */
const UNKNOWN_STATUS = 'Unheard of'

const CANNOT_WORK = /^Sign-in can't work: /
const WORKS = /^Sign-in works\. /

/** How each preset is met, and what the diagnostics say of it. */
const PRESETS: Readonly<
  Record<string, readonly [meet: (journey: Journey) => Promise<unknown>, verdict: string | RegExp]>
> = {
  'polar-is-down': [atTheExchange, "Sign-in can't work: Polar isn't answering."],
  'drop-connections': [atTheExchange, "Sign-in can't work: Polar isn't answering."],
  'token-endpoint-fails': [
    atTheExchange,
    "Sign-in can't work: Polar's token endpoint answers 500.",
  ],
  'code-already-used': [atTheExchange, "Sign-in can't work: 1 on: Code already used."],
  'code-expired': [atTheExchange, "Sign-in can't work: 1 on: Code expired."],
  'wrong-client-secret': [atTheExchange, "Sign-in can't work: Polar refused the client secret."],
  'malformed-json': [atTheExchange, "Sign-in can't work: Polar's answers can't be read."],
  'id-token-of-another-client': [atTheExchange, CANNOT_WORK],
  'id-token-of-another-key': [atTheExchange, CANNOT_WORK],
  'authorization-server-error': [atTheStart, CANNOT_WORK],
  'authorization-temporarily-unavailable': [atTheStart, CANNOT_WORK],
  'state-altered': [onTheWayBack, CANNOT_WORK],
  'slow-answers': [inTheOrders, WORKS],
  'permission-missing': [inTheOrders, WORKS],
  'not-permitted': [inTheOrders, WORKS],
  'not-found': [inAnOrder, WORKS],
  conflict: [inAForm, WORKS],
  'validation-error': [inAForm, WORKS],
  'unknown-status-value': [inTheRows, WORKS],
  'answer-lost': [atTheRefresh, WORKS],
  'answer-late': [atTheRefreshUnseen, WORKS],
  'tokens-known-late': [atTheRefreshUnseen, WORKS],
  // The dev command follows the emulator's clock, and a sign-in works there.
  'clock-off': [wholly, "Sign-in can't work: Polar's clock is 5 minutes ahead of the server's."],
  // Last: the app's pause outlasts the test.
  'rate-limit': [inTheOrders, WORKS],
}

async function listPresets(polar: Polar): Promise<readonly Preset[]> {
  return (await polar.control<{ presets: Preset[] }>('GET', '/faults')).presets
}

test('every preset has a test below', async ({ polar }) => {
  const slugs = (await listPresets(polar)).map(({ slug }) => slug)
  expect(Object.keys(PRESETS).toSorted()).toEqual(slugs.toSorted())
})

for (const [slug, [meet, verdict]] of Object.entries(PRESETS)) {
  test(`the preset ${slug} shows the words that it promises, and the right verdict`, async ({
    page,
    polar,
  }) => {
    test.setTimeout(120_000)
    const presets = await listPresets(polar)
    const effect = presets.find((preset) => preset.slug === slug)?.effect ?? ''
    const fail = () => polar.control('POST', `/faults/presets/${slug}`)
    await meet({ page, polar, fail })
    const [, words] = /"(.+)"/.exec(effect) ?? []
    if (words !== undefined) {
      // A lost refresh is only told once Polar can no longer be at work on it.
      const timeout = slug === 'answer-lost' ? 60_000 : 20_000
      await expect(page.getByText(words).first()).toBeVisible({ timeout })
    }
    // The built app does not follow the emulator's clock: only that preset may have moved it.
    if (slug !== 'clock-off') await polar.control('POST', '/clock', { reset: true })
    await page.goto('/diagnostics')
    const again = page.getByRole('button', { name: 'Run checks again' })
    const said = page.getByRole('main').getByText(verdict)
    // Each question may take as long as a slow Polar does.
    await expect(again).toBeVisible({ timeout: 60_000 })
    // The server asks Polar every two seconds at most: its first answer can be about the last preset.
    await expect(async () => {
      if (!(await said.isVisible())) await again.click()
      await expect(said).toBeVisible({ timeout: 1000 })
    }).toPass()
  })
}
