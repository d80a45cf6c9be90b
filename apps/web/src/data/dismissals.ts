/** Notices that people dismissed. If site data is blocked, they show again at the next visit. */
import { useState } from 'react'
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
  return hides(readJson(DISMISSALS[what].storage, keyOf(what)), what, subject, now)
}

/** The same as state. A notice also stays hidden in this visit if site data is blocked. */
export function useDismissal(what: Dismissal, subject: string) {
  const [kept, setKept] = useState<object>()
  return {
    dismissed: isDismissed(what, subject) || hides(kept, what, subject),
    dismiss(): void {
      dismiss(what, subject)
      setKept({ subject, at: Date.now() })
    },
  }
}

/** @param kept what is stored. It may be anything. */
function hides(kept: unknown, what: Dismissal, subject: string, now = Date.now()): boolean {
  const { subject: of, at } = (kept ?? {}) as { readonly subject?: unknown; readonly at?: unknown }
  return of === subject && typeof at === 'number' && now - at < DISMISSALS[what].days * DAY_MS
}

const keyOf = (what: Dismissal) => `polar-connect:dismissed:${what}`
