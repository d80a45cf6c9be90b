/** The built Node entry as a process. */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync, readdirSync } from 'node:fs'
import { connect as connectSocket, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import {
  createEmulator,
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  type Listening,
} from '@polar-connect/emulator'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const ENTRY = fileURLToPath(new URL('../../dist/node.js', import.meta.url))
const ASSETS = fileURLToPath(new URL('../../../web/dist/assets', import.meta.url))

let polar: Listening
let port: number
let server: ChildProcess
let url: string

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

function start(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [ENTRY], { stdio: ['ignore', 'pipe', 'pipe'], env })
}

const settings = () => ({
  APP_ORIGIN: `http://localhost:${port}`,
  POLAR_SERVER: polar.url,
  POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
  POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
  SESSION_SECRETS: randomBytes(32).toString('base64url'),
})

/** Sends a raw request line, because `fetch` would normalize the target. */
function raw(target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket(port, '127.0.0.1', () => {
      socket.write(
        `GET ${target} HTTP/1.1\r\nHost: localhost:${port}\r\nX-CSRF: 1\r\nConnection: close\r\n\r\n`,
      )
    })
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''))
    socket.on('error', reject)
  })
}

const isBuilt = existsSync(ENTRY)
if (!isBuilt) console.warn('Skipped: the production entry needs `npx -y pnpm@12 build`.')

