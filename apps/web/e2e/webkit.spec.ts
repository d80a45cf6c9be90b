/** The way in and out in WebKit, and what once looked or worked differently there. */
import { writeFileSync } from 'node:fs'
import { test as base, expect } from './fixtures.ts'
import { obstacleOfWebKit, startWebKit, type WebKit } from './webkit.ts'

const test = base.extend<{ args: readonly string[]; webkit: WebKit }>({
  args: [[], { option: true }],

  webkit: async ({ args }, use, info) => {
    const webkit = await startWebKit(args)
    await use(webkit)
    if (info.errors.length > 0) {
      writeFileSync(info.outputPath('window.png'), await webkit.picture(), 'base64')
    }
    await webkit.stop()
  },
})

test.skip(() => obstacleOfWebKit() !== undefined, obstacleOfWebKit())
// It starts a window of its own, and paints it without a graphics card.
test.describe.configure({ timeout: 120_000 })

/** As WebDriver writes it. */
const HOME = '\u{e011}'

const heading = (text: string) => `//h1[normalize-space()="${text}"]`
const button = (text: string) => `//button[normalize-space()="${text}"]`

async function toConsent(webkit: WebKit, appUrl: string): Promise<void> {
  await webkit.goto(appUrl)
  await webkit.click(button('Connect with Polar'))
}

async function allow(webkit: WebKit): Promise<void> {
  await webkit.click('//label[contains(., "Acme Books")]')
  await webkit.click(button('Review scopes'))
  await webkit.click(button('Authorize'))
}

test('a person signs in, reads a chart and disconnects', async ({ appUrl, polar, webkit }) => {
  await toConsent(webkit, appUrl)
  await allow(webkit)
  await webkit.find(heading('Overview'))

  await test.step('the chart stays where it is while it is read', async () => {
    const strip = '//*[contains(@class, "pc-plot__readout")]/span'
    const heightOf = () =>
      webkit.evaluate(
        () => document.querySelector('figure:has(.pc-plot)')!.getBoundingClientRect().height,
      )
    const plot = '//figure//*[@class="pc-plot"]'
    await webkit.find(plot)
    const before = await heightOf()
    await webkit.press(plot, HOME)
    await webkit.find(strip)
    expect(await heightOf()).toBe(before)
  })

  await test.step('the dialog is as high as what is in it', async () => {
    await webkit.goto(`${appUrl}/dashboard/connection`)
    await webkit.click('(//main//button[starts-with(normalize-space(), "Disconnect")])[1]')
    await webkit.find('//dialog[@open]')
    const height = await webkit.evaluate(
      () => document.querySelector('dialog[open]')!.getBoundingClientRect().height,
    )
    expect(height).toBeLessThan(400)
  })

  await webkit.click('//dialog[@open]//button[starts-with(normalize-space(), "Disconnect")]')
  await webkit.find('//h1[contains(., "disconnected")]')
  expect((await polar.grants())[0]?.access_token.live).toBe(false)
})

test('a reload while the sign-in finishes says that the link was used', async ({
  appUrl,
  polar,
  webkit,
}) => {
  await polar.control('POST', '/faults', { kind: 'hang', grant_type: 'authorization_code' })
  await toConsent(webkit, appUrl)
  await allow(webkit)
  await webkit.find(heading('Connecting to Polar'))
  await expect.poll(() => webkit.evaluate(() => location.search)).toBe('')
  await webkit.reload()
  await webkit.find(heading('This link was already used'))
})

test.describe('without local storage', () => {
  test.use({ args: ['--enable-html5-local-storage=false'] })

  test('a person sees the pages and gets to Polar', async ({ appUrl, webkit }) => {
    await webkit.goto(`${appUrl}/signed-out`)
    await webkit.find(heading("You're logged out"))
    expect(await webkit.evaluate(() => localStorage)).toBeNull()
    await toConsent(webkit, appUrl)
    await webkit.find(button('Review scopes'))
  })
})
