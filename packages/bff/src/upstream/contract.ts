/** What every upstream does, whatever carries the request: a new driver writes no new expectations. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Body } from '../runtime/bounded-body.ts'
import type { Upstream, UpstreamAnswer, UpstreamRequest } from './upstream.ts'

interface Polar {
  readonly url: URL
  /** Requests that have come. */
  readonly requests: IncomingMessage[]
  /** How many of the connections over which requests came are open. */
  connections(): number
}

/** A server that answers as `answer` says. */
export async function startPolar(
  answer: (outgoing: ServerResponse, incoming: IncomingMessage) => void,
): Promise<Polar> {
  const requests: IncomingMessage[] = []
  const server = createServer((incoming, outgoing) => {
    requests.push(incoming)
    answer(outgoing, incoming)
  })
  const port = await listen(server)
  return {
    url: new URL(`http://localhost:${port}/v1/products/?limit=1&limit=2`),
    requests,
    connections: () =>
      new Set(requests.map(({ socket }) => socket).filter((one) => !one.destroyed)).size,
  }
}

export function get(more: Partial<UpstreamRequest> = {}): UpstreamRequest {
  return { method: 'GET', headers: {}, signal: new AbortController().signal, ...more }
}

export function textOf({ body }: UpstreamAnswer): Promise<string> {
  return new Response(body).text()
}

function readerOf(body: Body) {
  if (!(body instanceof ReadableStream)) throw new Error('it does not stream')
  return body.getReader()
}

/** Writes as long as the reader takes it. */
function writeOn(outgoing: ServerResponse, count: (bytes: number) => void): void {
  const chunk = Buffer.alloc(64 * 1024, ' ')
  const write = () => {
    while (!outgoing.destroyed) {
      count(chunk.length)
      if (!outgoing.write(chunk)) return
    }
  }
  outgoing.on('drain', write)
  write()
}

