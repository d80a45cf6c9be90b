import { describe, expect, it } from 'vitest'
import { serve } from './node-server.ts'

describe('a stop', () => {
  it('waits for the call under way, and for the work behind an answer', async () => {
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
