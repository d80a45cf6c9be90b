/** Reads a whole list, page by page, so slowly that visible pages never wait for it. */
import { ConnectError, isRetryable } from '@polar-connect/browser'
import type { Identified, ListPage } from './list-page.ts'

export interface ExportWorld<Item> {
  readonly fetchPage: (page: number) => Promise<ListPage<Item>>
  /** Resolves after `milliseconds`. @throws {DOMException} `AbortError` when `signal` says so. */
  readonly wait: (milliseconds: number) => Promise<void>
  /** Resolves when no page waits for data. */
  readonly idle: () => Promise<void>
  /** @param waitSeconds how long Polar asked to wait, if it did. */
  readonly onProgress: (done: number, total: number, waitSeconds?: number) => void
  readonly signal: AbortSignal
}

/** What was read so far. A list that stopped continues from here. */
export interface ExportState<Item> {
  readonly items: Map<string, Item>
  nextPage: number
  total: number
}

export const createExport = <Item>(): ExportState<Item> => ({
  items: new Map(),
  nextPage: 1,
  total: 0,
})

/** More rows than this are too many for one file. */
export const MOST_ROWS = 50_000
export const EXPORT_PAGE = 100
const APART_MS = 1000
const RETRIES_MS = [500, 2000]

/**
 * Reads what `state` lacks. Each record is in it once, even if the list moved meanwhile.
 *
 * @returns whether the list fits into one file.
 * @throws {ConnectError} a failure that stays: `state` has what was read before.
 */
export async function readList<Item extends Identified>(
  state: ExportState<Item>,
  world: ExportWorld<Item>,
): Promise<boolean> {
  for (let last = state.nextPage; state.nextPage <= last; state.nextPage += 1) {
    /* oxlint-disable no-await-in-loop -- one call at a time is the point */
    await world.idle()
    const { items, pagination } = await readPage(state, world)
    for (const item of items) state.items.set(item.id, item)
    last = pagination.max_page
    state.total = pagination.total_count
    if (state.total > MOST_ROWS) return false
    world.onProgress(state.items.size, state.total)
    if (state.nextPage < last) await world.wait(APART_MS)
    /* oxlint-enable no-await-in-loop */
  }
  return true
}

async function readPage<Item>(
  { nextPage, items, total }: ExportState<Item>,
  world: ExportWorld<Item>,
): Promise<ListPage<Item>> {
  for (let failures = 0; ;) {
    world.signal.throwIfAborted()
    try {
      // oxlint-disable-next-line no-await-in-loop
      return await world.fetchPage(nextPage)
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error
      const { retryAfterSeconds } = error.details
      if (retryAfterSeconds !== undefined) {
        world.onProgress(items.size, total, retryAfterSeconds)
        // oxlint-disable-next-line no-await-in-loop
        await world.wait(retryAfterSeconds * 1000)
        continue
      }
      const delay = RETRIES_MS[failures]
      if (!isRetryable(error.code) || delay === undefined) throw error
      failures += 1
      // oxlint-disable-next-line no-await-in-loop
      await world.wait(delay)
    }
  }
}
