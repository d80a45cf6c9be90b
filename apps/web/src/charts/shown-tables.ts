/** Remembers which charts show their table. People who need it need it every time. */
import { useState } from 'react'
import { browserStorage, readJson } from '../data/storage.ts'

const KEY = 'polar-connect:chart-tables'

function read(): readonly string[] {
  const kept = readJson(browserStorage, KEY)
  return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
}

/** @param id of the chart, the same on every page that has it. */
export function useShownTable(id: string): readonly [shown: boolean, toggle: () => void] {
  const [shown, setShown] = useState(() => read().includes(id))
  function toggle(): void {
    const others = read().filter((other) => other !== id)
    setShown(!shown)
    // If site data is blocked, the choice lasts until the page is left.
    browserStorage.set(KEY, JSON.stringify(shown ? others : [...others, id]))
  }
  return [shown, toggle]
}
