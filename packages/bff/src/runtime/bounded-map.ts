/** A map with a limit: the oldest entry goes first. */

/** @param onFull runs before an entry is dropped, and may delete others instead. */
export function createBoundedMap<Value>(
  maxEntries: number,
  onFull: (entries: Map<string, Value>) => void = () => undefined,
) {
  const entries = new Map<string, Value>()
  return {
    get: (key: string): Value | undefined => entries.get(key),
    set(key: string, value: Value): void {
      entries.delete(key)
      if (entries.size >= maxEntries) onFull(entries)
      for (const oldest of entries.keys()) {
        if (entries.size < maxEntries) break
        entries.delete(oldest)
      }
      entries.set(key, value)
    },
    delete: (key: string): boolean => entries.delete(key),
  }
}
