/**
 * What requests, tabs and instances share: what happened to a refresh token, spent transactions, ended
 * sessions, pauses that Polar asked for, and counts for the limits. Each is a value under a key for a
 * time, so one small interface carries all of them.
 */
import { hasCode } from '../errors/bff-error.ts'

/**
 * Shared state of all instances. Drivers: `createMemoryCoordinator` (one process),
 * `createRedisCoordinator`, `createDurableObjectCoordinator`.
 *
 * A driver keeps values of up to 4 KB under keys of up to 100 characters. Each operation is atomic on
 * its one key, and later operations see it. No operation spans two keys. Lifetimes go by the store's
 * clock, so instances need not agree on the time, and an expired value is gone.
 *
 * A driver that cannot reach its store soon throws a `BffError` with `coordinator_unavailable`. A
 * failed operation may still have happened: callers write values that they recognise as their own,
 * and lifetimes clean up the rest.
 */
export interface Coordinator {
  /** Writes unless a value is there: true for the one caller that wrote. */
  claim(key: string, value: string, lifetimeSeconds: number): Promise<boolean>
  read(key: string): Promise<string | undefined>
  /** Writes, over an earlier value too. */
  write(key: string, value: string, lifetimeSeconds: number): Promise<void>
  /** Replaces exactly `expected`: true if it did. */
  replace(key: string, expected: string, value: string, lifetimeSeconds: number): Promise<boolean>
  /** Removes exactly `expected`: true if it did. */
  release(key: string, expected: string): Promise<boolean>
  /** Adds one to the number under `key`, which lives from its first count. Returns the sum. */
  count(key: string, lifetimeSeconds: number): Promise<number>
}

/** The keys, so that no two uses meet. */
export const COORDINATOR_KEYS = {
  rotation: (id: string) => `rotation:${id}`,
  spentTransaction: (id: string) => `spent:${id}`,
  endedSession: (id: string) => `ended:${id}`,
  pause: (bucket: string) => `pause:${bucket}`,
  count: (who: string) => `count:${who}`,
  diagnostics: (id: string) => `diagnostics:${id}`,
} as const

/**
 * Replaces the record under `key` by what `change` makes of it, and tries again if another caller was
 * faster. Undefined leaves it as it is. Returns the record that is there then.
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

/** The result of `work`, or undefined if the coordinator is away and that harms no one. */
export function tolerateOutage<Value>(work: Promise<Value>): Promise<Value | undefined> {
  return work.catch((cause: unknown) => {
    if (isAway(cause)) return undefined
    throw cause
  })
}
