/**
 * After a disconnect the next connection asks again. Polar remembers what was allowed, and would
 * let a person pass without a word.
 */
import type { ConnectRequest } from '@polar-connect/browser'

const KEY = 'polar-connect:ask-again'

/** Remembered in this browser until somebody has connected. */
export function wishForConsent(): void {
  try {
    localStorage.setItem(KEY, '1')
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}

export function forgetConsentWish(): void {
  try {
    localStorage.removeItem(KEY)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}

/** What the next connection adds to its request. */
export function consentWish(): Pick<ConnectRequest, 'prompt'> {
  try {
    return localStorage.getItem(KEY) === null ? {} : { prompt: 'consent' }
  } catch (error) {
    if (error instanceof DOMException) return {}
    throw error
  }
}
