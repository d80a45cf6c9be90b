/** The chosen theme. `boot.js` sets it before the first paint; here it changes. */
import { useSyncExternalStore } from 'react'
import { browserStorage } from '../data/storage.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'polar-connect:theme'
const listeners = new Set<() => void>()

function read(): Theme {
  const value = document.documentElement.dataset['theme']
  return value === 'light' || value === 'dark' ? value : 'system'
}

function choose(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  // If site data is blocked, the choice lasts until the page is left.
  browserStorage.set(KEY, theme)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, read, () => 'system'), choose]
}
