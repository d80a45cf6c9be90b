/**
 * After a disconnect, the next connection asks again. Polar remembers what was allowed, and would
 * connect a person without asking.
 */
import type { ConnectRequest } from '@polar-connect/browser'
import { browserStorage } from './storage.ts'

const KEY = 'polar-connect:ask-again'

/** Remembered in this browser until someone has connected. */
export function wishForConsent(): void {
  browserStorage.set(KEY, '1')
}

export function forgetConsentWish(): void {
  browserStorage.remove(KEY)
}

/** What the next connection adds to its request. */
export function consentWish(): Pick<ConnectRequest, 'prompt'> {
  return browserStorage.get(KEY) === undefined ? {} : { prompt: 'consent' }
}
