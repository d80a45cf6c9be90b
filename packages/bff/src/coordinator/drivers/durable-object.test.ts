/** The Durable Object coordinator in real workerd, asked over HTTP by the contract of all drivers. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestHarness } from 'wrangler'
import type { Coordinator } from '../coordinator.ts'
import { BffError } from '../../errors/bff-error.ts'
import type { Control } from '../../testing/coordinator-worker.ts'
import { describeCoordinatorContract, describeStoreContract } from '../contract.ts'

const worker = createTestHarness({
  workers: [{ configPath: new URL('../../testing/wrangler.jsonc', import.meta.url) }],
})
const handle = worker.getWorker()
let setUps = 0

beforeAll(async () => {
  await worker.listen()
})
afterAll(() => worker.close())

async function post<Answer>(body: unknown): Promise<Answer> {
  const answer = await worker.fetch('/', { method: 'POST', body: JSON.stringify(body) })
  const said = (await answer.json()) as Answer & { readonly code?: 'coordinator_unavailable' }
  if (said.code !== undefined) throw new BffError(said.code, 'so said the worker')
  return said
}
const control = (body: Control) => post<{ readonly isEmpty?: boolean }>(body)

async function setUp() {
  setUps += 1
  const space = `${setUps} `
  const operation =
    (name: keyof Coordinator) =>
    async (key: string, ...args: (string | number)[]) =>
      (await post<{ result?: unknown }>([name, space + key, ...args])).result
  const names = ['claim', 'read', 'write', 'replace', 'release', 'count'] as const
  const operations = names.map((name) => [name, operation(name)])
  return {
    coordinator: Object.fromEntries(operations) as unknown as Coordinator,
    advance: async (seconds: number) => void (await control({ advanceSeconds: seconds })),
    async takeAway() {
      await control({ mood: 'failing' })
      return async () => void (await control({ mood: 'well' }))
    },
  }
}

describeCoordinatorContract('Durable Object', setUp)

describeStoreContract('Durable Object', setUp)

describe('the Durable Object coordinator', () => {
  it('does not wait for an object that never answers', async () => {
    const { coordinator } = await setUp()
    await control({ mood: 'hanging' })
    await expect(coordinator.read('key')).rejects.toMatchObject({ code: 'coordinator_unavailable' })
    await control({ mood: 'well' })
    expect(await coordinator.read('key')).toBeUndefined()
  })

  it('keeps what it has when its object is put out of memory', async () => {
    const { coordinator } = await setUp()
    await coordinator.write('key', 'value', 10)
    await handle.evictDurableObject('COORDINATOR', { name: `${setUps} key` })
    expect(await coordinator.read('key')).toBe('value')
  })

  it('leaves no expired object behind', async () => {
    const { coordinator } = await setUp()
    const isEmpty = async (key: string) =>
      (await control({ isEmpty: `${setUps} ${key}` })).isEmpty === true
    await coordinator.write('released', 'value', 60)
    expect(await isEmpty('released')).toBe(false)
    await coordinator.release('released', 'value')
    expect(await isEmpty('released')).toBe(true)
    await control({ realTime: true })
    await coordinator.write('expired', 'value', 60)
    await coordinator.replace('expired', 'value', 'next', 0.2)
    // Its alarm empties it without a further call.
    await vi.waitUntil(() => isEmpty('expired'), { timeout: 20_000, interval: 50 })
  })
})
