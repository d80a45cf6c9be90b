/**
 * The day of the last sign-in in this browser, and nothing else: no name and no id. A page that
 * loads again uses it before the server has said who is connected, so nothing moves then.
 */
import { isCalendarDay, type CalendarDay } from '../format/calendar-day.ts'
import { browserStorage } from './storage.ts'

const KEY = 'polar-connect:signed-in'

/** @param connectedAt ISO 8601, as the session has it. */
export function noteSignIn(connectedAt: string): void {
  browserStorage.set(KEY, connectedAt.slice(0, 10))
}

/** Logging out and disconnecting remove it. */
export function forgetSignIn(): void {
  browserStorage.remove(KEY)
}

/** Undefined if no one has signed in here, or they have logged out since. */
export function lastSignIn(): CalendarDay | undefined {
  const day = browserStorage.get(KEY) ?? ''
  return isCalendarDay(day) ? day : undefined
}
