/**
 * What several requests, tabs and instances must share, and nothing else: what became of a refresh
 * token, spent transactions, ended sessions, pauses that Polar asked for, and what each caller took of
 * its share. Each is a value under a key for a time, so one small interface carries all of them.
 */
import { hasCode } from '../errors/bff-error.ts'

/**
 * A driver keeps values of up to 4 KB under keys of up to 100 characters. Every operation is atomic on
 * its one key, and is seen by whatever begins after it ended; no operation spans two keys. Lifetimes
 * go by the store's own clock, so instances need not agree on the time, and a value is gone once its
 * time is over.
 *
 * A driver that cannot reach its store throws a `BffError` with `coordinator_unavailable`, soon, and
 * never pretends. An operation that failed may still have happened: callers write values that they
 * recognise as their own, and let lifetimes heal the rest.
 */
export interface Coordinator {
  /** Writes where nothing lives: true for the one caller that did. */
  claim(key: string, value: string, lifetimeSeconds: number): Promise<boolean>
  read(key: string): Promise<string | undefined>
  /** Writes whatever lived there. */
  write(key: string, value: string, lifetimeSeconds: number): Promise<void>
  /** Replaces `expected` and nothing else: true when it did. */
  replace(key: string, expected: string, value: string, lifetimeSeconds: number): Promise<boolean>
  /** Removes `expected` and nothing else: true when it did. */
  release(key: string, expected: string): Promise<boolean>
  /** Adds one to the number under `key`, which lives from its first count on: gives the new number. */
  count(key: string, lifetimeSeconds: number): Promise<number>
}

/** The keys, so that no two uses meet. */
export const COORDINATOR_KEYS = {
  rotation: (token: string) => `rotation:${token}`,
  spentTransaction: (id: string) => `spent:${id}`,
  endedSession: (id: string) => `ended:${id}`,
  pause: (bucket: string) => `pause:${bucket}`,
  count: (who: string) => `count:${who}`,
  diagnostics: (id: string) => `diagnostics:${id}`,
} as const

/**
 * Makes `change` of whatever is under `key`, until nothing came between; undefined leaves it. Gives
 * what is there then.
 */
export async function updateRecord(
  coordinator: Coordinator,
  key: string,
  lifetimeSeconds: number,
  change: (record: string | undefined) => string | undefined,
): Promise<string | undefined> {
  for (;;) {
    const found = await coordinator.read(key)
    const next = change(found)
    if (next === undefined) return found
    const done =
      found === undefined
        ? await coordinator.claim(key, next, lifetimeSeconds)
        : await coordinator.replace(key, found, next, lifetimeSeconds)
    if (done) return next
  }
}

/** Whether the coordinator is what failed. */
export function isAway(cause: unknown): boolean {
  return hasCode(cause, 'coordinator_unavailable')
}

/** What may be missing while the coordinator is away, without anybody noticing. */
export async function tolerateOutage<Value>(work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work
  } catch (cause) {
    if (isAway(cause)) return undefined
    throw cause
  }
}
