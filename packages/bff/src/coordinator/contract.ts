/** What every coordinator does, whatever keeps its values: a new driver writes no new expectations. */
import { describe, expect, it, vi } from 'vitest'
import type { Coordinator } from './coordinator.ts'

export interface CoordinatorSetup {
  readonly coordinator: Coordinator
  /** Lets time pass for the values that it keeps. */
  advance(seconds: number): Promise<void> | void
}

export interface StoreSetup extends CoordinatorSetup {
  /** Takes the store away; the result brings it back. */
  takeAway(): Promise<() => Promise<void>>
}

export function describeCoordinatorContract(
  name: string,
  setUp: () => Promise<CoordinatorSetup> | CoordinatorSetup,
): void {
  describe(`the ${name} coordinator`, () => {
    it('gives a claim to one of many, until it ends', async () => {
      const { coordinator, advance } = await setUp()
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, index) => coordinator.claim('key', `holder ${index}`, 10)),
      )
      expect(claims.filter(Boolean)).toHaveLength(1)
      await advance(9)
      expect(await coordinator.claim('key', 'late', 10)).toBe(false)
      await advance(2)
      expect(await coordinator.read('key')).toBeUndefined()
      expect(await coordinator.claim('key', 'later', 10)).toBe(true)
    })

    it('reads the last value written, until it expires', async () => {
      const { coordinator, advance } = await setUp()
      expect(await coordinator.read('key')).toBeUndefined()
      await coordinator.write('key', 'first', 10)
      await coordinator.write('key', 'second', 20)
      await advance(15)
      expect(await coordinator.read('key')).toBe('second')
      await advance(10)
      expect(await coordinator.read('key')).toBeUndefined()
    })

    it('keeps each key for itself', async () => {
      const { coordinator } = await setUp()
      await coordinator.write('one', '1', 10)
      expect(await coordinator.claim('two', '2', 10)).toBe(true)
      expect(await coordinator.release('one', '2')).toBe(false)
      expect([await coordinator.read('one'), await coordinator.read('two')]).toEqual(['1', '2'])
    })

    it('replaces and releases only the expected value', async () => {
      const { coordinator, advance } = await setUp()
      await coordinator.write('key', 'mine', 10)
      expect(await coordinator.replace('key', 'theirs', 'stolen', 10)).toBe(false)
      expect(await coordinator.release('key', 'theirs')).toBe(false)
      expect(await coordinator.replace('key', 'mine', 'next', 10)).toBe(true)
      expect(await coordinator.release('key', 'next')).toBe(true)
      expect(await coordinator.release('key', 'next')).toBe(false)
      await coordinator.write('key', 'old', 5)
      await advance(6)
      expect(await coordinator.replace('key', 'old', 'revived', 10)).toBe(false)
      expect(await coordinator.release('key', 'old')).toBe(false)
    })

    it('lets one of many replace what all of them have read', async () => {
      const { coordinator, advance } = await setUp()
      await coordinator.write('key', 'read by all', 10)
      const replaced = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          coordinator.replace('key', 'read by all', `by ${index}`, 30),
        ),
      )
      expect(replaced.filter(Boolean)).toHaveLength(1)
      expect(await coordinator.read('key')).toBe(`by ${replaced.indexOf(true)}`)
      // What replaces lives for its own time: this is how a lock is held on to.
      await advance(20)
      expect(await coordinator.read('key')).toBe(`by ${replaced.indexOf(true)}`)
      await advance(11)
      expect(await coordinator.read('key')).toBeUndefined()
    })

    it('keeps a sealed session byte for byte, under the longest key', async () => {
      const { coordinator } = await setUp()
      const key = `successor:${'k'.repeat(90)}`
      const value = 'é"\n\u0000'.repeat(100) + 'v'.repeat(3500)
      await coordinator.write(key, value, 10)
      expect(await coordinator.read(key)).toBe(value)
      expect(await coordinator.replace(key, value, `${value}.`, 10)).toBe(true)
      expect(await coordinator.release(key, value)).toBe(false)
      expect(await coordinator.release(key, `${value}.`)).toBe(true)
    })

    it('counts every caller once, until the time of the first one is over', async () => {
      const { coordinator, advance } = await setUp()
      const counts = await Promise.all(
        Array.from({ length: 20 }, () => coordinator.count('key', 10)),
      )
      expect(counts.toSorted((left, right) => left - right)).toEqual(
        Array.from({ length: 20 }, (_, index) => index + 1),
      )
      await advance(9)
      expect(await coordinator.count('key', 10)).toBe(21)
      expect(await coordinator.count('other', 10)).toBe(1)
      await advance(2)
      expect(await coordinator.count('key', 10)).toBe(1)
    })
  })
}

/** What one does besides whose values lie somewhere that can be away. */
export function describeStoreContract(
  name: string,
  setUp: () => Promise<StoreSetup> | StoreSetup,
): void {
  describe(`the ${name} coordinator`, () => {
    it('fails fast while its store is away, and works when it is back', async () => {
      const { coordinator, takeAway } = await setUp()
      await coordinator.write('key', 'before', 600)
      const bringBack = await takeAway()
      const startedAt = performance.now()
      const refused = expect.objectContaining({ code: 'coordinator_unavailable' })
      await expect(coordinator.read('key')).rejects.toEqual(refused)
      await expect(coordinator.claim('other', 'value', 10)).rejects.toEqual(refused)
      await expect(coordinator.write('key', 'after', 10)).rejects.toEqual(refused)
      await expect(coordinator.replace('key', 'before', 'after', 10)).rejects.toEqual(refused)
      await expect(coordinator.release('key', 'before')).rejects.toEqual(refused)
      await expect(coordinator.count('number', 10)).rejects.toEqual(refused)
      // Six questions in turn, and not six times the patience of one.
      expect(performance.now() - startedAt).toBeLessThan(5000)
      await bringBack()
      await vi.waitFor(() => coordinator.read('key'), { timeout: 20_000, interval: 50 })
      await coordinator.write('key', 'again', 10)
      expect(await coordinator.read('key')).toBe('again')
    })
  })
}
