/** Notices that people dismissed. If site data is blocked, they show again. */
import { browserStorage, readJson, tabStorage } from './storage.ts'

/** Where, and for how long at most. */
const DISMISSALS = {
  clock: { storage: tabStorage, days: 1 },
  permissions: { storage: browserStorage, days: 30 },
  first_steps: { storage: browserStorage, days: 365 },
} as const

export type Dismissal = keyof typeof DISMISSALS

const DAY_MS = 24 * 60 * 60 * 1000

/** @param subject what exactly was dismissed: another subject is shown. */
export function dismiss(what: Dismissal, subject: string, now = Date.now()): void {
  DISMISSALS[what].storage.set(keyOf(what), JSON.stringify({ subject, at: now }))
}

export function isDismissed(what: Dismissal, subject: string, now = Date.now()): boolean {
  const { storage, days } = DISMISSALS[what]
  const kept = readJson(storage, keyOf(what)) as
    { readonly subject?: unknown; readonly at?: unknown } | undefined
  if (kept?.subject !== subject || typeof kept.at !== 'number') return false
  return now - kept.at < days * DAY_MS
}

const keyOf = (what: Dismissal) => `polar-connect:dismissed:${what}`
