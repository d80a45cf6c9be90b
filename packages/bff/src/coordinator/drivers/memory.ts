/** The coordinator of one process. */
import { createBoundedMap } from '../../runtime/bounded-map.ts'
import type { Coordinator } from '../coordinator.ts'
import { systemTime, type Time } from '../../runtime/time.ts'

/** A limit for attacks, for each kind of key: about 50 MB of successors. */
const MAX_ENTRIES = 20_000
/** Looking for expired values takes a millisecond, so it is rare. Between, the oldest value goes. */
const SWEEP_SECONDS = 1

interface Entry {
  readonly value: string
  readonly expiresAt: number
}

/**
 * The coordinator of one process. It is bounded: the oldest values go first.
 *
 * @param time says when a value expires. By default the machine's.
 */
export function createMemoryCoordinator(time: Pick<Time, 'now'> = systemTime): Coordinator {
  const kinds = new Map<string, ReturnType<typeof createExpiring>>()

  /** The values beside that of `key`. Many sign-ins must not evict a successor, or bring a session back. */
  function of(key: string) {
    const [kind = ''] = /^[a-z]+:/.exec(key) ?? []
    const known = kinds.get(kind)
    if (known !== undefined) return known
    const values = createExpiring(time)
    kinds.set(kind, values)
    return values
  }

  const read = (key: string) => of(key).get(key)?.value

  function write(key: string, value: string, lifetimeSeconds: number): true {
    of(key).set(key, { value, expiresAt: time.now() + lifetimeSeconds })
    return true
  }

  return {
    claim: async (key, value, lifetimeSeconds) =>
      read(key) === undefined && write(key, value, lifetimeSeconds),
    read: async (key) => read(key),
    async write(key, value, lifetimeSeconds) {
      write(key, value, lifetimeSeconds)
    },
    replace: async (key, expected, value, lifetimeSeconds) =>
      read(key) === expected && write(key, value, lifetimeSeconds),
    release: async (key, expected) => read(key) === expected && of(key).delete(key),
    async count(key, lifetimeSeconds) {
      const known = of(key).get(key)
      const sum = Number(known?.value ?? 0) + 1
      const expiresAt = known?.expiresAt ?? time.now() + lifetimeSeconds
      of(key).set(key, { value: String(sum), expiresAt })
      return sum
    },
  }
}

function createExpiring(time: Pick<Time, 'now'>) {
  let sweptAt = -Infinity
  const entries = createBoundedMap<Entry>(MAX_ENTRIES, (all) => {
    const now = time.now()
    // Under attack it is full at each call, and most of it lives.
    if (now - sweptAt < SWEEP_SECONDS) return
    sweptAt = now
    for (const [key, { expiresAt }] of all) if (expiresAt <= now) all.delete(key)
  })
  return {
    ...entries,
    get(key: string): Entry | undefined {
      const entry = entries.get(key)
      if (entry === undefined || entry.expiresAt > time.now()) return entry
      entries.delete(key)
      return undefined
    },
  }
}