export function describeUpstreamContract(name: string, create: () => Upstream): void {
  const upstream = create()

  describe(`the ${name} upstream`, () => {
    it('carries a request as it is, its body with its length', async () => {
      const { url, requests } = await startPolar((outgoing, incoming) => {
        outgoing.setHeader('Content-Type', 'text/plain')
        incoming.pipe(outgoing)
      })
      const answer = await upstream(
        url,
        get({
          method: 'PATCH',
          headers: { authorization: 'Bearer fake', 'content-type': 'text/x' },
          body: new TextEncoder().encode('{"é":1}'),
        }),
      )
      expect(await textOf(answer)).toBe('{"é":1}')
      expect(requests).toHaveLength(1)
      expect(requests[0]).toMatchObject({
        method: 'PATCH',
        url: '/v1/products/?limit=1&limit=2',
        headers: {
          authorization: 'Bearer fake',
          'content-type': 'text/x',
          'content-length': '8',
          'user-agent': expect.stringMatching(/./) as string,
        },
      })
      expect(requests[0]?.headers).not.toHaveProperty('transfer-encoding')
    })

    it('tells the length of a body that is not there', async () => {
      const { url, requests } = await startPolar((outgoing) => outgoing.end())
      await upstream(url, get({ method: 'POST' }))
      expect(requests[0]?.headers).toMatchObject({ 'content-length': '0' })
    })

    it.each([
      ['of a told length', { 'Content-Length': '14' }],
      ['in chunks', {}],
    ])('gives an answer %s with its status and all of its headers', async (_, length) => {
      const { url } = await startPolar((outgoing) => {
        const cookies = { 'Set-Cookie': ['one=1', 'two=2'] }
        outgoing.writeHead(418, { 'Content-Type': 'text/plain', ...cookies, ...length })
        outgoing.write('an answer')
        outgoing.end(' more')
      })
      const answer = await upstream(url, get())
      expect(answer.status).toBe(418)
      expect(answer.headers.get('Content-Type')).toBe('text/plain')
      expect(new Headers([...answer.headers]).getSetCookie()).toEqual(['one=1', 'two=2'])
      expect([answer.headers.has('X-None'), answer.headers.get('X-None')]).toEqual([false, null])
      expect(await textOf(answer)).toBe('an answer more')
    })

    it('passes over what comes before the answer, and minds no header', async () => {
      const { url } = await startPolar((outgoing) => {
        outgoing.writeEarlyHints({ link: '</x>; rel=preload' })
        outgoing.writeHead(200, { 'X-Name': Buffer.from('Łódź').toString('latin1') }).end('here')
      })
      const answer = await upstream(url, get())
      expect(answer.status).toBe(200)
      expect(answer.headers.get('X-Name')).toBe(Buffer.from('Łódź').toString('latin1'))
      expect(await textOf(answer)).toBe('here')
    })

    it.each([
      ['GET', 204],
      ['GET', 304],
      ['HEAD', 200],
    ])('gives no body for %s and %i', async (method, status) => {
      const { url, connections } = await startPolar((outgoing) => outgoing.writeHead(status).end())
      for (let calls = 0; calls < 10; calls += 1) {
        const answer = await upstream(url, get({ method }))
        expect([answer.status, answer.body]).toEqual([status, null])
      }
      // That of the last call may not be free yet when the next one needs one.
      expect(connections()).toBeLessThanOrEqual(2)
    })

    it('S35: follows no redirect', async () => {
      const elsewhere = await startPolar((outgoing) => outgoing.end())
      const { url } = await startPolar((outgoing) =>
        outgoing.writeHead(307, { Location: elsewhere.url.href }).end(),
      )
      const answer = await upstream(url, get())
      expect([answer.status, answer.headers.get('Location')]).toEqual([307, elsewhere.url.href])
      expect(elsewhere.requests).toEqual([])
    })

    it('takes what is called packed and is not', async () => {
      const { url } = await startPolar((outgoing) => {
        outgoing.writeHead(200, { 'Content-Encoding': 'identity' }).end('as it is')
      })
      expect(await textOf(await upstream(url, get()))).toBe('as it is')
    })

    it('unpacks what it asked for', async () => {
      const { url, requests } = await startPolar((outgoing) => {
        outgoing.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('unpacked'))
      })
      const answer = await upstream(url, get())
      expect(await textOf(answer)).toBe('unpacked')
      expect(answer.headers.get('Content-Encoding')).toBe('gzip')
      expect(requests[0]?.headers['accept-encoding']).toContain('gzip')
    })

    it('S38: reads no faster than it is read', async () => {
      let sent = 0
      const { url } = await startPolar((outgoing) => writeOn(outgoing, (bytes) => (sent += bytes)))
      const reader = readerOf((await upstream(url, get())).body)
      await reader.read()
      // What the two kernels keep for a connection differs, and stays far below this.
      let before = -1
      await vi.waitFor(
        () => {
          const still = sent === before
          before = sent
          if (!still) throw new Error('it still flows')
        },
        { timeout: 20_000, interval: 250 },
      )
      expect(sent).toBeLessThan(32 * 1024 * 1024)
      // And goes on when it is read again.
      let left = 64 * 1024 * 1024
      while (left > 0) {
        const { done, value } = await reader.read()
        expect(done).toBe(false)
        left -= value?.length ?? 0
      }
      await reader.cancel()
    })

    it.each([
      ['an endless answer', {}],
      ['one of a told length', { 'Content-Length': '1000000' }],
      ['one that is packed', { 'Content-Encoding': 'gzip' }],
    ])('S38: frees %s when its reader stops', async (_, headers) => {
      const start = 'Content-Encoding' in headers ? gzipSync('start').subarray(0, 15) : 'start'
      const { url, connections } = await startPolar((outgoing) => {
        outgoing.writeHead(200, headers).write(start)
      })
      const { body } = await upstream(url, get())
      const reader = readerOf(body)
      // It waits for more when it goes.
      const waiting = (async () => {
        while (!(await reader.read()).done);
      })()
      await reader.cancel()
      await waiting
      await vi.waitFor(() => expect(connections()).toBe(0), 20_000)
    })

    it('S38: gives up when it is told to, before the answer and within it', async () => {
      let answers = false
      const { url, requests, connections } = await startPolar((outgoing) => {
        if (answers) outgoing.writeHead(200).write('half of')
      })
      const silent = new AbortController()
      const waiting = upstream(url, get({ signal: silent.signal }))
      await vi.waitFor(() => expect(requests).toHaveLength(1), 20_000)
      silent.abort()
      await expect(waiting).rejects.toThrow(/abort/i)
      // A greeting without an answer: there is no connection yet.
      const early = new AbortController()
      const greeting = upstream(await startMute(), get({ signal: early.signal }))
      early.abort()
      await expect(greeting).rejects.toThrow(/abort/i)

      answers = true
      const halfway = new AbortController()
      const reader = readerOf((await upstream(url, get({ signal: halfway.signal }))).body)
      await reader.read()
      halfway.abort()
      await expect(reader.read()).rejects.toThrow(/abort/i)
      // If no one reads, no one hears of it.
      const unread = new AbortController()
      const { body } = await upstream(url, get({ signal: unread.signal }))
      unread.abort()
      await vi.waitFor(() => expect(connections()).toBe(0), 20_000)
      await expect(readerOf(body).read()).rejects.toThrow(/abort/i)
      await expect(upstream(url, get({ signal: unread.signal }))).rejects.toThrow(/abort/i)
    })

    it.each([
      ['of a told length', { 'Content-Length': '1000' }],
      ['of a told length that is long', { 'Content-Length': '1000000' }],
      ['in chunks', {}],
      ['that is packed', { 'Content-Encoding': 'gzip' }],
    ])('takes half an answer %s for none', async (_, headers) => {
      const half = gzipSync('an answer').subarray(0, 15)
      const { url } = await startPolar((outgoing) => {
        outgoing.writeHead(200, headers).write(half, () => outgoing.destroy())
      })
      await expect(upstream(url, get()).then(textOf)).rejects.toThrow(Error)
    })

    it('asks once, also over a connection that breaks', async () => {
      const { url, requests } = await startPolar((outgoing) => {
        if (requests.length === 1) outgoing.end('kept')
        else outgoing.destroy()
      })
      await textOf(await upstream(url, get()))
      await expect(upstream(url, get({ method: 'POST' }))).rejects.toThrow(Error)
      await expect(upstream(url, get())).rejects.toThrow(Error)
      expect(requests).toHaveLength(3)
    })

    it('takes no other protocol for an answer', async () => {
      const { url } = await startPolar(({ socket }) => {
        socket?.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
      })
      await expect(upstream(url, get())).rejects.toThrow(Error)
    })

    it('rejects if no server listens', async () => {
      const closed = new URL(`http://localhost:${await closedPort()}/`)
      await expect(upstream(closed, get())).rejects.toThrow(Error)
    })
  })
}

/** A server that listens and never says a word, not even who it is. */
async function startMute(): Promise<URL> {
  const server = createTcpServer((socket) => socket.on('error', () => undefined))
  return new URL(`https://localhost:${await listen(server)}/`)
}

async function closedPort(): Promise<number> {
  const server = createTcpServer()
  const port = await listen(server)
  server.close()
  await once(server, 'close')
  return port
}

/** Returns the port. After the test no server listens there, and nothing is connected. */
export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => void sockets.add(socket))
  server.listen(0, 'localhost')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return (server.address() as AddressInfo).port
}
