/** The coordinator of one process. */
import type { Coordinator } from '../coordinator.ts'

/** A bound for hostile days: what is oldest goes first. About 50 MB of successors. */
const MAX_ENTRIES = 20_000

/** `clock` gives epoch seconds. */
export function createMemoryCoordinator(
  clock: () => number = () => Date.now() / 1000,
): Coordinator {
  const entries = new Map<string, { readonly value: string; readonly expiresAt: number }>()

  function live(key: string): string | undefined {
    const entry = entries.get(key)
    if (entry === undefined) return undefined
    if (entry.expiresAt > clock()) return entry.value
    entries.delete(key)
    return undefined
  }

  function put(key: string, value: string, lifetimeSeconds: number): void {
    entries.delete(key)
    if (entries.size >= MAX_ENTRIES) makeRoom()
    entries.set(key, { value, expiresAt: clock() + lifetimeSeconds })
  }

  function makeRoom(): void {
    const now = clock()
    for (const [key, { expiresAt }] of entries) if (expiresAt <= now) entries.delete(key)
    for (const key of entries.keys()) {
      if (entries.size < MAX_ENTRIES) break
      entries.delete(key)
    }
  }

  return {
    async claim(key, value, lifetimeSeconds) {
      if (live(key) !== undefined) return false
      put(key, value, lifetimeSeconds)
      return true
    },
    async read(key) {
      return live(key)
    },
    async write(key, value, lifetimeSeconds) {
      put(key, value, lifetimeSeconds)
    },
    async replace(key, expected, value, lifetimeSeconds) {
      if (live(key) !== expected) return false
      put(key, value, lifetimeSeconds)
      return true
    },
    async release(key, expected) {
      return live(key) === expected && entries.delete(key)
    },
  }
}
