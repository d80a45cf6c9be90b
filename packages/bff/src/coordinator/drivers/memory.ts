/** The coordinator of one process. */
import { createBoundedMap } from '../../runtime/bounded-map.ts'
import type { Coordinator } from '../coordinator.ts'
import { systemTime, type Time } from '../../runtime/time.ts'

/** A limit for attacks: about 50 MB of successors. */
const MAX_ENTRIES = 20_000
/** Looking for expired values takes a millisecond, so it is rare. Between, the oldest value goes. */
const SWEEP_SECONDS = 1

interface Entry<Value> {
  readonly value: Value
  readonly expiresAt: number
}

/**
 * The coordinator of one process. It is bounded: the oldest values go first.
 *
 * @param time says when a value expires. By default the machine's.
 */
export function createMemoryCoordinator(time: Pick<Time, 'now'> = systemTime): Coordinator {
  const values = createExpiring<string>(time)
  // Apart from the values: many addresses must not evict a successor.
  const counts = createExpiring<number>(time)
  return {
    async claim(key, value, lifetimeSeconds) {
      if (values.get(key) !== undefined) return false
      values.set(key, { value, expiresAt: time.now() + lifetimeSeconds })
      return true
    },
    async read(key) {
      return values.get(key)?.value
    },
    async write(key, value, lifetimeSeconds) {
      values.set(key, { value, expiresAt: time.now() + lifetimeSeconds })
    },
    async replace(key, expected, value, lifetimeSeconds) {
      if (values.get(key)?.value !== expected) return false
      values.set(key, { value, expiresAt: time.now() + lifetimeSeconds })
      return true
    },
    async release(key, expected) {
      return values.get(key)?.value === expected && values.delete(key)
    },
    async count(key, lifetimeSeconds) {
      const { value, expiresAt } = counts.get(key) ?? {
        value: 0,
        expiresAt: time.now() + lifetimeSeconds,
      }
      counts.set(key, { value: value + 1, expiresAt })
      return value + 1
    },
  }
}

function createExpiring<Value>(time: Pick<Time, 'now'>) {
  let sweptAt = -Infinity
  const entries = createBoundedMap<Entry<Value>>(MAX_ENTRIES, (all) => {
    const now = time.now()
    // Under attack it is full at each call, and most of it lives.
    if (now - sweptAt < SWEEP_SECONDS) return
    sweptAt = now
    for (const [key, { expiresAt }] of all) if (expiresAt <= now) all.delete(key)
  })
  return {
    ...entries,
    get(key: string): Entry<Value> | undefined {
      const entry = entries.get(key)
      if (entry === undefined || entry.expiresAt > time.now()) return entry
      entries.delete(key)
      return undefined
    },
  }
}
