/** What people put aside. A browser that keeps nothing shows it again. */

/** Where, and for how long at most. */
const DISMISSALS = {
  clock: { storage: () => sessionStorage, days: 1 },
  permissions: { storage: () => localStorage, days: 30 },
} as const

export type Dismissal = keyof typeof DISMISSALS

const DAY_MS = 24 * 60 * 60 * 1000

/** @param subject what exactly is put aside: another one is shown. */
export function dismiss(what: Dismissal, subject: string, now = Date.now()): void {
  try {
    DISMISSALS[what].storage().setItem(keyOf(what), JSON.stringify({ subject, at: now }))
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}

export function isDismissed(what: Dismissal, subject: string, now = Date.now()): boolean {
  const { storage, days } = DISMISSALS[what]
  try {
    const kept = JSON.parse(storage().getItem(keyOf(what)) ?? 'null') as {
      readonly subject?: unknown
      readonly at?: unknown
    } | null
    if (kept?.subject !== subject || typeof kept.at !== 'number') return false
    return now - kept.at < days * DAY_MS
  } catch (error) {
    // Blocked, or not written by us.
    if (error instanceof DOMException || error instanceof SyntaxError) return false
    throw error
  }
}

const keyOf = (what: Dismissal) => `polar-connect:dismissed:${what}`
