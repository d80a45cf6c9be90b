import { describe, expect, it, vi } from 'vitest'
import { createNetwork } from './network.ts'

function open() {
  const world = { fails: false, guess: true, now: 1000 }
  const network = createNetwork({
    fetch: async () => {
      if (world.fails) throw new TypeError('failed')
      return new Response()
    },
    online: () => world.guess,
    now: () => world.now,
  })
  return { world, network }
}

describe('The network', () => {
  it('is offline after a failed call, and online after the next answer', async () => {
    const { world, network } = open()
    const heard = vi.fn<() => void>()
    network.subscribe(heard)
    Object.assign(world, { fails: true, guess: false })
    // The browser's guess alone starts nothing.
    expect(network.isOffline()).toBe(false)
    await expect(network.fetch('/')).rejects.toThrow('failed')
    expect(network.isOffline()).toBe(true)
    // And ends nothing.
    Object.assign(world, { fails: false, guess: true, now: 5000 })
    expect([network.isOffline(), network.answeredAt()]).toEqual([true, 1000])
    await network.fetch('/')
    expect([network.isOffline(), network.answeredAt()]).toEqual([false, 5000])
    expect(heard).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['a server that is down', { guess: true }, undefined],
    ['a call that was given up', { guess: false }, AbortSignal.abort()],
  ])('is not lost by %s', async (_, more, signal) => {
    const { world, network } = open()
    Object.assign(world, { fails: true, ...more })
    await expect(network.fetch('/', signal ? { signal } : {})).rejects.toThrow('failed')
    expect(network.isOffline()).toBe(false)
  })
})
