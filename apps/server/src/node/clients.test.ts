/** Unusual clients: old ones, minimal probes, proxies, and browsers with many cookies of other apps. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLocalServer, type LocalServer } from '../testing/local-server.ts'

let server: LocalServer
beforeAll(async () => {
  server = await startLocalServer({
    APP_ORIGIN: 'https://app.example',
    POLAR_CLIENT_ID: 'polar_ci_FakeFakeFake',
    POLAR_CLIENT_SECRET: 'polar_cs_FakeFakeFake',
    SESSION_SECRETS: 'q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng',
  })
})
afterAll(() => server.stop())

/** The whole answer, until the server closes the connection. */
function send(...lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
    let answer = ''
    socket.on('data', (data) => (answer += String(data)))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  })
}

const MODERN = ['Host: 10.0.0.3:3000', 'Connection: close']
const CALL = [...MODERN, 'X-CSRF: 1']
const cookies = (count: number, length: number) =>
  `Cookie: ${Array.from({ length: count }, (_, index) => `other${index}=${'v'.repeat(length)}`).join('; ')}`

describe('the Node server', () => {
  it.each([
    ['HTTP/1.0 without Host', ['GET /bff/health HTTP/1.0'], 200],
    ['HTTP/1.0 without Host, for the page', ['GET / HTTP/1.0'], 200],
    ['an address as its host', ['GET /bff/health HTTP/1.1', ...MODERN], 200],
    ['a query', ['GET /bff/health?probe=1 HTTP/1.1', ...MODERN], 200],
    ['HEAD', ['HEAD /bff/health HTTP/1.1', ...MODERN], 200],
    ['HEAD, for the page', ['HEAD / HTTP/1.1', ...MODERN], 200],
    ['OPTIONS *', ['OPTIONS * HTTP/1.1', ...MODERN], 204],
    ['OPTIONS', ['OPTIONS / HTTP/1.1', ...MODERN], 405],
    // Required by RFC 9112 §3.2.
    ['HTTP/1.1 without Host', ['GET /bff/health HTTP/1.1', 'Connection: close'], 400],
    ['the first line of HTTP/2', ['PRI * HTTP/2.0', '', 'SM'], 400],
    ['the PROXY protocol', ['PROXY TCP4 192.0.2.1 192.0.2.2 1 2', 'GET / HTTP/1.1'], 400],
    ['180 cookies of other apps', ['GET /bff/session HTTP/1.1', ...CALL, cookies(180, 50)], 200],
    ['17 KB of them', ['GET /bff/session HTTP/1.1', ...CALL, cookies(17, 1000)], 431],
    ['17 KB of them, for the page', ['GET / HTTP/1.1', ...MODERN, cookies(17, 1000)], 200],
    ['40 KB of them', ['GET / HTTP/1.1', ...MODERN, cookies(40, 1000)], 431],
  ] as const)('answers %s', async (_, lines, status) => {
    expect(await send(...lines)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })

  it('names the allowed methods if it refuses one', async () => {
    expect(await send('POST / HTTP/1.1', ...MODERN, 'Content-Length: 0')).toMatch(
      /\r\nallow: GET, HEAD\r\n/i,
    )
  })

  it('has its own error for too many cookies', async () => {
    const answer = await send('GET /bff/session HTTP/1.1', ...CALL, cookies(17, 1000))
    expect(answer).toContain('"code":"headers_too_large"')
  })
})
