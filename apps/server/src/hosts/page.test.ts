/** The built page on each host, from the deployed files. */
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestHarness } from 'wrangler'
import { createStaticFiles } from '../page/static-files.ts'
import { createVercelEdge } from '../testing/vercel-routes.ts'
import type { HttpEvent } from './lambda-event.ts'
import type { WholeAnswer } from './lambda.ts'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const PAGE = at('../web/dist')
const ORIGIN = 'https://app.example'

const isBuilt = existsSync(at('dist/page-worker')) && existsSync(PAGE)
if (!isBuilt) console.warn('Skipped: the page on each host needs `npx -y pnpm@12 build`.')

type Ask = (request: Request) => Response | Promise<Response>

interface Running {
  readonly ask: Ask
  close?(): Promise<void>
}

async function startWorker(config: string): Promise<Running> {
  const harness = createTestHarness({ workers: [{ configPath: at(config) }] })
  const { url } = await harness.listen()
  return { ask: (request) => send(url, request), close: () => harness.close() }
}

/** Replaces `fetch`, which would overwrite `Sec-Fetch-Mode`. */
async function send(server: URL, { url, method, headers }: Request): Promise<Response> {
  const { hostname, port } = server
  const path = url.slice(ORIGIN.length)
  const options = { hostname, port, path, method, headers: Object.fromEntries(headers) }
  const [answer] = (await once(get(options), 'response')) as [IncomingMessage]
  const chunks = await answer.toArray()
  return new Response(Buffer.concat(chunks as Buffer[]), {
    status: answer.statusCode ?? 0,
    headers: answer.headers as Record<string, string>,
  })
}

/** A function without settings, because its page must work without them. */
async function startLambda(): Promise<Running> {
  const { handler } = (await import(at('dist/lambda/index.js'))) as {
    handler(event: HttpEvent): Promise<WholeAnswer>
  }
  return {
    async ask(request) {
      const answer = await handler({
        rawPath: new URL(request.url).pathname,
        rawQueryString: '',
        headers: Object.fromEntries(request.headers),
        isBase64Encoded: false,
        requestContext: { http: { method: request.method, sourceIp: '192.0.2.1' } },
      })
      const { statusCode: status, headers, body } = answer
      return new Response(Buffer.from(body, 'base64'), { status, headers })
    },
  }
}

const HOSTS: Record<string, () => Running | Promise<Running>> = {
  Node: () => ({ ask: createStaticFiles(PAGE, 'max-age=63072000').fetch }),
  Lambda: startLambda,
  Vercel: () => ({ ask: createVercelEdge(at('dist/vercel/.vercel/output')) }),
  'a Worker': () => startWorker('wrangler.jsonc'),
  'a Worker of its own': () => startWorker('wrangler.page.jsonc'),
}

const NAVIGATION = { 'Sec-Fetch-Mode': 'navigate', Accept: '*/*' }
const OLD_BROWSER = { Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' }
const SCRIPT = { 'Sec-Fetch-Mode': 'no-cors', Accept: '*/*' }

describe.skipIf(!isBuilt).each(Object.entries(HOSTS))('the page on %s', (_, start) => {
  let running: Running
  beforeAll(async () => {
    running = await start()
  }, 60_000)
  afterAll(() => running.close?.())

  async function ask(path: string, headers: Record<string, string>) {
    const answer = await running.ask(new Request(ORIGIN + path, { headers }))
    const text = await answer.text()
    return {
      status: answer.status,
      kept: answer.headers.get('Cache-Control'),
      isPage: text.includes('<div id="root">'),
      headers: answer.headers,
    }
  }

  it.each([
    ['/assets/missing-abc123.js', SCRIPT],
    ['/assets/missing-AbCd1234.js', SCRIPT],
    ['/assets/missing-AbCd1234.js', NAVIGATION],
    ['/assets/', NAVIGATION],
    ['/ASSETS/missing', NAVIGATION],
    ['/missing.js', NAVIGATION],
    ['/robots.txt', OLD_BROWSER],
    ['/dashboard/app.webmanifest', NAVIGATION],
    ['/.well-known/change-password', NAVIGATION],
    ['/dashboard', SCRIPT],
    ['/dashboard', {}],
    ['/dashboard', { Accept: 'application/json' }],
    ['/BFF/session', NAVIGATION],
    ['//bff/session', NAVIGATION],
  ])('answers 404 for %s with %j, and forbids caching', async (path, headers) => {
    const answer = await ask(path, headers)
    expect(answer).toMatchObject({ status: 404, kept: 'no-store', isPage: false })
  })

  it.each([
    ['/', {}],
    ['/', NAVIGATION],
    ['/dashboard', NAVIGATION],
    ['/dashboard', OLD_BROWSER],
    ['/dashboard/orders/0b0b2a6e-11aa-4c0d-9d7e-000000000000', NAVIGATION],
    ['/auth/callback', NAVIGATION],
    ['/assets-of-mine', NAVIGATION],
    ['/bffs', NAVIGATION],
  ])('appears at %s with %j', async (path, headers) => {
    const answer = await ask(path, headers)
    expect(answer).toMatchObject({ status: 200, kept: 'no-store', isPage: true })
    expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  })

  it('S46: lets a browser cache only files with a digest in their name', async () => {
    const name = readdirSync(`${PAGE}/assets`).find((file) => /^index-.*\.js$/.test(file))
    const script = await ask(`/assets/${name}`, SCRIPT)
    expect(script).toMatchObject({ status: 200, kept: 'public, max-age=31536000, immutable' })
    expect(script.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(await ask('/', NAVIGATION)).toMatchObject({ status: 200, kept: 'no-store' })
  })
})