describe.skipIf(!isBuilt)('the production server', () => {
  beforeAll(async () => {
    polar = await createEmulator().listen()
    port = await freePort()
    url = `http://127.0.0.1:${port}`
    server = start({ ...settings(), PORT: String(port), HOST: '127.0.0.1' })
    await vi.waitFor(() => fetch(`${url}/bff/health`), { timeout: 30_000, interval: 50 })
  })

  afterAll(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGINT')
    await ended
    await polar.close()
  })

  it('S46: serves the page with every security header', async () => {
    for (const path of ['/', '/dashboard/products', '/auth/callback?code=c&state=s']) {
      const page = await fetch(url + path, { headers: { Accept: 'text/html' } })
      expect(page.status).toBe(200)
      expect(await page.text()).toContain('<div id="root">')
      const header = (name: string) => page.headers.get(name)
      expect(header('Cache-Control')).toBe('no-store')
      expect(header('Referrer-Policy')).toBe('no-referrer')
      expect(header('X-Content-Type-Options')).toBe('nosniff')
      expect(header('Cross-Origin-Opener-Policy')).toBe('same-origin')
      expect(header('Permissions-Policy')).toContain('camera=()')
      expect(header('Content-Security-Policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
          "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; " +
          "form-action 'none'; frame-ancestors 'none'; object-src 'none'; " +
          "require-trusted-types-for 'script'; trusted-types 'none'",
      )
    }
  })

  it('serves hashed files for a year, compressed, and 404 for a missing file', async () => {
    const script = readdirSync(ASSETS).find((name) => /^index-.*\.js$/.test(name))
    const file = await fetch(`${url}/assets/${script}`, { headers: { 'Accept-Encoding': 'br' } })
    expect(file.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    expect(file.headers.get('Content-Encoding')).toBe('br')
    expect(file.headers.get('Content-Type')).toContain('javascript')
    const missing = await fetch(`${url}/assets/missing-abc123.js`)
    expect([missing.status, missing.headers.get('Cache-Control')]).toEqual([404, 'no-store'])
    expect((await fetch(`${url}/`, { method: 'POST' })).status).toBe(405)
    expect(
      (await fetch(`${url}/..%2f..%2fpackage.json`)).headers.get('Content-Type'),
    ).not.toContain('json')
  })

  it('S31: checks the raw request line', async () => {
    for (const target of [
      '/bff/api/../api/v1/products/',
      '/bff/api/v1/products/..%2f..%2foauth2/token',
      '/bff/api/v1/%2e%2e/v1/products/',
      '/bff/api//v1/products/',
      '/bff/api/v1/products;x=1/',
      '/bff/api/v1/products/#?page=2',
      `http://127.0.0.1:${port}/bff/api/v1/products/`,
    ]) {
      expect(await raw(target), target).toMatch(/^HTTP\/1\.1 40[0-4]/)
    }
    const log = (await (await fetch(`${polar.url}/_emulator/requests`)).json()) as { items: [] }
    expect(log.items).toEqual([])
  })

  it('S63: trusts its configuration, and no header of the request', async () => {
    const answer = await fetch(`${url}/bff/authorize`, {
      method: 'POST',
      headers: {
        'X-CSRF': '1',
        Origin: `http://localhost:${port}`,
        'Content-Type': 'application/json',
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'https',
        Forwarded: 'host=evil.example;proto=https',
      },
      body: JSON.stringify({ code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' }),
    })
    const { authorization_url: address } = (await answer.json()) as { authorization_url: string }
    expect(new URL(address).searchParams.get('redirect_uri')).toBe(
      `http://localhost:${port}/auth/callback`,
    )
    expect(answer.headers.getSetCookie()[0]).toMatch(new RegExp(`^polar_connect_${port}_tx_`))
  })

  it('names once in its log at which host a page was opened instead of its own', async () => {
    let log = ''
    server.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString()))
    for (const host of ['localhost', '127.0.0.1', '127.0.0.1']) {
      await fetch(`http://${host}:${port}/bff/session`, { headers: { 'X-CSRF': '1' } })
    }
    await vi.waitFor(() => expect(log).toContain('other_address'))
    const [line = '', ...more] = log.split('\n').filter((each) => each.includes('other_address'))
    expect(more).toEqual([])
    expect(JSON.parse(line)).toMatchObject({
      level: 30,
      expected: `http://localhost:${port}`,
      actual: `127.0.0.1:${port}`,
    })
  })

  it('explains why it cannot use its port or host, and exits with 1', async () => {
    for (const [more, said] of [
      [{ PORT: String(port), HOST: '127.0.0.1' }, /^PORT is in use\..*EADDRINUSE/],
      [{ PORT: '0', HOST: '203.0.113.1' }, /^HOST is no address of this computer\./],
      [{ PORT: '0', HOST: 'no-such-host.invalid' }, /^HOST /],
    ] as const) {
      const child = start({ ...settings(), ...more })
      let errors = ''
      child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
      expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1)
      expect(errors).toMatch(said)
      expect(errors.trim().split('\n')).toHaveLength(1)
    }
  })

  it.skipIf(!existsSync('/dev/full'))('continues when the disk of its log is full', async () => {
    const own = await freePort()
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [ENTRY], {
      stdio: ['ignore', full, 'pipe'],
      env: { ...settings(), PORT: String(own), HOST: '127.0.0.1' },
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const ask = async () => {
      const at = `http://127.0.0.1:${own}/bff/health`
      return (await fetch(at, { signal: AbortSignal.timeout(5000) })).status
    }
    await vi.waitFor(ask, { timeout: 20_000, interval: 50 })
    expect(await ask()).toBe(200)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    closeSync(full)
  })

  it('names the actual and the expected origin in its log', async () => {
    let output = ''
    server.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const headers = { 'X-CSRF': '1', Origin: `http://127.0.0.1:${port}` }
    const answer = await fetch(`${url}/bff/logout`, { method: 'POST', headers })
    expect(answer.status).toBe(403)
    await vi.waitFor(() =>
      expect(output).toContain(
        `from http://127.0.0.1:${port}, while the app is at http://localhost:${port}`,
      ),
    )
  })

  it('answers 503 to probes after SIGTERM, still serves calls, and ends within ten seconds', async () => {
    const own = await freePort()
    const child = start({ ...settings(), PORT: String(own), HOST: '127.0.0.1' })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const at = `http://127.0.0.1:${own}`
    const health = () => fetch(`${at}/bff/health`)
    await vi.waitFor(health, { timeout: 30_000, interval: 50 })
    const startedAt = performance.now()
    child.kill('SIGTERM')
    await vi.waitFor(async () => expect((await health()).status).toBe(503), { interval: 20 })
    expect(await (await health()).json()).toEqual({ status: 'shutting_down' })
    const session = await fetch(`${at}/bff/session`, { headers: { 'X-CSRF': '1' } })
    expect(session.status).toBe(200)
    expect(await ended).toBe(0)
    expect(performance.now() - startedAt).toBeGreaterThan(2500)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  it('prints every fault of its configuration, and exits with 1', async () => {
    const child = start({ POLAR_SERVER: 'nowhere' })
    let errors = ''
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1)
    expect(errors.trim().split('\n')).toHaveLength(5)
  })
})
