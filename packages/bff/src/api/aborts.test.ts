/** Clients that go in the middle of an answer, over real connections on both sides. */
import { once } from 'node:events'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { expect, it, vi } from 'vitest'
import { ACME, allowing, createLocalPolar } from '../testing/local-polar.ts'
import { createUndiciUpstream } from '../upstream/drivers/undici.ts'
import { listen } from '../upstream/contract.ts'
import type { Upstream } from '../upstream/upstream.ts'

/** More with ABORTED_CALLS: ten thousand take about a minute. */
const CALLS = Number(process.env['ABORTED_CALLS'] ?? 300)
const AT_ONCE = 24

it(
  `S38: ${CALLS} clients that go in mid-body leave nothing behind`,
  async () => {
    let open = 0
    let begun = 0
    const polarServer = createServer((incoming, outgoing) => {
      if (incoming.url?.includes('limit=1')) return void outgoing.end('[]')
      open += 1
      begun += 1
      outgoing.once('close', () => (open -= 1))
      // It never ends by itself.
      outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Polar-Version': '2026-10' })
      outgoing.write('['.padEnd(100_000))
    })
    const origin = `http://localhost:${await listen(polarServer)}`
    const overTheWire = createUndiciUpstream()
    const polar = await createLocalPolar()
    const upstream: Upstream = (url, sent) =>
      url.pathname === '/v1/products/'
        ? overTheWire(new URL(url.pathname + url.search, origin), sent)
        : polar.upstream(url, sent)
    const bff = await polar.create({ upstream })
    await polar.browser.signIn(allowing(polar, [ACME]))
    const cookie = [...polar.browser.cookies].map((pair) => pair.join('=')).join('; ')
    const listener = getRequestListener(bff.fetch, { overrideGlobalObjects: false })
    const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
    await listen(server)

    const page = { 'X-CSRF': '1', 'Sec-Fetch-Site': 'same-origin', Cookie: cookie }
    const refusals = () => polar.events.filter((event) => event.type === 'refused')
    const { port } = server.address() as AddressInfo
    const get = (limit: number) =>
      request({
        port,
        host: 'localhost',
        path: `/bff/api/v1/products/?limit=${limit}`,
        headers: page,
      }).end()

    async function goInMidBody(call: number): Promise<void> {
      const client = get(50)
      client.once('error', () => undefined)
      // Every third goes before its answer: many of those still wait for their turn.
      if (call % 3 === 0) await once(client, 'socket')
      else {
        const [answer] = (await once(client, 'response')) as [IncomingMessage]
        answer.once('error', () => undefined)
        if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}`)
        await once(answer, 'data')
      }
      client.destroy()
    }

    let next = 0
    const caller = async () => {
      while (next < CALLS) await goInMidBody(next++)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, caller))
    expect(begun).toBeGreaterThan(CALLS / 2)
    await vi.waitFor(() => expect(open).toBe(0), 20_000)
    // All turns are free again: more calls at once than one session may have in flight.
    const statuses = await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        const [answer] = (await once(get(1), 'response')) as [IncomingMessage]
        answer.resume()
        return answer.statusCode
      }),
    )
    expect(new Set(statuses)).toEqual(new Set([200]))

    const before = refusals().length
    const writing = request({
      port,
      host: 'localhost',
      method: 'POST',
      path: '/bff/api/v1/checkout-links/',
      headers: { ...page, 'Content-Length': 1000 },
    })
    writing.once('error', () => undefined)
    await new Promise((resolve) => writing.write('{', resolve))
    writing.destroy()
    await vi.waitFor(() => expect(refusals().length).toBeGreaterThan(before), 20_000)
    // A client that hangs up is no fault of the server, which would wake an operator.
    expect(refusals().filter(({ status }) => status >= 500)).toEqual([])
  },
  60_000 + CALLS * 100,
)
