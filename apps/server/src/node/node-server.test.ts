import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { serve } from './node-server.ts'

describe('a shutdown', () => {
  it('waits for running calls and for the work behind an answer', async () => {
    const order: string[] = []
    let finishCall = () => undefined as void
    let finishWork = () => undefined as void
    const call = new Promise<void>((resolve) => (finishCall = resolve))
    const work = new Promise<void>((resolve) => (finishWork = resolve))
    let arrived = () => undefined as void
    const arrival = new Promise<void>((resolve) => (arrived = resolve))
    const server = await serve(
      async (_request, _bindings, context) => {
        context.waitUntil(work.then(() => void order.push('work')))
        arrived()
        await call
        return new Response('done')
      },
      { port: 0, host: '127.0.0.1' },
    )
    const answer = fetch(`http://127.0.0.1:${server.port}/`).then((response) => response.text())
    await arrival
    const stopped = server.stop().then(() => order.push('stopped'))
    finishCall()
    expect(await answer).toBe('done')
    order.push('answered')
    finishWork()
    await stopped
    expect(order).toEqual(['answered', 'work', 'stopped'])
    await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow('fetch failed')
  })
})

describe('a shutdown with a grace period', () => {
  it('serves new calls until it is over, and closes their connections', async () => {
    const server = await serve(() => new Response('done'), { port: 0, host: '127.0.0.1' })
    const ask = () => fetch(`http://127.0.0.1:${server.port}/`)
    await ask()
    let over = false
    const stopped = server.stop({ graceMs: 500, timeoutMs: 5000 }).then(() => (over = true))
    const answer = await ask()
    expect([answer.status, answer.headers.get('Connection'), over]).toEqual([200, 'close', false])
    await stopped
    await expect(ask()).rejects.toThrow('fetch failed')
  })

  it('ends even if a call never does', async () => {
    let arrived = () => undefined as void
    const arrival = new Promise<void>((resolve) => (arrived = resolve))
    const server = await serve(
      () => {
        arrived()
        return new Promise<Response>(() => undefined)
      },
      { port: 0, host: '127.0.0.1' },
    )
    const cut = fetch(`http://127.0.0.1:${server.port}/`).catch((error: Error) => error.message)
    await arrival
    await server.stop({ graceMs: 0, timeoutMs: 100 })
    expect(await cut).toBe('fetch failed')
  })
})

describe('a slow request', () => {
  it.each([
    ['head', 'GET / HTTP/1.1\r\nHost: app\r\nX-Slow: '],
    ['body', 'POST / HTTP/1.1\r\nHost: app\r\nContent-Length: 4000\r\n\r\n'],
  ])('S59: is cut off in the middle of its %s', async (_, start) => {
    const server = await serve(async (request) => new Response(await request.text()), {
      port: 0,
      host: '127.0.0.1',
      requestMs: 400,
    })
    const socket = connect(server.port, '127.0.0.1')
    let answer = ''
    socket.on('error', () => undefined)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.write(start)
    const dripping = setInterval(() => socket.write('a'), 50)
    socket.on('data', (data) => {
      answer += String(data)
      clearInterval(dripping)
    })
    await closed
    clearInterval(dripping)
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    await server.stop()
  })
})

describe('a client that reads nothing', () => {
  it('S59: is cut off in the middle of its answer', async () => {
    const begun = Promise.withResolvers<void>()
    const endless = () => {
      begun.resolve()
      const megabyte = new Uint8Array(1024 * 1024)
      return new Response(new ReadableStream({ pull: (body) => body.enqueue(megabyte) }))
    }
    const server = await serve(endless, { port: 0, host: '127.0.0.1', silenceMs: 300 })
    const socket = connect(server.port, '127.0.0.1')
    socket.pause().write('GET / HTTP/1.1\r\nHost: app\r\n\r\n')
    await begun.promise
    // It waits for the last connection.
    await expect(server.stop({ graceMs: 0, timeoutMs: 600_000 })).resolves.toBeUndefined()
    socket.destroy()
  })
})

describe('a request', () => {
  it('has its whole time for its head, even if idle connections are closed soon', async () => {
    const server = await serve(() => new Response('done'), {
      port: 0,
      host: '127.0.0.1',
      keepAliveMs: 1,
    })
    const socket = connect(server.port, '127.0.0.1')
    const answered = once(socket, 'data')
    socket.write('GET / HTTP/1.1\r\nHost: app\r\n')
    setTimeout(() => socket.write('\r\n'), 2500)
    expect(String(await answered)).toMatch(/^HTTP\/1\.1 200 /)
    socket.destroy()
    await server.stop()
  })
})

describe('an idle connection', () => {
  it('is kept for 75 seconds by default, longer than load balancers keep it', async () => {
    const server = await serve(() => new Response('done'), { port: 0, host: '127.0.0.1' })
    const answer = await fetch(`http://127.0.0.1:${server.port}/`)
    expect(answer.headers.get('Keep-Alive')).toBe('timeout=75')
    await server.stop()
  })

  it('is closed after the configured time', async () => {
    const server = await serve(() => new Response('done'), {
      port: 0,
      host: '127.0.0.1',
      keepAliveMs: 1000,
    })
    const socket = connect(server.port, '127.0.0.1')
    const closed = new Promise((resolve) => socket.once('close', () => resolve('closed')))
    socket.resume().write('GET / HTTP/1.1\r\nHost: app\r\n\r\n')
    expect(await closed).toBe('closed')
    await server.stop()
  })
})
