/** A map with a limit: the oldest entry goes first. */

export interface BoundedMap<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  delete(key: string): boolean
}

/** @param onFull runs before an entry is dropped, and may delete others instead. */
export function createBoundedMap<Value>(
  maxEntries: number,
  onFull: (entries: Map<string, Value>) => void = () => undefined,
): BoundedMap<Value> {
  const entries = new Map<string, Value>()
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      entries.delete(key)
      if (entries.size >= maxEntries) onFull(entries)
      for (const oldest of entries.keys()) {
        if (entries.size < maxEntries) break
        entries.delete(oldest)
      }
      entries.set(key, value)
    },
    delete: (key) => entries.delete(key),
  }
}
