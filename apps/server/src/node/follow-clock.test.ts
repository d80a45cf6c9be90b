import { createUndiciUpstream } from '@polar-connect/bff/drivers/undici'
import { createEmulator } from '@polar-connect/emulator'
import { describe, expect, it } from 'vitest'
import { createFollowingClock } from './follow-clock.ts'

describe('a clock that follows the emulator', () => {
  it('moves with it, and ignores the rounding of the header', async () => {
    const emulator = createEmulator()
    const { url, close } = await emulator.listen()
    const { time, upstream } = createFollowingClock(createUndiciUpstream())
    const ask = async () => {
      const { signal } = new AbortController()
      await upstream(new URL('/v1/products/', url), {
        method: 'GET',
        headers: {},
        signal,
      })
    }
    await ask()
    expect(Math.abs(time.now() - Date.now() / 1000)).toBeLessThan(0.1)
    emulator.clock.advance(864_000)
    await ask()
    expect(Math.abs(time.now() - Date.now() / 1000 - 864_000)).toBeLessThan(2)
    emulator.clock.reset()
    await ask()
    expect(Math.abs(time.now() - Date.now() / 1000)).toBeLessThan(0.1)
    await close()
  })
})
