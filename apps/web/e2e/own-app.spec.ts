/**
 * An app that knows nothing of this project, tested against the emulator: three lines start it, and the
 * browser does the rest.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { allow, expect, test } from './fixtures.ts'
import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'

/** A page with a link to Polar, and a callback that greets with the name of a product. */
async function startOwnApp(polar: () => string) {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const code = url.searchParams.get('code')
    void (code === null ? link() : greet(code)).then((body) => {
      response.setHeader('Content-Type', 'text/html')
      response.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const redirectUri = `${origin}/callback`

  async function link(): Promise<string> {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: DEFAULT_CLIENT_ID,
      redirect_uri: redirectUri,
      scope: 'products:read',
    })
    return `<a href="${polar()}/oauth2/authorize?${query.toString()}">Sign in</a>`
  }

  async function greet(code: string): Promise<string> {
    const answer = await fetch(`${polar()}/v1/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        client_id: DEFAULT_CLIENT_ID,
        client_secret: DEFAULT_CLIENT_SECRET,
      }),
    })
    const { access_token: token } = (await answer.json()) as { access_token: string }
    const list = await fetch(`${polar()}/v1/products/?limit=1`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    const { items } = (await list.json()) as { items: { name: string }[] }
    return `<h1>${items[0]?.name}</h1>`
  }

  return { origin, redirectUri, close: () => new Promise((resolve) => server.close(resolve)) }
}

test('an app without our packages signs in at the emulator', async ({ page }) => {
  let polarUrl = ''
  const app = await startOwnApp(() => polarUrl)
  // Without commit delays: the app does not ask again.
  const polar = await createEmulator({
    redirectUris: [app.redirectUri],
    commitDelayMs: [0, 0],
  }).listen()
  polarUrl = polar.url

  await page.goto(app.origin)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await allow(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\w/)
  await expect(page).toHaveURL(/\/callback\?code=polar_ac_/)

  await polar.close()
  await app.close()
})
