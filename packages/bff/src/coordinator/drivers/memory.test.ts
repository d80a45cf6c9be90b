import { describe, expect, it } from 'vitest'
import { describeCoordinatorContract } from '../contract.ts'
import { createMemoryCoordinator } from './memory.ts'

function setUp() {
  let now = 1_790_000_000
  const coordinator = createMemoryCoordinator({ now: () => now })
  return { coordinator, advance: (seconds: number) => void (now += seconds) }
}

describeCoordinatorContract('memory', setUp)

describe('the memory coordinator', () => {
  it('is bounded: the oldest value goes first', async () => {
    const { coordinator } = setUp()
    for (let index = 0; index < 20_001; index += 1) {
      await coordinator.write(`key ${index}`, 'value', 60)
    }
    expect(await coordinator.read('key 0')).toBeUndefined()
    expect(await coordinator.read('key 20000')).toBe('value')
  })

  it('S53: has a limit for each kind of key: many sign-ins bring no ended session back', async () => {
    const { coordinator } = setUp()
    await coordinator.write('ended:one', 'ended', 3600)
    for (let index = 0; index < 20_001; index += 1) {
      await coordinator.claim(`spent:${index}`, 'spent', 660)
    }
    expect(await coordinator.read('spent:0')).toBeUndefined()
    expect(await coordinator.read('ended:one')).toBe('ended')
  })

  it('drops expired values first, but looks for them once a second', async () => {
    const { coordinator, advance } = setUp()
    const isThere = async (key: string) => (await coordinator.read(key)) !== undefined
    for (const key of ['first', 'second', 'third']) await coordinator.write(key, 'value', 3600)
    for (let index = 3; index < 20_000; index += 1)
      await coordinator.write(`${index}`, 'value', 0.5)
    await coordinator.write('one more', 'value', 3600)
    expect(await isThere('first')).toBe(false)
    advance(0.6)
    await coordinator.write('too early to look again', 'value', 3600)
    expect(await isThere('second')).toBe(false)
    advance(0.5)
    await coordinator.write('late enough', 'value', 3600)
    expect(await isThere('third')).toBe(true)
  })
})
