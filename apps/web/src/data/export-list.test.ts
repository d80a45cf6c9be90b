import { ConnectError } from '@polar-connect/browser'
import { describe, expect, it } from 'vitest'
import { createExport, readList, type ExportWorld } from './export-list.ts'

interface Row {
  readonly id: string
}

/** A shop with `count` rows. A test can replace the answer to one call, by its number. */
function shop(count: number, instead: Readonly<Record<number, () => never>> = {}) {
  const told: (readonly (number | undefined)[])[] = []
  const waits: number[] = []
  const asked: number[] = []
  const stop = new AbortController()
  const world: ExportWorld<Row> = {
    async fetchPage(page) {
      asked.push(page)
      instead[asked.length]?.()
      const ids = Array.from({ length: count }, (_, index) => `row-${index}`)
      const items = ids.slice((page - 1) * 100, page * 100).map((id) => ({ id }))
      return { items, pagination: { total_count: count, max_page: Math.ceil(count / 100) } }
    },
    wait: async (milliseconds) => {
      waits.push(milliseconds)
      stop.signal.throwIfAborted()
    },
    idle: async () => undefined,
    onProgress: (...progress) => void told.push(progress),
    signal: stop.signal,
  }
  return { world, told, waits, asked, stop }
}

const fail =
  (code: 'polar_rate_limited' | 'upstream_error' | 'not_permitted', after?: number) =>
  (): never => {
    throw new ConnectError(code, after === undefined ? {} : { retryAfterSeconds: after })
  }

describe('The export of a list', () => {
  it('reads all of it, a page per second, and reports its progress', async () => {
    const { world, told, waits, asked } = shop(250)
    const state = createExport<Row>()
    expect(await readList(state, world)).toBe(true)
    expect([...state.items.keys()]).toHaveLength(250)
    expect(asked).toEqual([1, 2, 3])
    expect(waits).toEqual([1000, 1000])
    expect(told).toEqual([
      [100, 250],
      [200, 250],
      [250, 250],
    ])
  })

  it('waits as long as Polar asks, and continues with the same page', async () => {
    const { world, told, waits, asked } = shop(250, { 2: fail('polar_rate_limited', 20) })
    const state = createExport<Row>()
    await readList(state, world)
    expect(asked).toEqual([1, 2, 2, 3])
    expect(waits).toEqual([1000, 20_000, 1000])
    expect(told).toContainEqual([100, 250, 20])
    expect(state.items.size).toBe(250)
  })

  it('retries twice, then stops so that it can continue', async () => {
    const broken = fail('upstream_error')
    const { world, asked, waits } = shop(250, { 2: broken, 3: broken, 4: broken })
    const state = createExport<Row>()
    await expect(readList(state, world)).rejects.toMatchObject({ code: 'upstream_error' })
    expect(waits).toEqual([1000, 500, 2000])
    expect(state.items.size).toBe(100)
    await readList(state, world)
    expect(asked).toEqual([1, 2, 2, 2, 2, 3])
    expect(state.items.size).toBe(250)
  })

  it('does not retry what cannot work', async () => {
    const { world, asked } = shop(250, { 1: fail('not_permitted') })
    await expect(readList(createExport<Row>(), world)).rejects.toMatchObject({
      code: 'not_permitted',
    })
    expect(asked).toEqual([1])
  })

  it('ends when it is cancelled, without another call', async () => {
    const { world, asked, stop } = shop(250)
    const reading = readList(createExport<Row>(), {
      ...world,
      onProgress: () => stop.abort(),
    })
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
    expect(asked).toEqual([1])
  })

  it('is refused for more rows than a file takes', async () => {
    const { world, asked } = shop(50_001)
    expect(await readList(createExport<Row>(), world)).toBe(false)
    expect(asked).toEqual([1])
  })

  it('has each row once, even if the list changed between two pages', async () => {
    const { world } = shop(150)
    const state = createExport<Row>()
    await readList(state, {
      ...world,
      fetchPage: async (page) => {
        const answer = await world.fetchPage(page)
        return page === 1 ? answer : { ...answer, items: [{ id: 'row-99' }, ...answer.items] }
      },
    })
    expect([...state.items.keys()].filter((id) => id === 'row-99')).toHaveLength(1)
    expect(state.items.size).toBe(150)
  })
})
