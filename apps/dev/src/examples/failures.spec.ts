/** Each example: a sign-in, and six failures. The page says what happened, and offers a way on. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { findFreePort } from '../ports.ts'
import { EXAMPLES } from './examples.ts'
import { startProcess, type Process } from './process.ts'

const FOLDER = process.env['EXAMPLES_FOLDER'] ?? ''
const ID = 'polar_ci_FakeExampleClientFakeExampleClientFakeExamp'
const SECRET = 'polar_cs_FakeExampleSecretFakeExampleSecretFakeExamp'

/** example, failure, what the page said, what the log said */
const rows: (readonly [string, string, string, string])[] = []
test.afterAll(() => {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const head = ['example', 'failure', 'the page', 'the log']
  console.log([head, head.map(() => '---'), ...rows].map(line).join('\n'))
})

for (const name of EXAMPLES) {
  test.describe(name, () => {
    const cwd = join(FOLDER, name)
    let port: number
    let origin: string
    let emulator: Process
    let polar: string
    let app: Process
    /** The host of the page, where the BFF is not. */
    let host: Process | undefined
    const secrets = randomBytes(32).toString('base64url')

    async function start(settings: Record<string, string> = {}): Promise<void> {
      const env = {
        ...process.env,
        PORT: String(port),
        POLAR_CLIENT_ID: ID,
        POLAR_CLIENT_SECRET: SECRET,
        POLAR_SERVER: polar,
        APP_ORIGIN: origin,
        SESSION_SECRETS: secrets,
        LOGIN_SECRET: secrets,
        ...settings,
      }
      app = await startProcess('npm run --silent start', { cwd, env }, new RegExp(`:${port}`))
    }

    async function control(path: string, body: object = {}): Promise<void> {
      const answer = await fetch(`${polar}/_emulator${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect(answer.ok, await answer.text()).toBe(true)
    }

    test.beforeAll(async () => {
      port = await findFreePort()
      const pagePort = name === 'apart' ? await findFreePort() : port
      origin = `http://localhost:${pagePort}`
      if (name === 'apart') {
        const env = { ...process.env, NO_COLOR: '1', SERVER: `http://localhost:${port}` }
        const preview = `npm run --silent page -- --port ${pagePort}`
        host = await startProcess(preview, { cwd, env }, new RegExp(`:${pagePort}`))
      }
      const command = `npx --no-install polar-emulator --port 0 --ephemeral --client-id ${ID} --client-secret ${SECRET} --redirect-uri ${origin}/auth/callback`
      emulator = await startProcess(command, { cwd, env: process.env }, /Polar emulator at (\S+) /)
      polar = /Polar emulator at (\S+) /.exec(emulator.log())?.[1] ?? ''
    })
    test.afterAll(() => Promise.all([emulator.stop(), host?.stop()]))
    test.beforeEach(() => control('/reset'))
    test.afterEach(() => app.stop())

    /** Notes what the page says, and that each reference that it shows is in the log. */
    async function saw(page: Page, failure: string, words: RegExp): Promise<void> {
      const notice = page.locator('.polar-notice, .polar-card').filter({ hasText: words })
      await expect(notice).toBeVisible()
      const said = (await notice.innerText()).replaceAll(/\s+/g, ' ')
      const reference = /(?:Reference: |quote )(\w{8})/.exec(said)?.[1]
      if (reference !== undefined) await expect.poll(() => app.log()).toContain(reference)
      const logged = app
        .log()
        .split('\n')
        .find((line) => reference && line.includes(reference))
      rows.push([name, failure, said, logged ?? ''])
    }

    const press = (page: Page, button: string) =>
      page.getByRole('button', { name: button, exact: true }).click()

    async function review(page: Page): Promise<void> {
      const acme = page.getByRole('radio', { name: /Acme Books/ })
      await expect(acme).toBeVisible()
      await acme.check()
      await press(page, 'Review scopes')
    }
    async function allow(page: Page): Promise<void> {
      await review(page)
      await press(page, 'Authorize')
      await expect(page.getByText('Products of Acme Books')).toBeVisible()
      await expect(page.getByText(/Latest order: \w/)).toBeVisible()
      await expect(page.getByText('Weaving workshop')).toBeVisible()
    }
    async function connect(page: Page): Promise<void> {
      await page.goto(origin)
      await press(page, 'Connect with Polar')
      await allow(page)
    }

    if (name === 'own-login') {
      test('another user of the app sees nothing of the connection', async ({ page, context }) => {
        const login = (user: string) => page.request.post(`${origin}/login/${user}`)
        const button = (tab: Page) => tab.getByRole('button', { name: 'Connect with Polar' })
        await start()
        await login('ada')
        await connect(page)
        const tab = await context.newPage()
        await tab.goto(origin)
        await expect(tab.getByText('Weaving workshop')).toBeVisible()

        await login('grace')
        await press(tab, 'Reload')
        await expect(button(tab)).toBeVisible()
        await page.reload()
        await expect(button(page)).toBeVisible()
        await expect(page.getByText('Acme Books')).toHaveCount(0)
        const byServer = await page.evaluate(async () => {
          const answer = await fetch('/api/latest-order', { headers: { 'X-CSRF': '1' } })
          return { status: answer.status, text: await answer.text() }
        })
        expect(byServer).toMatchObject({
          status: 401,
          text: expect.stringContaining('not_connected'),
        })

        await login('ada')
        await page.reload()
        await expect(page.getByText('Products of Acme Books')).toBeVisible()
      })
      return
    }

    test('a person connects, and logs out', async ({ page }) => {
      await start()
      await connect(page)
      await press(page, 'Log out')
      await expect(page.getByRole('button', { name: 'Connect with Polar' })).toBeVisible()
    })

    test('a person denies', async ({ page }) => {
      await start()
      await page.goto(origin)
      await press(page, 'Connect with Polar')
      await review(page)
      await press(page, 'Deny')
      await saw(page, 'a person denies', /You didn't allow access/)
      await press(page, 'Try again')
      await allow(page)
    })

    test('the client id is missing', async ({ page }) => {
      await start({ POLAR_CLIENT_ID: '' })
      await page.goto(origin)
      await saw(page, 'the client id is missing', /isn't set up yet/)
      expect(app.log()).toContain('POLAR_CLIENT_ID')
      await app.stop()
      await start()
      await press(page, 'Try again')
      await press(page, 'Connect with Polar')
      await allow(page)
    })

    test('the secret is wrong', async ({ page }) => {
      await start({ POLAR_CLIENT_SECRET: `${SECRET.slice(0, -5)}wrong` })
      await page.goto(origin)
      await press(page, 'Connect with Polar')
      await review(page)
      await press(page, 'Authorize')
      await saw(page, 'the secret is wrong', /isn't set up correctly/)
      expect(app.log()).toContain('invalid_client')
      await expect(page.getByRole('link', { name: 'Back to start' })).toBeVisible()
    })

    test('the BFF is down', async ({ page }) => {
      await start()
      await page.goto(origin)
      await expect(page.getByRole('button', { name: 'Connect with Polar' })).toBeVisible()
      await app.stop()
      await press(page, 'Connect with Polar')
      await saw(page, 'the BFF is down', /server isn't answering/)
      await start()
      await press(page, 'Connect with Polar')
      await allow(page)
    })

    test('the grant is revoked while the page is open', async ({ page }) => {
      await start()
      await connect(page)
      await control('/grants/revoke-all')
      await press(page, 'Reload')
      await saw(page, 'the grant is revoked', /no longer has access to Acme Books/)
      await expect(page.getByText('Products of Acme Books')).toBeVisible()
      await press(page, 'Reconnect')
      await allow(page)
    })

    test('a route of the app fails', async ({ page }) => {
      await start()
      await connect(page)
      await control('/faults', { path_contains: '/v1/orders', status: 500 })
      await press(page, 'Reload')
      await saw(page, 'a route of the app fails', /had a problem|didn't work/)
      expect(app.log()).toContain('PolarServerError')
      await fetch(`${polar}/_emulator/faults`, { method: 'DELETE' })
      await press(page, 'Try again')
      await expect(page.locator('.polar-notice')).toHaveCount(0)
    })
  })
}
