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
  it('is bounded: what is oldest goes first', async () => {
    const { coordinator } = setUp()
    for (let index = 0; index < 20_001; index += 1) {
      await coordinator.write(`key ${index}`, 'value', 60)
    }
    expect(await coordinator.read('key 0')).toBeUndefined()
    expect(await coordinator.read('key 20000')).toBe('value')
  })
})
