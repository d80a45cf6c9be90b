import { describe, expect, it } from 'vitest'
import type { BffEvent } from '../errors/events.ts'
import { polarServer } from '../settings/polar-server.ts'
import { createPolarTransport } from './transport.ts'
import { systemTime } from '../runtime/time.ts'

const server = polarServer('http://127.0.0.1:4567')

describe('a request', () => {
  it.each(['//evil.example/', 'https://evil.example/', '/\\evil.example/', '@evil.example/'])(
    'S30: goes to no other host by the path %s',
    async (path) => {
      const hosts: string[] = []
      const transport = createPolarTransport({
        server,
        upstream: (url) => {
          hosts.push(url.host)
          return Promise.resolve(new Response())
        },
        time: systemTime,
        onEvent: () => undefined,
      })
      const request = { method: 'GET', path, headers: {}, operation: 'api' as const }
      await expect(transport.send(request)).rejects.toThrow(TypeError)
      expect(hosts).toEqual([])
    },
  )
})

describe('a request without an answer', () => {
  it('leaves its cause in the event, and no secret', async () => {
    const events: BffEvent[] = []
    const refused = Object.assign(new Error('connect to http://ada:pw@proxy:3128'), {
      code: 'ECONNREFUSED',
    })
    const both = new AggregateError([refused, refused], '')
    const transport = createPolarTransport({
      server,
      upstream: () => Promise.reject(new TypeError('fetch failed', { cause: both })),
      time: systemTime,
      onEvent: (event) => void events.push(event),
    })
    const request = { method: 'GET', path: '/v1/products/', headers: {}, operation: 'api' as const }
    await expect(transport.send(request)).rejects.toThrow('no answer to api')
    expect(events).toMatchObject([
      { reason: 'network: ECONNREFUSED: connect to http://[redacted]@proxy:3128' },
    ])
  })
})

describe('an answer that should be small', () => {
  it('S60: is read little further than 64 KB, and refused', async () => {
    const events: BffEvent[] = []
    let sent = 0
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 16_384
          controller.enqueue(new Uint8Array(16_384))
        },
      })
    const transport = createPolarTransport({
      server,
      upstream: () => Promise.resolve(new Response(endless())),
      time: systemTime,
      onEvent: (event) => void events.push(event),
    })
    const request = {
      method: 'GET',
      path: '/.well-known/jwks.json',
      headers: {},
      operation: 'jwks' as const,
    }
    await expect(transport.sendSmall(request)).rejects.toMatchObject({
      code: 'polar_invalid_response',
    })
    expect(sent).toBeLessThan(256 * 1024)
    expect(events).toMatchObject([{ operation: 'jwks', reason: 'polar_invalid_response' }])
  })
})
