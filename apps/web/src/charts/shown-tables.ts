/** Which charts show their table too: remembered, since whoever needs it needs it each time. */
import { useState } from 'react'

const KEY = 'polar-connect:chart-tables'

function read(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    // Storage is blocked, or holds what is no list: then nothing is remembered.
    return []
  }
}

/** @param id of the chart, the same on every page that has it. */
export function useShownTable(id: string): readonly [shown: boolean, toggle: () => void] {
  const [shown, setShown] = useState(() => read().includes(id))
  function toggle(): void {
    const others = read().filter((other) => other !== id)
    setShown(!shown)
    try {
      localStorage.setItem(KEY, JSON.stringify(shown ? others : [...others, id]))
    } catch {
      // Storage is blocked: the choice holds until the page is left.
    }
  }
  return [shown, toggle]
}
