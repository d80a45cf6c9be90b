/** The built app as a real process before a local Polar, for each worker its own. */
import { expect, test as base, type Page } from '@playwright/test'
import { createEmulator, DEFAULT_CLIENT_ID, type Listening } from '@polar-connect/emulator'
import { startApp, type Runtime } from './app-process.ts'

export { expect, DEFAULT_CLIENT_ID }

export interface LogEntry {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly status: number
  readonly grant_type: string | null
  readonly note: string | null
  readonly request_headers: Readonly<Record<string, string>>
}

export interface Grant {
  readonly id: string
  readonly kind: 'user' | 'organization'
  readonly ended: string | null
  readonly organizations: readonly string[]
  readonly access_token: { readonly live: boolean; readonly value: string }
  readonly refresh_token: { readonly live: boolean; readonly value: string | null }
}

/** The controls of the local Polar, over HTTP as anybody would use them. */
export interface Polar {
  readonly url: string
  control<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>
  requests(path?: string): Promise<LogEntry[]>
  grants(): Promise<Grant[]>
  tokenRequests(grantType: string): Promise<number>
}

interface WorkerFixtures {
  readonly runtime: Runtime
  readonly polarServer: Listening
  readonly appUrl: string
}

export const test = base.extend<{ polar: Polar }, WorkerFixtures>({
  polarServer: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures off the pattern
    async ({}, use) => {
      const polar = await createEmulator().listen()
      await use(polar)
      await polar.close()
    },
    { scope: 'worker' },
  ],

  runtime: ['node', { scope: 'worker', option: true }],

  appUrl: [
    async ({ polarServer, runtime }, use) => {
      const app = await startApp(runtime, polarServer.url)
      await use(app.url)
      await app.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  baseURL: ({ appUrl }, use) => use(appUrl),

  polar: [
    async ({ polarServer, appUrl }, use) => {
      const { url } = polarServer
      const control = async <Answer>(method: string, path: string, body?: unknown) => {
        const response = await fetch(`${url}/_emulator${path}`, {
          method,
          ...(body !== undefined && {
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
          }),
        })
        const text = await response.text()
        if (!response.ok) throw new Error(`${method} ${path}: ${text}`)
        return (text === '' ? undefined : JSON.parse(text)) as Answer
      }
      await control('POST', '/reset')
      await control('PATCH', `/clients/${DEFAULT_CLIENT_ID}`, {
        redirect_uris: [`${appUrl}/auth/callback`],
      })
      const requests = async (path = '') => {
        const answer = await control<{ items: LogEntry[] }>(
          'GET',
          `/requests?reveal=1&path=${path}`,
        )
        return answer.items.toReversed()
      }
      await use({
        url,
        control,
        requests,
        async grants() {
          return (await control<{ items: Grant[] }>('GET', '/grants?reveal=1')).items
        },
        async tokenRequests(grantType) {
          const all = await requests('/v1/oauth2/token')
          return all.filter((entry) => entry.grant_type === grantType).length
        },
      })
    },
    // Also where a test does not ask for it: each begins with a Polar as new.
    { auto: true },
  ],
})

/** From the index page to Polar's consent page. */
export async function toConsent(page: Page, subject: 'organization' | 'user' = 'organization') {
  await page.goto('/')
  if (subject === 'user') await page.getByRole('radio', { name: 'My user account' }).check()
  await page.getByRole('button', { name: 'Connect with Polar' }).click()
  await expect(page.getByRole('heading', { name: /wants to connect to Polar/ })).toBeVisible()
}

export async function allow(page: Page, organization?: string) {
  if (organization !== undefined) await page.getByRole('radio', { name: organization }).check()
  await page.getByRole('button', { name: 'Allow' }).click()
}

/** All the way from the index page to the dashboard. */
export async function connect(page: Page, subject: 'organization' | 'user' = 'organization') {
  await toConsent(page, subject)
  await allow(page, subject === 'organization' ? 'Acme Books' : undefined)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
}
